import type { Clock } from './clock';

const MINUTE_MS = 60_000;

/**
 * Where every request of a run passes before it is sent, one after the other, in the order in which they come. It
 * spaces them evenly, and holds all of them back while the gateway wants a pause.
 */
export class RateLimiter {
	/** How long requests have been held back here so far because the gateway wanted a pause, in milliseconds. */
	pausedMs = 0;

	private readonly intervalMs: number;

	private queue: Promise<unknown> = Promise.resolve();

	private queued = 0;

	private nextStart = -Infinity;

	private pausedUntil = -Infinity;

	private suspension?: Promise<void>;

	/**
	 * @param requestsPerMinute 0 for no pacing
	 * @param closed fires when nothing may start any more
	 */
	constructor(
		requestsPerMinute: number,
		private readonly clock: Clock,
		private readonly closed: AbortSignal,
	) {
		this.intervalMs = requestsPerMinute === 0 ? 0 : MINUTE_MS / requestsPerMinute;
	}

	/**
	 * Asks for a request's turn.
	 *
	 * @returns whether it may start; `false` where nothing may start any more. At once where there is nothing to wait
	 *   for, so that requests start in the order of their items; else a promise, which does not reject
	 */
	pass(): boolean | Promise<boolean> {
		if (this.closed.aborted) return false;
		const isFree = this.queued === 0 && !this.suspension && this.waitMs() <= 0;
		return isFree ? this.start() : this.enqueue();
	}

	/** Lets nothing pass for so many milliseconds from now. A longer pause that was asked for before stays. */
	pauseFor(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/** Lets nothing pass until the promise, which must not reject, is settled. */
	suspendUntil(settled: Promise<void>): void {
		this.suspension = settled.then(() => {
			this.suspension = undefined;
		});
	}

	private async enqueue(): Promise<boolean> {
		this.queued += 1;
		const turn = this.queue.then(async () => await this.waitAtHead());
		this.queue = turn;
		const mayStart = await turn;
		this.queued -= 1;
		return mayStart;
	}

	private async waitAtHead(): Promise<boolean> {
		await this.suspension;
		for (let wait = this.waitMs(); wait > 0 && !this.closed.aborted; wait = this.waitMs()) {
			const now = this.clock.now();
			const held = this.pausedUntil - now;
			await this.clock.sleep(wait, this.closed);
			if (held > 0) this.pausedMs += Math.min(held, this.clock.now() - now);
			await this.suspension;
		}
		return this.closed.aborted ? false : this.start();
	}

	private waitMs(): number {
		return Math.max(this.pausedUntil, this.nextStart) - this.clock.now();
	}

	private start(): true {
		this.nextStart = Math.max(this.clock.now(), this.nextStart) + this.intervalMs;
		return true;
	}
}
