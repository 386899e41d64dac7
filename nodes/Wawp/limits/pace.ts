import { MINUTE_MS } from './duration';
import { SlidingWindow } from './slidingWindow';
import { afterStart, nextStart, RESTED } from './spacing';

/**
 * A pace that requests keep: they start evenly, after a burst, and there are never more in a minute than so many, as the
 * gateway counts them. Nothing in here waits: moments go in and come out, in milliseconds of the clock.
 */
export class Pace {
	private spacing = RESTED;

	private window = new SlidingWindow();

	/** From when on it is as if nothing had been sent before, if nothing is open. */
	rememberedUntil = -Infinity;

	/**
	 * The earliest moment at which a request may start; `now` or earlier where that is at once, and `Infinity` where it
	 * depends on the end of another one.
	 *
	 * @param perMinute `Infinity` for no pace
	 */
	freeAt(perMinute: number, now: number): number {
		if (perMinute === Infinity) return now;
		const spaced = nextStart(this.spacing, perMinute, now);
		return perMinute < this.spacing.lastPerMinute ? spaced : Math.max(spaced, this.window.freeAt(perMinute, now));
	}

	/**
	 * To be called when a request starts.
	 *
	 * @param wanted when it was asked for
	 * @returns to be called when it has ended
	 */
	start(perMinute: number, now: number, wanted: number): (now: number) => void {
		// What was sent while more were allowed does not count: a single lead would have to wait a minute for it.
		if (perMinute < this.spacing.lastPerMinute) this.window = new SlidingWindow();
		this.spacing = afterStart(this.spacing, perMinute, now, wanted);
		if (perMinute === Infinity) return () => {};
		const { window } = this;
		window.start();
		return (end) => {
			window.end(end);
			this.rememberedUntil = end + MINUTE_MS;
		};
	}
}
