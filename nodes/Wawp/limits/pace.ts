import { MINUTE_MS } from './clock';

/** How much of a timer's lateness the next request makes up for. Idle time is not made up for. In milliseconds. */
const LATENESS_MS = 200;

const LARGEST_BURST = 10;

/** A burst is at most what this long holds, so that nobody waits longer than this after it. In milliseconds. */
const LONGEST_BURST_MS = 10_000;

/**
 * The pace that requests keep: they start evenly after a burst, and no minute has more of them than the pace allows, as the
 * gateway counts them. Nothing in here waits: moments go in and come out, in milliseconds of the clock. `Infinity` a minute
 * is no pace.
 */
export class Pace {
	/** When the pace no longer has to be remembered, if nothing is open. */
	rememberedUntil = -Infinity;

	/** When the last request was due, each of a burst included. */
	private lastDue = -Infinity;

	private lastStart = -Infinity;

	/** The pace at which it started. */
	private lastPerMinute = Infinity;

	/** How many have started since the last whole minute without any. */
	private sinceRest = 0;

	/** How many requests count towards the minute, by the pace at which they started. */
	private readonly counts = new Map<number, number>();

	/** Of those, the ones that have ended. Nobody here knows when a request arrives, so it counts until a minute after its end. */
	private readonly ended: Array<{ perMinute: number; countsUntil: number }> = [];

	/** The earliest moment at which a request may start; `Infinity` where that depends on the end of another one. */
	freeAt(perMinute: number, now: number): number {
		if (perMinute === Infinity) return now;
		this.forgetBefore(now);
		// At each pace from this one up, so that two paces in turns do not add up, while a list that was allowed more does not
		// keep a single lead waiting for a minute.
		const paces = [perMinute, ...this.counts.keys()].filter((pace) => pace >= perMinute);
		return Math.max(this.spacedAt(perMinute, now), ...paces.map((pace) => this.countFreeAt(pace, now)));
	}

	/**
	 * To be called when a request starts.
	 *
	 * @param wanted when it was asked for
	 * @returns to be called when it has ended
	 */
	start(perMinute: number, now: number, wanted: number): (now: number) => void {
		const isRested = wanted - this.lastStart >= MINUTE_MS;
		const due = isRested ? -Infinity : this.dueAt(perMinute);
		this.lastDue = Math.max(due, wanted, now - LATENESS_MS);
		this.lastStart = now;
		this.lastPerMinute = perMinute;
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
		return Math.min(this.dueAt(perMinute), this.lastStart + MINUTE_MS);
	}

	/** Uses the faster of the old and the new pace: a slower one holds nobody up before it begins or after it ends. */
	private dueAt(perMinute: number): number {
		return this.lastDue + MINUTE_MS / Math.max(this.lastPerMinute, perMinute);
	}

	/** From when on fewer requests count than a pace allows, of those that started at this pace or a slower one. */
	private countFreeAt(pace: number, now: number): number {
		let tooMany = -pace;
		for (const [perMinute, count] of this.counts) if (perMinute <= pace) tooMany += count;
		if (tooMany < 0) return now;
		for (const { perMinute, countsUntil } of this.ended) {
			if (perMinute <= pace && tooMany-- === 0) return countsUntil;
		}
		return Infinity;
	}

	private forgetBefore(now: number): void {
		// They end one after the other, so the first is the next to go.
		for (let first = this.ended[0]; first && first.countsUntil <= now; first = this.ended[0]) {
			this.ended.shift();
			this.count(first.perMinute, -1);
		}
	}

	private count(perMinute: number, change: number): void {
		const count = (this.counts.get(perMinute) ?? 0) + change;
		if (count > 0) this.counts.set(perMinute, count);
		else this.counts.delete(perMinute);
	}
}
