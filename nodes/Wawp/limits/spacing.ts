const MINUTE_MS = 60_000;

/**
 * By so much a request may start later than its turn without another one having to wait for it: timers are late. In
 * milliseconds.
 */
const LATENESS_MS = 200;

const LARGEST_BURST = 10;

/**
 * When requests started, as far as has to be known to start them evenly. Each function here is pure: what was goes in, what is
 * now comes out.
 */
export interface Spacing {
	/** When the next one is due, once the burst is used up. Milliseconds of the clock, like all moments here. */
	due: number;
	lastStart: number;
	/** How many have started since a whole minute passed without any. */
	sinceRest: number;
}

/** Nothing has started before. */
export const RESTED: Spacing = { due: -Infinity, lastStart: -Infinity, sinceRest: 0 };

/** The earliest moment at which a request may start; `now` or earlier where that is at once. */
export function nextStart(spacing: Spacing, perMinute: number, now: number): number {
	if (spacing.sinceRest < burst(perMinute)) return now;
	return Math.min(spacing.due, spacing.lastStart + MINUTE_MS);
}

/**
 * The spacing after a request has started.
 *
 * @param wanted when it was asked for. What is late because of a timer is made up for, a little; a time in which nobody
 *   asked is not.
 */
export function afterStart(spacing: Spacing, perMinute: number, now: number, wanted: number): Spacing {
	const isRested = wanted - spacing.lastStart >= MINUTE_MS;
	const onTime = Math.max(isRested ? -Infinity : spacing.due, wanted, now - LATENESS_MS);
	return {
		due: onTime + MINUTE_MS / perMinute,
		lastStart: now,
		sinceRest: isRested ? 1 : spacing.sinceRest + 1,
	};
}

/** At most ten, and no more than ten seconds hold: after it, nobody waits longer than that for the next turn. */
function burst(perMinute: number): number {
	return Math.max(1, Math.min(LARGEST_BURST, Math.floor(perMinute / 6)));
}
