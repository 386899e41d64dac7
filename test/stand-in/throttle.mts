import { type Behaviour, limited } from './behaviours.mts';

/** How many lookups a gateway takes, and what it asks for after one too many. */
export interface RateLimit {
	perSecond: number;
	/** In whole seconds, as Retry-After is. */
	pauseS: number;
}

/**
 * So long after it was asked for, a pause has begun for whoever asks: an answer has to arrive, and what was sent before it as
 * well, in the very process of many tests and on a machine that is busy. In milliseconds.
 */
const ON_THE_WAY_MS = 1000;

/** Keeps a rate limit. All moments are in milliseconds of one clock. */
export class Throttle {
	/** When the last lookups were taken. */
	private readonly taken: number[] = [];

	/** Of the last pause that was asked for. */
	private from = Infinity;

	private until = -Infinity;

	constructor(private readonly limit: RateLimit) {}

	/** Whether a lookup was sent although the gateway had asked for a pause. */
	isDuringPause(connectedAt: number): boolean {
		return connectedAt > this.from + ON_THE_WAY_MS && connectedAt < this.until;
	}

	/** @returns what a lookup is answered that is one too many, or comes during a pause; `undefined` where it is taken */
	refuse(now: number): Behaviour | undefined {
		const { perSecond, pauseS } = this.limit;
		while (this.taken[0] !== undefined && this.taken[0] <= now - 1000) this.taken.shift();
		const isPaused = now < this.until;
		if (!isPaused && this.taken.length < perSecond) {
			this.taken.push(now);
			return undefined;
		}
		if (!isPaused) [this.from, this.until] = [now, now + pauseS * 1000];
		return limited(String(Math.ceil((this.until - now) / 1000)));
	}
}
