import { failure, type Failure } from '../failure';
import { duration } from './duration';
import { MAX_WAIT_MS } from './retry';

/**
 * Whether a failure holds back the whole instance: the gateway refuses for now, or asks for a pause (Retry-After) under whatever
 * status. A pause of nothing is none.
 */
export function isPause({ reason, retryable, retryAfterMs }: Failure): boolean {
	return retryable && (reason === 'rate-limited' || !!retryAfterMs);
}

/** Why a contact is not asked for while the gateway wants a pause that nobody waits for. */
export function heldBack(leftMs: number): Failure {
	const message =
		leftMs > MAX_WAIT_MS
			? 'Wawp wants no requests from this instance for longer than this node waits'
			: 'Wawp has asked for one pause after another, together for longer than this node waits';
	const why = failure('rate-limited', {
		message,
		retryAfterMs: Math.ceil(leftMs),
	});
	return { ...why, description: `Try again in ${duration(leftMs, Math.ceil)}. ${why.description}` };
}

/** The failure of all contacts without an answer where a pause is too long, by itself or with those that came before it. */
export function tooLongPause(why: Failure, leftMs: number): Failure {
	return (why.retryAfterMs ?? 0) > MAX_WAIT_MS ? withRequestedPause(why) : heldBack(leftMs);
}

/**
 * Says so where the gateway asked for a pause (Retry-After), in front of the standing advice. A pause that is too long to
 * wait for is a rate limit, under whatever status it came.
 */
export function withRequestedPause(why: Failure): Failure {
	const { retryable, retryAfterMs, statusCode } = why;
	if (!retryable || !retryAfterMs) return why;
	const isLimit = retryAfterMs > MAX_WAIT_MS && why.reason !== 'rate-limited';
	// There need not have been too many requests: a gateway under maintenance asks for a pause, too.
	const message = 'Wawp asked for a longer pause than this node waits for';
	const limit = isLimit ? failure('rate-limited', { message, retryAfterMs, ...(statusCode && { statusCode }) }) : why;
	return {
		...limit,
		description: `Wawp asked for a pause of ${duration(retryAfterMs, Math.ceil)}. ${limit.description}`,
	};
}
