import type { Clock } from './clock';

/** The reason of a signal that ends a request because it took too long. */
export const TIMED_OUT = 'timed out';

/**
 * The requests that are open now, each with a deadline.
 *
 * One timer watches all of them. A timer per request (`AbortSignal.timeout`) would outlive its request until it is due,
 * and at 300 requests a second and a timeout of 30 seconds that makes 9,000 timers.
 */
export class InFlightRequests {
	// They all have the same timeout, so the first is the next one due.
	private readonly open = new Set<{ itemIndex: number; deadline: number; controller: AbortController }>();

	private isWatching = false;

	/** @param finished fires after the last request, and ends the watch */
	constructor(
		private readonly timeoutMs: number,
		private readonly clock: Clock,
		private readonly finished: AbortSignal,
	) {}

	/**
	 * Sends a request and keeps track of it until it has ended.
	 *
	 * @param itemIndex of the item that it is sent for
	 * @param send must settle soon after the controller's signal has fired, whose reason is `TIMED_OUT` after the deadline.
	 * It may abort the request itself.
	 */
	async run<Reply>(itemIndex: number, send: (controller: AbortController) => Promise<Reply>): Promise<Reply> {
		const controller = new AbortController();
		const request = { itemIndex, deadline: this.clock.now() + this.timeoutMs, controller };
		this.open.add(request);
		if (!this.isWatching) void this.watch();
		try {
			return await send(controller);
		} finally {
			this.open.delete(request);
		}
	}

	/** Aborts the requests of the items after this one. */
	abortItemsAfter(itemIndex: number): void {
		for (const request of this.open) if (request.itemIndex > itemIndex) request.controller.abort();
	}

	private async watch(): Promise<void> {
		this.isWatching = true;
		const nextDue = () => [...this.open].find(({ controller }) => !controller.signal.aborted);
		for (let next = nextDue(); next; next = nextDue()) {
			const left = next.deadline - this.clock.now();
			if (left <= 0) next.controller.abort(TIMED_OUT);
			else await this.clock.sleep(left, this.finished);
			if (this.finished.aborted) break;
		}
		this.isWatching = false;
	}
}
