const MINUTE_MS = 60_000;

/**
 * By so much a request may start, or arrive, later than its turn without another one having to wait for it: timers are late,
 * and a first handshake is slow. A minute of requests takes so much longer than a minute, so that no minute, as the gateway
 * counts it, holds one too many. In milliseconds.
 */
const MARGIN_MS = 200;

const LARGEST_BURST = 10;

/** When requests started, as far as a pace has to know. Each function here is pure: a pace goes in, the next one comes out. */
export interface Pace {
	/** When the next one is due, once the burst is used up. Milliseconds of the clock, like all moments here. */
	due: number;
	lastStart: number;
	/** How many have started since a whole minute passed without any. */
	sinceRest: number;
}

/** Nothing has started before. */
export const RESTED: Pace = { due: -Infinity, lastStart: -Infinity, sinceRest: 0 };

/**
 * The earliest moment at which a request may start; `now` or earlier where that is at once.
 *
 * @param perMinute `Infinity` for no pace
 */
export function nextStart(pace: Pace, perMinute: number, now: number): number {
	if (perMinute === Infinity || pace.sinceRest < burst(perMinute)) return now;
	return Math.min(pace.due, pace.lastStart + MINUTE_MS);
}

/**
 * The pace after a request has started.
 *
 * @param wanted when it was asked for. What is late because of a timer is made up for, as far as the margin reaches; a time
 *   in which nobody asked is not.
 */
export function afterStart(pace: Pace, perMinute: number, now: number, wanted: number): Pace {
	const isRested = now - pace.lastStart >= MINUTE_MS;
	const onTime = Math.max(isRested ? -Infinity : pace.due, wanted, now - MARGIN_MS);
	return {
		due: onTime + (MINUTE_MS + MARGIN_MS) / perMinute,
		lastStart: now,
		sinceRest: isRested ? 1 : pace.sinceRest + 1,
	};
}

/** Until when a pace has to be remembered: from then on it is as good as `RESTED`. */
export function restedAt({ lastStart }: Pace): number {
	return lastStart + MINUTE_MS;
}

/** At most ten, and no more than ten seconds hold: after it, nobody waits longer than that for the next turn. */
function burst(perMinute: number): number {
	return Math.max(1, Math.min(LARGEST_BURST, Math.floor(perMinute / 6)));
}
