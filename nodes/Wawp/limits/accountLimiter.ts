import type { Clock } from './clock';
import { Pace } from './pace';
import { type Ending, Pause } from './pause';
import { RequestQueue } from './requestQueue';

/** What one run was set to. */
export interface RunSettings {
	/** How many requests may be open at once. */
	concurrency: number;
	/** How many requests may start in a minute; 0 for no pace. */
	requestsPerMinute: number;
}

/** A request that has started. It counts as open until `end` is called, which is to be done once. */
export interface OpenRequest {
	/** @returns what is left of the pause, in milliseconds, where it has become one that nobody is to wait for */
	end(ending: Ending): number | undefined;
}

/** What comes of asking for a turn. Held back: the gateway wants a pause that nobody waits for. */
export type Turn = OpenRequest | 'run ended' | { heldBackMs: number };

/** What one run has in the limits of its account. */
export interface RunLimiter {
	/** The same object for all runs of the account, for as long as anything of it is remembered. */
	account: AccountLimiter;
	/** Waits for the turn of a request, which may have been sent back with a pause before. Never rejects. */
	acquire(wanted: { wasSentBack: boolean }): Promise<Turn>;
	/** To be called once, when none of its requests is open or waits; else the account is never forgotten. */
	leave(): void;
}

/**
 * When requests of one Wawp account may start, whatever run they belong to: how many are open, at which pace they start, and
 * until when the gateway wants none. It knows no contact, no answer and no token.
 *
 * A request is open until it is answered: a lookup that backs off, or downloads its picture from WhatsApp's servers, counts
 * towards the concurrency of its run, and not towards that of the account.
 */
export class AccountLimiter {
	private readonly runs = new Set<RunSettings>();

	/** The lowest settings of all runs count for each of them: the account has one limit, whoever asks. */
	private lowest = { concurrency: Infinity, perMinute: Infinity };

	private readonly queue = new RequestQueue<RunSettings, Turn>();

	private open = 0;

	private readonly pace = new Pace();

	private readonly pause = new Pause();

	private alarm?: { at: number; cancel: AbortController };

	constructor(private readonly clock: Clock) {}

	get isInUse(): boolean {
		return this.runs.size > 0;
	}

	/** When there is nothing left to remember, if nobody uses it. */
	get rememberedUntil(): number {
		return Math.max(this.pause.until, this.pace.rememberedUntil);
	}

	/** @param ended fires when nothing of this run may start any more */
	join(settings: RunSettings, ended: AbortSignal, onLeave: () => void): RunLimiter {
		// A copy, because the queue tells runs apart by this object.
		const run = { ...settings };
		const sendAway = () => {
			for (const { give } of this.queue.takeAllOf(run)) give('run ended');
		};
		this.runs.add(run);
		this.findLowest();
		ended.addEventListener('abort', sendAway);
		return {
			account: this,
			acquire: async ({ wasSentBack }) =>
				await new Promise((give) => {
					if (ended.aborted) return give('run ended');
					this.queue.add({ run, since: this.clock.now(), give }, wasSentBack);
					this.startNext();
				}),
			leave: () => {
				ended.removeEventListener('abort', sendAway);
				this.runs.delete(run);
				this.findLowest();
				this.startNext();
				onLeave();
			},
		};
	}

	private findLowest(): void {
		const runs = [...this.runs];
		this.lowest = {
			concurrency: Math.min(...runs.map(({ concurrency }) => concurrency)),
			perMinute: Math.min(...runs.map(({ requestsPerMinute }) => requestsPerMinute || Infinity)),
		};
	}

	private startNext(): void {
		const now = this.clock.now();
		if (this.pause.isTooLong(now)) this.giveUp(now);
		let at = Infinity;
		while (!this.queue.isEmpty) {
			at = this.freeAt(now);
			if (at > now) break;
			const next = this.queue.next();
			next?.give(this.start(now, next.since));
		}
		this.wakeAt(at);
	}

	/** From when on a request may start; `Infinity` where that depends on the end of another one. */
	private freeAt(now: number): number {
		if (this.open >= this.lowest.concurrency) return Infinity;
		return Math.max(this.pause.freeAt(now), this.pace.freeAt(this.lowest.perMinute, now));
	}

	private start(now: number, wanted: number): OpenRequest {
		this.open += 1;
		const endPace = this.pace.start(this.lowest.perMinute, now, wanted);
		const endPause = this.pause.start(now);
		return {
			end: (ending) => {
				const now = this.clock.now();
				this.open -= 1;
				endPace(now);
				const isTooLong = endPause(now, ending);
				if (isTooLong) this.giveUp(now);
				this.startNext();
				return isTooLong ? this.pause.until - now : undefined;
			},
		};
	}

	private giveUp(now: number): void {
		for (let next = this.queue.next(); next; next = this.queue.next())
			next.give({ heldBackMs: this.pause.until - now });
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
