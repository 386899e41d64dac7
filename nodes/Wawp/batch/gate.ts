import type { Clock } from './clock';
import { LONGEST_WAIT_MS } from './retry';

/** What a request gets to hear at the gate. */
export type Passage =
	| { kind: 'go' }
	/** Nothing starts any more. */
	| { kind: 'closed' }
	/** The gateway asked for a pause that is too long to wait for; this many milliseconds of it are left. */
	| { kind: 'held'; forMs: number };

const MINUTE_MS = 60_000;

/**
 * Where every request of a run passes before it is sent, one after the other, in the order in which they come. It
 * spaces them evenly, and holds all of them back while the gateway wants a pause.
 */
export class Gate {
	/** How long requests have been held back here so far because the gateway wanted a pause, in milliseconds. */
	heldBackMs = 0;

	private readonly intervalMs: number;

	private line: Promise<unknown> = Promise.resolve();

	private inLine = 0;

	private nextStart = -Infinity;

	private heldUntil = -Infinity;

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
	 * @returns at once where there is nothing to wait for, so that requests start in the order of their items; else a
	 *   promise, which does not reject
	 */
	pass(): Passage | Promise<Passage> {
		if (this.inLine === 0 && !this.suspension) {
			const passage = this.decide();
			if (typeof passage !== 'number') return passage;
		}
		return this.queue();
	}

	/** Lets nothing pass for so many milliseconds from now. A longer pause that was asked for before stays. */
	holdBack(ms: number): void {
		this.heldUntil = Math.max(this.heldUntil, this.clock.now() + ms);
	}

	/** Lets nothing pass until the promise, which must not reject, is settled. */
	suspendUntil(settled: Promise<void>): void {
		this.suspension = settled.then(() => {
			this.suspension = undefined;
		});
	}

	private async queue(): Promise<Passage> {
		this.inLine += 1;
		const turn = this.line.then(async () => await this.waitAtTheHead());
		this.line = turn;
		const passage = await turn;
		this.inLine -= 1;
		return passage;
	}

	private async waitAtTheHead(): Promise<Passage> {
		for (;;) {
			await this.suspension;
			const passage = this.decide();
			if (typeof passage !== 'number') return passage;
			const now = this.clock.now();
			const held = this.heldUntil - now;
			await this.clock.sleep(passage, this.closed);
			if (held > 0) this.heldBackMs += Math.min(held, this.clock.now() - now);
		}
	}

	/** What the request at the head of the line gets to hear now, or how many milliseconds it has to wait. */
	private decide(): Passage | number {
		if (this.closed.aborted) return { kind: 'closed' };
		const now = this.clock.now();
		const held = this.heldUntil - now;
		if (held > LONGEST_WAIT_MS) return { kind: 'held', forMs: held };
		const wait = Math.max(held, this.nextStart - now);
		if (wait > 0) return wait;
		this.nextStart = Math.max(now, this.nextStart) + this.intervalMs;
		return { kind: 'go' };
	}
}
