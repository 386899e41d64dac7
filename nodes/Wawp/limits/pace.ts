import { MINUTE_MS } from './clock';

/** In milliseconds. If a timer was late, the next request may start up to this much earlier. */
const LATENESS_MS = 200;

/** How many requests start at once, if the pace allows that many in `LONGEST_BURST_MS`. */
export const LARGEST_BURST = 10;

/** In milliseconds. A burst is at most what the pace allows in this time, so the wait after it is no longer. */
const LONGEST_BURST_MS = 10_000;

/**
 * Spaces requests evenly after a burst, with no more of them in any minute than the pace allows, as the gateway counts.
 * Nothing waits here: moments go in and come out, in milliseconds of the clock.
 *
 * A pace is a number of requests per minute, `Infinity` for none. It may differ from request to request.
 */
export class Pace {
	/** When there is nothing left to remember, unless a request is open. */
	rememberedUntil = -Infinity;

	/** The request that started last; `due` is when its turn came. */
	private last = { due: -Infinity, start: -Infinity, perMinute: Infinity };

	/** How many have started since the last idle minute. */
	private sinceRest = 0;

	/** How many requests count towards the minute, by their pace. */
	private readonly counts = new Map<number, number>();

	/** The ones that have ended. Nothing tells when a request arrived, so it counts until a minute after its end. */
	private readonly ended: Array<{ perMinute: number; countsUntil: number }> = [];

	/** When a request may start; `Infinity` if that depends on the end of another one. */
	freeAt(perMinute: number, now: number): number {
		if (perMinute === Infinity) return now;
		// In the order of their ends.
		for (let first = this.ended[0]; first && first.countsUntil <= now; first = this.ended[0]) {
			this.ended.shift();
			this.count(first.perMinute, -1);
		}
		// A request counts for its own pace and all faster ones: 60 and 61 in turns start at most 61 in a minute, and a slow
		// run does not wait for the requests of a fast one.
		const paces = [perMinute, ...this.counts.keys()].filter((pace) => pace >= perMinute);
		return Math.max(this.spacedAt(perMinute, now), ...paces.map((pace) => this.hasRoomAt(pace, now)));
	}

	/**
	 * @param wanted when the request was asked for
	 * @returns a function that notes the end of the request
	 */
	start(perMinute: number, now: number, wanted: number): (now: number) => void {
		const isRested = wanted - this.last.start >= MINUTE_MS;
		const due = isRested ? -Infinity : this.dueAt(perMinute);
		this.last = { due: Math.max(due, wanted, now - LATENESS_MS), start: now, perMinute };
		this.sinceRest = isRested ? 1 : this.sinceRest + 1;
		if (perMinute === Infinity) return () => {};
		this.count(perMinute, 1);
		return (end) => {
			this.rememberedUntil = end + MINUTE_MS;
			this.ended.push({ perMinute, countsUntil: this.rememberedUntil });
		};
	}

	private spacedAt(perMinute: number, now: number): number {
		const burst = Math.min(LARGEST_BURST, Math.floor((perMinute * LONGEST_BURST_MS) / MINUTE_MS));
		if (this.sinceRest < Math.max(1, burst)) return now;
		return Math.min(this.dueAt(perMinute), this.last.start + MINUTE_MS);
	}

	/** By the faster of the old and the new pace, so that a slow run does not slow down the next one. */
	private dueAt(perMinute: number): number {
		return this.last.due + MINUTE_MS / Math.max(this.last.perMinute, perMinute);
	}

	/** When fewer requests count than a pace allows, of those at that pace or a slower one. */
	private hasRoomAt(pace: number, now: number): number {
		let tooMany = -pace;
		for (const [perMinute, count] of this.counts) if (perMinute <= pace) tooMany += count;
		if (tooMany < 0) return now;
		for (const { perMinute, countsUntil } of this.ended) {
			if (perMinute <= pace && tooMany-- === 0) return countsUntil;
		}
		return Infinity;
	}

	private count(perMinute: number, change: number): void {
		const count = (this.counts.get(perMinute) ?? 0) + change;
		if (count > 0) this.counts.set(perMinute, count);
		else this.counts.delete(perMinute);
	}
}
