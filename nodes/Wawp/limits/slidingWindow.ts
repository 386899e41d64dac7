import { MINUTE_MS } from './duration';

/**
 * The requests of the last minute, as whoever receives them counts it. When a request arrives nobody here knows, so it counts
 * from its start until a minute after its end. Nothing in here waits: moments go in and come out, in milliseconds of the
 * clock.
 */
export class SlidingWindow {
	private open = 0;

	/** Until when each request counts that has ended. They end one after the other, so the first is the next to go. */
	private readonly countedUntil: number[] = [];

	/**
	 * From when on one more may start; `Infinity` where that depends on one that is still open.
	 *
	 * @param most how many may count at once
	 */
	freeAt(most: number, now: number): number {
		while ((this.countedUntil[0] ?? Infinity) <= now) this.countedUntil.shift();
		const tooMany = this.open + this.countedUntil.length - most;
		return tooMany < 0 ? now : (this.countedUntil[tooMany] ?? Infinity);
	}

	/** To be called when a request starts. */
	start(): void {
		this.open += 1;
	}

	/** To be called when it has ended. */
	end(now: number): void {
		this.open -= 1;
		this.countedUntil.push(now + MINUTE_MS);
	}
}
