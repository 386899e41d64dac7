import type { Clock } from './clock';

/** The reason of a signal that aborts a request because it took too long. */
export const TIMED_OUT = 'timed out';

/**
 * The open requests, each with a deadline. One timer watches all of them: a timer per request (`AbortSignal.timeout`)
 * would outlive its request, which makes 9,000 timers at 300 requests a second and a timeout of 30 seconds.
 */
export class InFlightRequests {
	// All have the same timeout, so the first is due next.
	private readonly open = new Set<{ deadline: number; controller: AbortController }>();

	private isWatching = false;

	/** @param finished fires after the last request */
	constructor(
		private readonly timeoutMs: number,
		private readonly clock: Clock,
		private readonly finished: AbortSignal,
	) {}

	/** @param send must settle soon after the signal has fired (with `TIMED_OUT` at the deadline). May abort itself. */
	async run<Reply>(send: (controller: AbortController) => Promise<Reply>): Promise<Reply> {
		const controller = new AbortController();
		const request = { deadline: this.clock.now() + this.timeoutMs, controller };
		this.open.add(request);
		if (!this.isWatching) void this.watch();
		try {
			return await send(controller);
		} finally {
			this.open.delete(request);
		}
	}

	abortAll(): void {
		for (const { controller } of this.open) controller.abort();
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
