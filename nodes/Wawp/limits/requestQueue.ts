/** A request that waits for its turn. */
export interface Waiting<Run, Turn> {
	run: Run;
	isLive: boolean;
	/** Since when, in milliseconds of the clock. */
	since: number;
	/** Ends the wait. */
	give(turn: Turn): void;
}

/**
 * The requests that wait, in the order in which they start: runs take turns, and each has its own in the order in which they
 * came. So a single contact does not wait for a list.
 */
export class RequestQueue<Run, Turn> {
	/** The run whose turn is next comes first. */
	private readonly turns = new Map<Run, Set<Waiting<Run, Turn>>>();

	private readonly sentBack = new Set<Waiting<Run, Turn>>();

	get isEmpty(): boolean {
		return this.turns.size === 0 && this.sentBack.size === 0;
	}

	/**
	 * @param wasSentBack whether the gateway asked for a pause instead of an answer. Such a request goes before all others: it
	 *   has lost one of its attempts to a limit that it had no part in.
	 */
	add(waiting: Waiting<Run, Turn>, wasSentBack: boolean): void {
		if (wasSentBack) {
			this.sentBack.add(waiting);
			return;
		}
		const own = this.turns.get(waiting.run);
		if (own) own.add(waiting);
		else this.turns.set(waiting.run, new Set([waiting]));
	}

	/**
	 * Takes out the request whose turn it is.
	 *
	 * @param mayBeLive whether a live look-up may start
	 */
	next(mayBeLive: boolean): Waiting<Run, Turn> | undefined {
		const mayStart = ({ isLive }: Waiting<Run, Turn>) => mayBeLive || !isLive;
		for (const waiting of this.sentBack) {
			if (mayStart(waiting)) {
				this.sentBack.delete(waiting);
				return waiting;
			}
		}
		for (const [run, own] of this.turns) {
			for (const waiting of own) {
				if (mayStart(waiting)) {
					own.delete(waiting);
					this.turns.delete(run);
					if (own.size > 0) this.turns.set(run, own);
					return waiting;
				}
			}
		}
		return undefined;
	}

	/** Takes out all requests of a run; of all runs, where none is named. */
	takeAll(run?: Run): Array<Waiting<Run, Turn>> {
		const sentBack = [...this.sentBack].filter((waiting) => run === undefined || waiting.run === run);
		const inTurn = run === undefined ? [...this.turns.values()] : [this.turns.get(run) ?? []];
		for (const waiting of sentBack) this.sentBack.delete(waiting);
		if (run === undefined) this.turns.clear();
		else this.turns.delete(run);
		return [...sentBack, ...inTurn.flatMap((own) => [...own])];
	}
}
