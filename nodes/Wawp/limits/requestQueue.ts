/** A request that waits for its turn. */
export interface Waiting<Run, Turn> {
	run: Run;
	/** Since when, in milliseconds of the clock. */
	since: number;
	give(turn: Turn): void;
}

/**
 * The requests that wait, in the order in which they start. Runs take turns, so a single contact does not wait for a list;
 * the requests of one run start in the order in which they came.
 */
export class RequestQueue<Run, Turn> {
	/** The run whose turn is next comes first. */
	private readonly turns = new Map<Run, Array<Waiting<Run, Turn>>>();

	private sentBack: Array<Waiting<Run, Turn>> = [];

	get isEmpty(): boolean {
		return this.turns.size === 0 && this.sentBack.length === 0;
	}

	/**
	 * @param wasSentBack whether the gateway asked for a pause instead of answering. Such a request goes before all others: it
	 *   has lost one of its attempts to a limit that others used up.
	 */
	add(waiting: Waiting<Run, Turn>, wasSentBack: boolean): void {
		const own = this.turns.get(waiting.run);
		if (wasSentBack) this.sentBack.push(waiting);
		else if (own) own.push(waiting);
		else this.turns.set(waiting.run, [waiting]);
	}

	/** Takes out the request whose turn it is. */
	next(): Waiting<Run, Turn> | undefined {
		const [turn] = this.turns;
		if (this.sentBack.length > 0 || !turn) return this.sentBack.shift();
		const [run, own] = turn;
		const waiting = own.shift();
		this.turns.delete(run);
		if (own.length > 0) this.turns.set(run, own);
		return waiting;
	}

	/** Takes out all requests of a run. */
	takeAllOf(run: Run): Array<Waiting<Run, Turn>> {
		const own = [...this.sentBack.filter((waiting) => waiting.run === run), ...(this.turns.get(run) ?? [])];
		this.sentBack = this.sentBack.filter((waiting) => waiting.run !== run);
		this.turns.delete(run);
		return own;
	}
}
