import { failure, type Failure } from '../failure';
import { duration } from './duration';
import { MAX_WAIT_MS } from './retry';

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
