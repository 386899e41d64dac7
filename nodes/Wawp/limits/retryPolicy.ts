import { failure, type Failure } from '../failure';
import { duration, MINUTE_MS } from './clock';

/** Whether this node itself tries again, when, and how long it waits at most. Times in milliseconds. */
export const RETRY = {
	/** Statuses that may be over a moment later, whichever server they come from. */
	isTemporary: (statusCode: number): boolean => statusCode === 408 || statusCode === 429 || statusCode >= 500,
	/** The longest wait before the second attempt. It doubles with each further one, up to `backOffLimitMs`. */
	backOffMs: 1000,
	backOffLimitMs: 30_000,
	/** A pause of more than this is not waited for: a workflow is not a queue. */
	maxWaitMs: 2 * MINUTE_MS,
	/** The longest quotas are those of a month. A longer Retry-After is a fault on the way, and ignored. */
	maxRetryAfterMs: 31 * 24 * 60 * MINUTE_MS,
};

/**
 * Whether a request whose failure may pass is sent again, and after how long.
 *
 * Retry-After counts as it stands, without jitter. One of 0, or with a date that has passed, is ignored, since clocks differ:
 * the back-off applies. While it waits, a lookup counts towards the concurrency of its run, so that a gateway in trouble is
 * asked less.
 *
 * @param attempts requests sent for it so far, this one included
 * @param random from 0 up to 1; see `backOffMs`
 * @returns milliseconds to wait, or `undefined` where it is not sent again
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
 * Exponential back-off with full jitter, so that lookups that failed together do not come back together.
 *
 * @param attempts requests sent so far, at least 1
 * @param random from 0 up to 1: where between nothing and the longest wait
 */
export function backOffMs(attempts: number, random: number): number {
	return random * Math.min(RETRY.backOffLimitMs, RETRY.backOffMs * 2 ** (attempts - 1));
}

/** Whether a failure holds back the whole account: the gateway refuses for now, or asks for a pause under another status. */
export function isPause({ reason, retryAfterMs }: Failure): boolean {
	return reason === 'rate-limited' || !!retryAfterMs;
}

const TOO_LONG = 'Wawp asked for a longer pause than this node waits for';

/** The failure of a contact that is not asked for because of a pause that nobody waits for. */
export function heldBack(leftMs: number): Failure {
	const message = leftMs > RETRY.maxWaitMs ? TOO_LONG : 'Wawp keeps asking to wait: more than two minutes in total';
	const why = failure('rate-limited', { message, retryAfterMs: Math.ceil(leftMs) });
	return { ...why, description: `Try again in ${duration(leftMs, Math.ceil)}. ${why.description}` };
}

/** The failure of all contacts without an answer where a pause is too long, by itself or with those before it. */
export function tooLongPause(why: Failure, leftMs: number): Failure {
	return (why.retryAfterMs ?? 0) > RETRY.maxWaitMs ? withRequestedPause(why) : heldBack(leftMs);
}

/**
 * Adds the pause that the gateway asked for to the description. One that is too long to wait for is a rate limit, whatever
 * its status: a gateway under maintenance asks for a pause, too.
 */
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
 * Reads a Retry-After header (RFC 9110, 10.2.3): whole seconds, or an HTTP date, which is measured by the answer's own Date
 * header, because this machine's clock can be wrong.
 *
 * @param headers of the answer, as Node gives them
 * @param now milliseconds since 1970, for where the answer has no date
 * @returns milliseconds, never negative, or `undefined` for what is neither or more than `RETRY.maxRetryAfterMs`
 */
export function retryAfterMs(headers: Record<string, unknown>, now: number): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string') return undefined;
	const value = header.trim();
	const wait = /^\d+$/.test(value) ? Number(value) * 1000 : httpDate(value) - timeOfAnswer(headers, now);
	return wait <= RETRY.maxRetryAfterMs ? Math.max(0, wait) : undefined;
}

/** When an answer was made, by its server's clock, or `now` where it does not say. Milliseconds since 1970. */
export function timeOfAnswer({ date }: Record<string, unknown>, now: number): number {
	const made = typeof date === 'string' ? httpDate(date.trim()) : NaN;
	return Number.isNaN(made) ? now : made;
}

/** In milliseconds since 1970; `NaN` where it is no date. */
function httpDate(value: string): number {
	return HTTP_DATE.test(value) ? Date.parse(value) : NaN;
}

// The one form that RFC 9110 lets senders use. Date.parse alone would take "7" or "2.5" for a date.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
