/**
 * The longest quotas are those of a month. What asks for more is a fault of something on the way, and no reason to give a
 * whole list up.
 */
const LONGEST_MS = 31 * 24 * 60 * 60 * 1000;

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): whole seconds, or an HTTP date, which is measured by the answer's own Date
 * header, because this machine's clock can be wrong.
 *
 * @param headers of the answer, as Node gives them
 * @param now milliseconds since 1970, for where the answer has no date
 * @returns the wait in milliseconds, never negative, or `undefined` where the header is missing, is neither, or asks for
 *   more than a month
 */
export function retryAfterMs(headers: Record<string, unknown>, now: number): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string') return undefined;
	const value = header.trim();
	const wait = /^\d+$/.test(value) ? Number(value) * 1000 : httpDate(value) - timeOfAnswer(headers, now);
	return wait <= LONGEST_MS ? Math.max(0, wait) : undefined;
}

/**
 * When an answer was made, by the clock of who made it.
 *
 * @param headers of the answer, as Node gives them
 * @param now milliseconds since 1970, for where the answer does not say
 */
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
