import type { Failure, Reason } from '../failure';
import { MINUTE_MS } from './clock';
import { backOffMs, isPause, RETRY } from './retryPolicy';

/** How often one request finds out whether a pause that is too long to wait for still holds. */
const PROBE_EVERY_MS = 10 * MINUTE_MS;

/** A refusal comes at once. If the probe takes longer than this, the others may start. */
const LONGEST_PROBE_MS = 5000;

/**
 * What the end of a request says about a pause. `answered`: the gateway serves requests. `unanswered`: no answer, or none
 * of the gateway's own. `aborted`: nothing, the run was stopped. `pauseMs`: it asks for a pause, maybe of this length.
 */
export type Ending = 'answered' | 'unanswered' | 'aborted' | { pauseMs: number | undefined };

const NO_ANSWER = new Set<Reason>(['temporarily-unavailable', 'unexpected-response', 'network', 'timeout']);

/** The ending of a request that was not aborted. */
export function endingOf(why?: Failure): Ending {
	if (why && isPause(why)) return { pauseMs: why.retryAfterMs };
	return why && NO_ANSWER.has(why.reason) ? 'unanswered' : 'answered';
}

/**
 * The pause that the gateway asks of an account. Nothing waits here: moments go in and come out, in milliseconds of the
 * clock.
 *
 * It is a circuit breaker: after a pause it is half open, and one request, the probe, goes first. The others follow
 * once that was answered, so that a limit that still holds costs one request.
 */
export class Pause {
	until = -Infinity;

	/** How often the gateway has asked for a pause or for more of it. */
	private pauses = 0;

	/** The pauses since the last answer: how many, and their total. */
	private inARow = { count: 0, ms: 0 };

	/** The open request that finds out whether the pause is over. */
	private probe?: { at: number };

	/** When the gateway was last asked, for `PROBE_EVERY_MS`. */
	private askedAt = -Infinity;

	/** Whether no request should wait: the pause is too long, and it is not yet time for a probe. */
	isTooLong(now: number): boolean {
		return this.until - now > RETRY.maxWaitMs && !this.probe && now - this.askedAt < PROBE_EVERY_MS;
	}

	/** When a request may start; `Infinity` if that depends on the answer to another one. See `isTooLong` first. */
	freeAt(now: number): number {
		if (this.until - now > RETRY.maxWaitMs) return this.probe ? Infinity : now;
		if (now < this.until) return this.until;
		return this.probe ? this.probe.at + LONGEST_PROBE_MS : now;
	}

	/**
	 * Notes the start of a request.
	 *
	 * @returns a function that notes its end, and tells whether all that wait should give up: the gateway asked for more
	 *   than `RETRY.maxWaitMs`, at once or in a row
	 */
	start(now: number): (now: number, ending: Ending) => boolean {
		const { pauses } = this;
		const own = { at: now };
		if (this.inARow.ms > 0) this.probe ??= own;
		return (end, ending) => {
			const wasProbe = this.probe === own;
			if (wasProbe) this.probe = undefined;
			if (wasProbe && ending !== 'aborted') this.askedAt = end;
			// A request that started before the gateway asked for this pause says nothing about it.
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
			// A pause of long ago does not add up with this one.
			if (now - this.until > RETRY.maxWaitMs) this.inARow = { count: 0, ms: 0 };
			this.inARow.count += 1;
			this.askedAt = now;
		}
		// No jitter, because all requests share one wait.
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
