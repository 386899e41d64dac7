import { failure, type Failure } from '../failure';
import { duration, MINUTE_MS } from './clock';

/** When the node itself retries, and how long it waits. Times in milliseconds. */
export const RETRY = {
	/** Statuses that may pass within a moment, of any server. */
	isTemporary: (statusCode: number): boolean => statusCode === 408 || statusCode === 429 || statusCode >= 500,
	/** The second attempt waits for up to this long. Doubles with each attempt, up to `backOffLimitMs`. */
	firstBackOffMs: 1000,
	backOffLimitMs: 30_000,
	/** The node does not wait for longer pauses: a workflow is not a queue. */
	maxWaitMs: 2 * MINUTE_MS,
	/** Quotas last a month at most. A longer Retry-After is an error, and ignored. */
	maxRetryAfterMs: 31 * 24 * 60 * MINUTE_MS,
};

/**
 * Whether and when a request is retried whose failure may pass, such as a 503.
 *
 * It waits for a random time up to 1 s, then 2 s, 4 s and so on. With Retry-After it waits as long as that says, and so
 * does its account (`Pause`). If that is 0 or a past date, the back-off applies, because clocks differ.
 *
 * @param attempts requests sent so far, this one included
 * @returns milliseconds to wait; `undefined` for no retry
 */
export function retryDelayMs(
	{ retryAfterMs }: Pick<Failure, 'retryAfterMs'>,
	attempts: number,
	maxRetries: number,
	random: number,
): number | undefined {
	if (attempts > maxRetries) return undefined;
	const wait = retryAfterMs || backOffMs(attempts, random);
	return wait <= RETRY.maxWaitMs ? wait : undefined;
}

/**
 * Exponential back-off with full jitter, so that lookups that failed together do not return together.
 *
 * @param attempts requests sent so far, at least 1
 * @param random from 0 up to 1
 */
export function backOffMs(attempts: number, random: number): number {
	return random * Math.min(RETRY.backOffLimitMs, RETRY.firstBackOffMs * 2 ** (attempts - 1));
}

/** Whether a failure holds back the whole account: a rate limit, or any with a time to wait. */
export function isPause({ reason, retryAfterMs }: Failure): boolean {
	return reason === 'rate-limited' || !!retryAfterMs;
}

const TOO_LONG = 'Wawp asked for a longer pause than this node waits for';

/** The failure of a contact that is not asked for because of a pause that is too long. */
export function heldBack(leftMs: number): Failure {
	const message = leftMs > RETRY.maxWaitMs ? TOO_LONG : 'Wawp keeps asking to wait: more than two minutes in total';
	const why = failure('rate-limited', { message, retryAfterMs: Math.ceil(leftMs) });
	return { ...why, description: `Try again in ${duration(leftMs, Math.ceil)}. ${why.description}` };
}

/** The failure of all contacts without an answer after a pause that is too long, or several that are in total. */
export function tooLongPause(why: Failure, leftMs: number): Failure {
	return (why.retryAfterMs ?? 0) > RETRY.maxWaitMs ? withRequestedPause(why) : heldBack(leftMs);
}

/** Adds the requested pause to the description. One that is too long is a rate limit, whatever its status. */
export function withRequestedPause(why: Failure): Failure {
	const { reason, retryAfterMs, statusCode } = why;
	if (!retryAfterMs) return why;
	const isLimit = retryAfterMs > RETRY.maxWaitMs && reason !== 'rate-limited';
	const limit = { message: TOO_LONG, retryAfterMs, ...(statusCode && { statusCode }) };
	const told = isLimit ? failure('rate-limited', limit) : why;
	return {
		...told,
		description: `Wawp asked for a pause of ${duration(retryAfterMs, Math.ceil)}. ${told.description}`,
	};
}

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): whole seconds, or an HTTP date, which is compared with the answer's
 * own Date header, because this machine's clock can be wrong.
 *
 * @param now milliseconds since 1970, if the answer has no date
 * @returns milliseconds, never negative; `undefined` if it is neither, or more than `RETRY.maxRetryAfterMs`
 */
export function retryAfterMs(headers: Record<string, unknown>, now: number): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string') return undefined;
	const value = header.trim();
	const wait = /^\d+$/.test(value) ? Number(value) * 1000 : httpDate(value) - timeOfAnswer(headers, now);
	return wait <= RETRY.maxRetryAfterMs ? Math.max(0, wait) : undefined;
}

/** When an answer was made, by its server's clock, else `now`. Milliseconds since 1970. */
export function timeOfAnswer({ date }: Record<string, unknown>, now: number): number {
	const made = typeof date === 'string' ? httpDate(date.trim()) : NaN;
	return Number.isNaN(made) ? now : made;
}

/** Milliseconds since 1970; `NaN` if it is no date. */
function httpDate(value: string): number {
	return HTTP_DATE.test(value) ? Date.parse(value) : NaN;
}

// The one form that RFC 9110 allows senders. Date.parse alone would accept "7" or "2.5".
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
