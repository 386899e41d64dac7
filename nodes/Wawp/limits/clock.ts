/** Time and chance, handed in so that tests need neither. */
export interface Clock {
	/** Milliseconds since some fixed moment. Never goes back, whatever is done to the time of day. */
	now(): number;
	/** A number from 0 up to, but not including, 1. */
	random(): number;
	/**
	 * Waits for `ms` milliseconds, or until `signal` fires, if that comes first. Never rejects.
	 */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
	/** Waits for `ms` milliseconds, at most an hour, without keeping the process from ending. Never rejects. */
	sleepInBackground(ms: number): Promise<void>;
	/** Lets whatever else is due in the process have its turn. Never rejects. */
	yieldToEventLoop(): Promise<void>;
}

/** A minute, in milliseconds. */
export const MINUTE_MS = 60_000;

const UNITS: Array<[name: string, ms: number]> = [
	['days', 24 * 60 * MINUTE_MS],
	['hours', 60 * MINUTE_MS],
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
