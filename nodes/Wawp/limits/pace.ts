import { MINUTE_MS } from './clock';

/** How much of a timer's lateness the next request makes up for. Idle time is not made up for. In milliseconds. */
const LATENESS_MS = 200;

const LARGEST_BURST = 10;

/** A burst is no more than this long holds, so that nobody waits longer than this after it. In milliseconds. */
const LONGEST_BURST_MS = 10_000;

/**
 * The pace that requests keep: they start evenly after a burst, and no minute has more of them than the pace allows, as the
 * gateway counts them. Nothing in here waits: moments go in and come out, in milliseconds of the clock.
 *
 * A pace is a number of requests per minute, `Infinity` for none. It may differ from request to request.
 */
export class Pace {
	/** When there is nothing left to remember, if nothing is open. */
	rememberedUntil = -Infinity;

	/** The request that started last; in a burst each is due at once. */
	private last = { due: -Infinity, start: -Infinity, perMinute: Infinity };

	/** How many have started since the last whole minute without any. */
	private sinceRest = 0;

	/** How many requests count towards the minute, by the pace at which they started. */
	private readonly counts = new Map<number, number>();

	/** Those of them that have ended. When a request arrives is not known, so it counts until a minute after its end. */
	private readonly ended: Array<{ perMinute: number; countsUntil: number }> = [];

	/** The earliest moment at which a request may start; `Infinity` where that depends on the end of another one. */
	freeAt(perMinute: number, now: number): number {
		if (perMinute === Infinity) return now;
		// They end one after the other, so the first is the next to go.
		for (let first = this.ended[0]; first && first.countsUntil <= now; first = this.ended[0]) {
			this.ended.shift();
			this.count(first.perMinute, -1);
		}
		// This pace and each faster one: so two paces in turns do not add up, and yet a single lead does not wait for a minute
		// after a list that was allowed more.
		const paces = [perMinute, ...this.counts.keys()].filter((pace) => pace >= perMinute);
		return Math.max(this.spacedAt(perMinute, now), ...paces.map((pace) => this.hasRoomAt(pace, now)));
	}

	/**
	 * To be called when a request starts.
	 *
	 * @param wanted when it was asked for
	 * @returns to be called when it has ended
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

	/** Uses the faster of the old and the new pace: a slower one holds nobody up before it begins or after it ends. */
	private dueAt(perMinute: number): number {
		return this.last.due + MINUTE_MS / Math.max(this.last.perMinute, perMinute);
	}

	/** When fewer requests count than a pace allows, of those that started at that pace or a slower one. */
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
