import type { Failure, Reason } from '../failure';
import { MINUTE_MS } from './clock';
import { backOffMs, isPause, RETRY } from './retryPolicy';

/** How often one request finds out whether a pause that nobody waits for still holds. */
const PROBE_EVERY_MS = 10 * MINUTE_MS;

/** A refusal comes at once. A first request that takes longer than this keeps the others waiting no more. */
const LONGEST_PROBE_MS = 5000;

/**
 * What the end of a request says of a pause: the gateway serves requests; it does not, or something else answered; nothing,
 * because the run was stopped; or the gateway asks for a pause, in milliseconds if it says for how long.
 */
export type Ending = 'answered' | 'unanswered' | 'aborted' | { pauseMs: number | undefined };

/** With these the gateway is in trouble, or something else answered. */
const NO_ANSWER = new Set<Reason>(['temporarily-unavailable', 'unexpected-response', 'network', 'timeout']);

/** The end of a request that was not aborted, with its failure if it has failed. */
export function endingOf(why?: Failure): Ending {
	if (why && isPause(why)) return { pauseMs: why.retryAfterMs };
	return why && NO_ANSWER.has(why.reason) ? 'unanswered' : 'answered';
}

/**
 * The pause that the gateway wants of an account. Nothing in here waits: moments go in, and moments come out, in
 * milliseconds of the clock.
 *
 * It is a circuit breaker: when a pause is over it is half open, and one request, the probe, goes first. The others follow
 * once that was answered, so that a limit which is still reached costs one request, and not as many as may be open.
 */
export class Pause {
	until = -Infinity;

	/** How often the gateway has asked for one, or for more of it. */
	private pauses = 0;

	/** The pauses that were asked for since the last answer: how many, and for how many milliseconds together. */
	private inARow = { count: 0, ms: 0 };

	/** The request that finds out whether the pause is over, while it is open. */
	private probe?: { at: number };

	/** When the gateway was last asked, of those times that count for `PROBE_EVERY_MS`. */
	private askedAt = -Infinity;

	/** Whether nobody is to wait for its end: it is too long, and it is not yet time to ask whether it still holds. */
	isTooLong(now: number): boolean {
		return this.until - now > RETRY.maxWaitMs && !this.probe && now - this.askedAt < PROBE_EVERY_MS;
	}

	/** From when on a request may start; `Infinity` where that depends on the answer to another one. */
	freeAt(now: number): number {
		if (this.until - now > RETRY.maxWaitMs) return this.probe ? Infinity : now;
		if (now < this.until) return this.until;
		return this.probe ? this.probe.at + LONGEST_PROBE_MS : now;
	}

	/**
	 * To be called when a request starts.
	 *
	 * @returns to be called when it has ended. Tells whether all that wait are to give up: the gateway asked for more than
	 *   `RETRY.maxWaitMs`, at once or in a row.
	 */
	start(now: number): (now: number, ending: Ending) => boolean {
		const { pauses } = this;
		const own = { at: now };
		if (this.inARow.ms > 0) this.probe ??= own;
		return (end, ending) => {
			const wasProbe = this.probe === own;
			if (wasProbe) this.probe = undefined;
			if (wasProbe && ending !== 'aborted') this.askedAt = end;
			// A request that started before the gateway asked for the pause says nothing about it.
			const isNews = pauses === this.pauses;
			if (typeof ending === 'object') return this.extend(end, ending.pauseMs, isNews);
			const isOver = ending === 'answered' || (wasProbe && ending === 'unanswered' && end >= this.until);
			if (isNews && isOver) {
				this.until = Math.min(this.until, end);
				this.inARow = { count: 0, ms: 0 };
			}
			return false;
		};
	}

	private extend(now: number, asked: number | undefined, isNews: boolean): boolean {
		if (isNews) {
			// What was asked for long ago says nothing about now.
			if (now - this.until > RETRY.maxWaitMs) this.inARow = { count: 0, ms: 0 };
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
		return this.inARow.ms > RETRY.maxWaitMs;
	}
}
