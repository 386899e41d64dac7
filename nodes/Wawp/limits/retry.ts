import type { Failure } from '../failure';

/** A Retry-After of more than this is not waited for: a workflow is not a queue. */
export const MAX_WAIT_MS = 2 * 60 * 1000;

const FIRST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 30_000;

/**
 * Whether a failed look-up is asked for again, and after how long.
 *
 * What the gateway asked for (Retry-After) counts as it stands, without jitter. One of 0, or with a date that has passed, is
 * ignored, since clocks differ: the back-off applies. While it waits, a look-up keeps its place among the concurrent ones
 * of its run, so that a gateway in trouble is asked less.
 *
 * @param attempts requests sent for it so far, this one included
 * @param random from 0 up to 1; see `backOffMs`
 * @returns milliseconds to wait, or `undefined` where it is not asked for again: trying again cannot help, all
 *   attempts are used up, or the gateway asked for more than `MAX_WAIT_MS`
 */
export function retryDelayMs(
	{ retryable, retryAfterMs }: Failure,
	attempts: number,
	maxRetries: number,
	random: number,
): number | undefined {
	if (!retryable || attempts > maxRetries) return undefined;
	const wait = retryAfterMs || backOffMs(attempts, random);
	return wait <= MAX_WAIT_MS ? wait : undefined;
}

/**
 * Exponential back-off with full jitter: anything from nothing to a bound that doubles with each attempt, so that
 * look-ups that failed together do not come back together.
 *
 * @param attempts requests sent so far, at least 1
 * @param random from 0 up to 1: where between nothing and the bound
 * @returns milliseconds
 */
export function backOffMs(attempts: number, random: number): number {
	return random * Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (attempts - 1));
}
