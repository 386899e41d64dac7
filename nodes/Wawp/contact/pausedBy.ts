import { LONGEST_WAIT_MS } from '../batch/retry';
import { failure, type Failure } from '../gateway/failure';

/**
 * Says so where the gateway asked for a pause (Retry-After), in front of the standing advice. A pause that is too long to
 * wait for is a rate limit, under whatever status it came.
 */
export function pausedBy(why: Failure): Failure {
	const { retryable, retryAfterMs, statusCode } = why;
	if (!retryable || !retryAfterMs) return why;
	const isLimit = retryAfterMs > LONGEST_WAIT_MS && why.reason !== 'rate-limited';
	const limit = isLimit ? failure('rate-limited', { retryAfterMs, ...(statusCode && { statusCode }) }) : why;
	return { ...limit, description: `The gateway asked for a pause of ${duration(retryAfterMs)}. ${limit.description}` };
}

const UNITS: Array<[name: string, ms: number]> = [
	['days', 86_400_000],
	['hours', 3_600_000],
	['minutes', 60_000],
];

/** "90 s", "3 minutes", "5 hours": at least two of a unit, rounded up. */
function duration(ms: number): string {
	const [name, unit] = UNITS.find(([, long]) => ms >= 2 * long) ?? ['s', 1000];
	return `${Math.ceil(ms / unit)} ${name}`;
}
