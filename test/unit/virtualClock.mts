import { setMaxListeners } from 'node:events';

import type { Clock } from '../../nodes/Wawp/limits/clock';

interface Sleeper {
	due: number;
	wake(): void;
}

/** A clock that waits for nothing: its time jumps to whoever is due next, as soon as nothing is left to do before. */
export class VirtualClock implements Clock {
	/** How many sleep now. */
	sleeping = 0;

	private readonly sleepers = new Set<Sleeper>();

	private steps = 0;

	/**
	 * @param chance what `random` says, each time
	 * @param mostSteps how often a test may ask for the time, sleep or wake: most do so less than 3,000 times
	 */
	constructor(
		private readonly chance = 0.5,
		private time = 0,
		private readonly mostSteps = 20_000,
	) {}

	now(): number {
		this.step();
		return this.time;
	}

	random(): number {
		return this.chance;
	}

	async sleep(ms: number, signal: AbortSignal): Promise<void> {
		this.step();
		if (ms <= 0) return;
		this.sleeping += 1;
		await this.later(ms, signal);
		this.sleeping -= 1;
	}

	async sleepInBackground(ms: number): Promise<void> {
		await this.sleep(ms, new AbortController().signal);
	}

	async yieldToEventLoop(): Promise<void> {
		await this.later(0);
	}

	/** Something outside that takes its time: like `sleep`, but it never comes at once, and is not counted. */
	async later(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const sleeper: Sleeper = {
				due: this.time + ms,
				wake: () => {
					this.sleepers.delete(sleeper);
					signal?.removeEventListener('abort', sleeper.wake);
					resolve();
				},
			};
			this.sleepers.add(sleeper);
			if (!signal) return;
			setMaxListeners(0, signal);
			signal.addEventListener('abort', sleeper.wake);
		});
	}

	/** Lets time pass until the work is done, and not a moment longer. */
	async finish<Result>(work: Promise<Result>): Promise<Result> {
		let isDone = false;
		const done = () => {
			isDone = true;
		};
		work.then(done, done);
		for (await settled(); !isDone; await settled()) {
			if (!this.wakeNext(Number.MAX_VALUE)) throw new Error('It waits for something that never comes');
		}
		return await work;
	}

	/** Lets time pass until a moment. */
	async until(moment: number): Promise<void> {
		for (await settled(); this.wakeNext(moment); await settled());
		this.time = moment;
	}

	/** Without it, what goes round in circles would hang the test: no time passes here that could run out. */
	private step(): void {
		this.steps += 1;
		if (this.steps > this.mostSteps) throw new Error('It goes on for ever');
	}

	/** One at a time, as Node runs its timers: what one sets off has settled before the next one wakes. */
	private wakeNext(latest: number): boolean {
		let next: Sleeper | undefined;
		for (const sleeper of this.sleepers) if (sleeper.due < (next?.due ?? Infinity)) next = sleeper;
		if (!next || next.due > latest) return false;
		this.step();
		this.time = next.due;
		next.wake();
		return true;
	}
}

/** Settles once no promise is left to follow up. */
export async function settled(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}
