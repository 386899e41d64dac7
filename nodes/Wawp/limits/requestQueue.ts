/** A request that waits for its turn. */
export interface Waiting<Run, Turn> {
	run: Run;
	/** In milliseconds of the clock. */
	since: number;
	give(turn: Turn): void;
}

/** Runs take turns, so a single contact does not wait for a list. The requests of one run keep their order. */
export class RequestQueue<Run, Turn> {
	/** In the order of their turns. */
	private readonly turns = new Map<Run, Array<Waiting<Run, Turn>>>();

	private sentBack: Array<Waiting<Run, Turn>> = [];

	get isEmpty(): boolean {
		return this.turns.size === 0 && this.sentBack.length === 0;
	}

	/**
	 * @param wasSentBack whether the gateway answered with a pause before. Such a request goes first: it has lost one of
	 *   its attempts to a limit that others used up.
	 */
	add(waiting: Waiting<Run, Turn>, wasSentBack: boolean): void {
		const own = this.turns.get(waiting.run);
		if (wasSentBack) this.sentBack.push(waiting);
		else if (own) own.push(waiting);
		else this.turns.set(waiting.run, [waiting]);
	}

	next(): Waiting<Run, Turn> | undefined {
		const [turn] = this.turns;
		if (this.sentBack.length > 0 || !turn) return this.sentBack.shift();
		const [run, own] = turn;
		const waiting = own.shift();
		this.turns.delete(run);
		if (own.length > 0) this.turns.set(run, own);
		return waiting;
	}

	takeAllOf(run: Run): Array<Waiting<Run, Turn>> {
		const own = [...this.sentBack.filter((waiting) => waiting.run === run), ...(this.turns.get(run) ?? [])];
		this.sentBack = this.sentBack.filter((waiting) => waiting.run !== run);
		this.turns.delete(run);
		return own;
	}
}
