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
	/** Waits for so many milliseconds, at most an hour, without keeping the process from ending. Never rejects. */
	sleepInBackground(ms: number): Promise<void>;
	/** Lets whatever else is due in the process have its turn. Never rejects. */
	yieldToEventLoop(): Promise<void>;
}
