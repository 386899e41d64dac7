/**
 * The longest quotas are those of a month. What asks for more is a fault of something on the way, and no reason to give a
 * whole list up.
 */
const LONGEST_MS = 31 * 24 * 60 * 60 * 1000;

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): whole seconds, or an HTTP date.
 *
 * @param header the header's value as Node gives it
 * @param now milliseconds since 1970
 * @returns the wait in milliseconds, never negative, or `undefined` where the header is missing, is neither, or asks for
 *   more than a month
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string') return undefined;
	const value = header.trim();
	const wait = /^\d+$/.test(value) ? Number(value) * 1000 : HTTP_DATE.test(value) ? Date.parse(value) - now : NaN;
	return wait <= LONGEST_MS ? Math.max(0, wait) : undefined;
}

// The one form that RFC 9110 lets senders use. Date.parse alone would take "7" or "2.5" for a date.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
