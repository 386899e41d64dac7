import type { Clock } from './clock';
import { Pace } from './pace';
import { type Ending, Pause } from './pause';
import { RequestQueue } from './requestQueue';

/** The limits that one run asks for. */
export interface RunSettings {
	concurrency: number;
	/** 0 for no pace. */
	requestsPerMinute: number;
}

/** A request that has started. It counts as open until `end` is called, once. */
export interface OpenRequest {
	/** @returns what is left of the pause, in milliseconds, if it has become too long to wait for */
	end(ending: Ending): number | undefined;
}

/** `heldBackMs` is what is left of a pause that is too long to wait for. */
export type Turn = OpenRequest | 'run ended' | { heldBackMs: number };

/** The part of one run in the limits of its account. */
export interface RunLimiter {
	/** The same object for all runs, until the account is forgotten. */
	account: AccountLimiter;
	/** Waits for the turn of a request. `wasSentBack`: the gateway answered it with a pause before. Never rejects. */
	acquire(wanted: { wasSentBack: boolean }): Promise<Turn>;
	/** Call it once, when no request of the run is open or waits. Otherwise the account is never forgotten. */
	leave(): void;
}

/**
 * Decides when the requests of one WhatsApp account may start, across all runs: once fewer than the concurrency are open,
 * the pace allows another (up to ten at once, then evenly), and no pause that the gateway asked for holds. Runs take turns.
 * It knows no contact, no answer and no token.
 *
 * A lookup that backs off or downloads its picture counts towards the concurrency of its run, but is not open here.
 */
export class AccountLimiter {
	private readonly runs = new Set<RunSettings>();

	/** The lowest settings of all runs count for each of them: the account has one limit. */
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

	/** When there is nothing left to remember, unless a run uses it. */
	get rememberedUntil(): number {
		return Math.max(this.pause.until, this.pace.rememberedUntil);
	}

	/** @param ended fires when no request of this run may start any more */
	join(settings: RunSettings, ended: AbortSignal, onLeave: () => void): RunLimiter {
		// A copy, because this object identifies the run in the queue.
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

	/** When a request may start; `Infinity` if that depends on the end of another one. */
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

	/** One sleep for all requests that wait. Waking too early does no harm. */
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
