import { backOffMs, MAX_WAIT_MS } from './retry';

/** During a pause that nobody waits for, one request finds out after so long whether it still holds. */
const PROBE_EVERY_MS = 10 * 60 * 1000;

/** A refusal comes at once. A first request that takes longer than this keeps the others waiting no more. */
const LONGEST_PROBE_MS = 5000;

/** A request, as a pause has to know it. */
export interface Started {
	at: number;
	/** How often the gateway had asked for a pause by then. */
	pauses: number;
}

/**
 * How a request ended: `answered`, even if with an error; `unanswered`, where the network or the time-out ended it; `aborted`,
 * where its run was stopped; or with a pause that the gateway wants, in milliseconds, where it says for how long.
 */
export type Ending = 'answered' | 'unanswered' | 'aborted' | { pauseMs: number | undefined };

/**
 * The pause that the gateway wants of an instance. Nothing in here waits: moments go in, and moments come out, in
 * milliseconds of the clock.
 *
 * It is a circuit breaker: when a pause is over it is half open, and one request goes first. The others follow once that
 * was answered, so that a limit which is still reached costs one request, and not as many as may be open.
 */
export class Pause {
	until = -Infinity;

	/** How often the gateway has asked for one, or for more of it. */
	private pauses = 0;

	/** How many pauses were asked for without an answer in between, and how long they are together, in milliseconds. */
	private inARow = { count: 0, ms: 0 };

	/** Whether it is known that no pause holds. */
	private isProven = true;

	/** The request that is to find out whether the pause is over, while it is open. */
	private probe?: Started;

	/** When the gateway was last asked, of those times that count for `PROBE_EVERY_MS`. */
	private askedAt = -Infinity;

	/**
	 * Whether nobody is to wait for the end of it: it is too long, and it is not yet time to ask whether it still holds.
	 */
	isTooLong(now: number): boolean {
		return this.until - now > MAX_WAIT_MS && !this.probe && now - this.askedAt < PROBE_EVERY_MS;
	}

	/** From when on a request may start; `Infinity` where that depends on the answer to another one. */
	freeAt(now: number): number {
		if (this.until - now > MAX_WAIT_MS) return this.probe ? Infinity : now;
		if (now < this.until) return this.until;
		return this.probe ? this.probe.at + LONGEST_PROBE_MS : now;
	}

	/** To be called when a request starts. */
	start(now: number): Started {
		const started = { at: now, pauses: this.pauses };
		if (!this.isProven) this.probe ??= started;
		return started;
	}

	/**
	 * To be called when a request has ended.
	 *
	 * @param started what `start` returned for it
	 * @returns whether all that wait are to give up: the gateway asked for more than `MAX_WAIT_MS`, at once or in a row
	 */
	end(started: Started, now: number, ending: Ending): boolean {
		const wasProbe = this.probe === started;
		if (wasProbe) this.probe = undefined;
		if (wasProbe && ending !== 'aborted') this.askedAt = now;
		// A request that started before the gateway asked for the pause says nothing about it.
		const isNews = started.pauses === this.pauses;
		if (typeof ending === 'object') return this.extend(now, ending.pauseMs, isNews);
		const isOver = ending === 'answered' || (wasProbe && ending === 'unanswered' && now >= this.until);
		if (isNews && isOver) this.clear(now);
		return false;
	}

	private extend(now: number, asked: number | undefined, isNews: boolean): boolean {
		if (isNews) {
			// What was asked for long ago says nothing about now.
			if (now - this.until > MAX_WAIT_MS) this.inARow = { count: 0, ms: 0 };
			this.inARow.count += 1;
			this.askedAt = now;
		}
		// No jitter: it is one wait, for all of them.
		const until = now + (asked || backOffMs(Math.max(1, this.inARow.count), 1));
		if (isNews || until > this.until) {
			this.inARow.ms += until - Math.max(now, this.until);
			this.until = until;
			this.pauses += 1;
			this.probe = undefined;
		}
		this.isProven = false;
		return this.inARow.ms > MAX_WAIT_MS;
	}

	private clear(now: number): void {
		this.isProven = true;
		this.inARow = { count: 0, ms: 0 };
		this.until = Math.min(this.until, now);
	}
}
