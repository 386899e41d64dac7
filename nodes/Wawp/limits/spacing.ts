import { MINUTE_MS } from './duration';

/** So much of a timer's lateness is made up for by the next request; idle time is not. In milliseconds. */
const LATENESS_MS = 200;

const LARGEST_BURST = 10;

/**
 * When requests started, as far as has to be known to start them evenly. Each function here is pure: what was goes in, what is
 * now comes out.
 */
export interface Spacing {
	/** When the last one was due, each of a burst included. Milliseconds of the clock, like all moments here. */
	lastDue: number;
	lastStart: number;
	/** The pace that counted then. */
	lastPerMinute: number;
	/** How many have started since a whole minute passed without any. */
	sinceRest: number;
}

/** Nothing has started before. */
export const RESTED: Spacing = { lastDue: -Infinity, lastStart: -Infinity, lastPerMinute: Infinity, sinceRest: 0 };

/**
 * The earliest moment at which a request may start; `now` or earlier where that is at once.
 *
 * @param perMinute the pace that counts now, which need not be that of the last start
 */
export function nextStart(spacing: Spacing, perMinute: number, now: number): number {
	if (spacing.sinceRest < burst(perMinute)) return now;
	return Math.min(dueAt(spacing, perMinute), spacing.lastStart + MINUTE_MS);
}

/**
 * The spacing after a request has started.
 *
 * @param wanted when it was asked for
 */
export function afterStart(spacing: Spacing, perMinute: number, now: number, wanted: number): Spacing {
	const isRested = wanted - spacing.lastStart >= MINUTE_MS;
	const due = isRested ? -Infinity : dueAt(spacing, perMinute);
	return {
		lastDue: Math.max(due, wanted, now - LATENESS_MS),
		lastStart: now,
		lastPerMinute: perMinute,
		sinceRest: isRested ? 1 : spacing.sinceRest + 1,
	};
}

/** By the faster of two paces: a slower one neither counts back to what was sent before it, nor on when it is over. */
function dueAt({ lastDue, lastPerMinute }: Spacing, perMinute: number): number {
	return lastDue + MINUTE_MS / Math.max(lastPerMinute, perMinute);
}

/** The size of the burst: at most ten, and no more than ten seconds hold, so that nobody waits longer than that after it. */
function burst(perMinute: number): number {
	return Math.max(1, Math.min(LARGEST_BURST, Math.floor(perMinute / 6)));
}
