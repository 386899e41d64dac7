import type { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import type { VirtualClock } from '../virtualClock.mts';

/** A little more than the longest pause that a gateway can ask for. */
const LONGEST_MS = 32 * 24 * 60 * 60 * 1000;

/** Expects that, once all pauses and paces are over, no instance is remembered, and nobody sleeps. */
export async function expectForgotten(limiters: AccountLimiters, clock: VirtualClock): Promise<void> {
	await clock.until(clock.now() + LONGEST_MS);
	expect({ remembered: limiters.size, sleeping: clock.sleeping }).toStrictEqual({ remembered: 0, sleeping: 0 });
}
