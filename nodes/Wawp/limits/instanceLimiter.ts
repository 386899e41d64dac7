import { BlockedTime } from './blockedTime';
import type { Clock } from './clock';
import { type Limits, lowestLimits, type RunSettings } from './lowestLimits';
import { Pace } from './pace';
import { type Ending, Pause } from './pause';
import { RequestQueue } from './requestQueue';

/** A request that has started. It counts as open until `end` is called, which is to be done once. */
export interface OpenRequest {
	/** @returns how many milliseconds are left of a pause that nobody is to wait for, where that is what it came to */
	end(ending: Ending): number | undefined;
}

/**
 * What comes of asking for a turn: the request may start; or its run has ended; or the gateway wants a pause that nobody
 * waits for, and so many milliseconds of it are left.
 */
export type Turn = OpenRequest | 'run ended' | { heldBackMs: number };

/** A request that wants to start. */
export interface Wanted {
	/** Whether it makes the gateway ask WhatsApp. */
	isLive: boolean;
	/** Whether the gateway asked for a pause when it was sent before. */
	wasSentBack: boolean;
}

/**
 * When requests of one WhatsApp instance may start, whatever run they belong to: how many are open, at which pace they start,
 * and until when the gateway wants none.
 *
 * It knows no contact, no answer and no token. Only requests to the gateway pass here; pictures come from WhatsApp's own
 * servers, which have limits of their own. A request is open until it is answered: a look-up that backs off, or downloads
 * its picture, counts among the concurrent ones of its run, and not among those of the instance.
 */
export class InstanceLimiter {
	readonly pausedTime = new BlockedTime();

	/** The time in which a live look-up could not start because of what Wawp advises. */
	readonly livePacedTime = new BlockedTime();

	private readonly runs = new Set<RunSettings>();

	private limits: Limits = lowestLimits(this.runs);

	private readonly queue = new RequestQueue<RunSettings, Turn>();

	private open = 0;

	private readonly pace = new Pace();

	private readonly livePace = new Pace();

	private readonly pause = new Pause();

	private alarm?: { at: number; cancel: AbortController };

	constructor(private readonly clock: Clock) {}

	get isInUse(): boolean {
		return this.runs.size > 0;
	}

	/** From when on there is nothing left to remember, if nobody uses it. */
	get rememberedUntil(): number {
		return Math.max(this.pause.until, this.pace.rememberedUntil, this.livePace.rememberedUntil);
	}

	join(run: RunSettings): void {
		this.runs.add(run);
		this.limits = lowestLimits(this.runs);
	}

	/** To be called once none of the run's requests is open or waits. */
	leave(run: RunSettings): void {
		this.runs.delete(run);
		this.limits = lowestLimits(this.runs);
		this.startNext();
	}

	/** Sends away all requests of the run that wait. */
	sendAway(run: RunSettings): void {
		for (const { give } of this.queue.takeAll(run)) give('run ended');
		this.startNext();
	}

	/**
	 * Asks for a request's turn.
	 *
	 * @returns at once where there is nothing to wait for, so that requests start in the order of their items; else a promise,
	 *   which does not reject
	 */
	acquire(run: RunSettings, { isLive, wasSentBack }: Wanted): Turn | Promise<Turn> {
		const now = this.clock.now();
		if (this.pause.isTooLong(now)) return { heldBackMs: this.pause.until - now };
		const isFree = this.queue.isEmpty && this.freeAt(now) <= now && (!isLive || this.liveFreeAt(now) <= now);
		if (isFree) return this.start(isLive, now, now);
		return new Promise<Turn>((give) => {
			this.queue.add({ run, isLive, since: now, give }, wasSentBack);
			this.startNext();
		});
	}

	private startNext(): void {
		const now = this.clock.now();
		if (this.pause.isTooLong(now)) this.giveUp(now);
		let at = Infinity;
		while (!this.queue.isEmpty) {
			at = this.freeAt(now);
			if (at > now) break;
			at = this.liveFreeAt(now);
			const waiting = this.queue.next(at <= now);
			if (!waiting) break;
			waiting.give(this.start(waiting.isLive, now, waiting.since));
		}
		this.wakeAt(at);
	}

	/** From when on a request may start; `Infinity` where that depends on the end of another one. */
	private freeAt(now: number): number {
		if (this.open >= this.limits.open) return Infinity;
		return Math.max(this.pause.freeAt(now), this.pace.freeAt(this.limits.perMinute, now));
	}

	private liveFreeAt(now: number): number {
		return this.livePace.freeAt(this.limits.livePerMinute, now);
	}

	private start(isLive: boolean, now: number, wanted: number): OpenRequest {
		this.open += 1;
		const ended = [this.pace.start(this.limits.perMinute, now, wanted)];
		if (isLive) ended.push(this.livePace.start(this.limits.livePerMinute, now, wanted));
		this.livePacedTime.block(now, this.liveFreeAt(now));
		const started = this.pause.start(now);
		return {
			end: (ending) => {
				const now = this.clock.now();
				this.open -= 1;
				for (const end of ended) end(now);
				this.livePacedTime.block(now, this.liveFreeAt(now));
				const isTooLong = this.pause.end(started, now, ending);
				this.pausedTime.block(now, this.pause.until);
				if (isTooLong) this.giveUp(now);
				this.startNext();
				return isTooLong ? this.pause.until - now : undefined;
			},
		};
	}

	private giveUp(now: number): void {
		for (const { give } of this.queue.takeAll()) give({ heldBackMs: this.pause.until - now });
	}

	/** One sleep, however many wait. One that ends too early does no harm. */
	private wakeAt(at: number): void {
		if (!this.queue.isEmpty && this.alarm && this.alarm.at <= at) return;
		this.alarm?.cancel.abort('rescheduled');
		this.alarm = undefined;
		if (this.queue.isEmpty || at === Infinity) return;
		const alarm = { at, cancel: new AbortController() };
		this.alarm = alarm;
		void this.clock.sleep(at - this.clock.now(), alarm.cancel.signal).then(() => {
			if (this.alarm !== alarm) return;
			this.alarm = undefined;
			this.startNext();
		});
	}
}
