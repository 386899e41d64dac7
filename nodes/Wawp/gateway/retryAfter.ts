/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): whole seconds, or an HTTP date.
 *
 * @param header the header's value as Node gives it
 * @param now milliseconds since 1970
 * @returns the wait in milliseconds, never negative, or `undefined` where the header is missing or is neither
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string') return undefined;
	const value = header.trim();
	if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
	if (!HTTP_DATE.test(value)) return undefined;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

// The one form that RFC 9110 lets senders use. Date.parse alone would take "7" or "2.5" for a date.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
