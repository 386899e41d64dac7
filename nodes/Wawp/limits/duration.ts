/** A minute, in milliseconds. */
export const MINUTE_MS = 60_000;

const UNITS: Array<[name: string, ms: number]> = [
	['days', 86_400_000],
	['hours', 3_600_000],
	['minutes', MINUTE_MS],
];

/**
 * A length of time in words: "90 s", "3 minutes", "5 hours". At least two of a unit.
 *
 * @param ms milliseconds, more than 0
 * @param round how the count of the unit becomes a whole number
 */
export function duration(ms: number, round: (count: number) => number): string {
	const [name, unit] = UNITS.find(([, long]) => ms >= 2 * long) ?? ['s', 1000];
	const count = round(ms / unit);
	return count === 0 ? 'less than a second' : `${count} ${name}`;
}
