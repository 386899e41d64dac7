/** Time and chance, handed in so that tests need neither. */
export interface Clock {
	/** Milliseconds since some fixed moment. Never goes back. */
	now(): number;
	/** From 0 up to, but not including, 1. */
	random(): number;
	/** Waits until `ms` milliseconds are over or `signal` fires. Never rejects. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
	/** Waits without keeping the process alive, at most an hour. Never rejects. */
	sleepInBackground(ms: number): Promise<void>;
	/** Never rejects. */
	yieldToEventLoop(): Promise<void>;
}

export const MINUTE_MS = 60_000;

const UNITS: Array<[name: string, ms: number]> = [
	['days', 24 * 60 * MINUTE_MS],
	['hours', 60 * MINUTE_MS],
	['minutes', MINUTE_MS],
];

/**
 * A length of time in words, in the largest unit of which there are at least five: "90 s", "150 minutes", "5 hours".
 *
 * @param round makes the count of the unit a whole number
 */
export function duration(ms: number, round: (count: number) => number): string {
	const [name, unit] = UNITS.find(([, long]) => ms >= 5 * long) ?? ['s', 1000];
	const count = round(ms / unit);
	return count === 0 ? 'less than a second' : `${count} ${name}`;
}
