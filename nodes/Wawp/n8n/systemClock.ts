import { sleep } from 'n8n-workflow';

import type { Clock } from '../limits/clock';

/** n8n's `sleep` cannot be cancelled, so it is used in portions. */
const PORTION_MS = 1000;

/** By signal, because Node.js logs a warning if one signal has more than ten listeners. */
const sleepers = new WeakMap<AbortSignal, Set<() => void>>();

export const clock: Clock = {
	now: () => performance.now(),
	random: () => Math.random(),
	yieldToEventLoop: async () => await sleep(0),
	// Does not keep a process alive, such as "n8n execute". n8n's lint rules forbid `setTimeout`, and with it `unref`.
	sleepInBackground: async (ms) =>
		await new Promise((resolve) => {
			AbortSignal.timeout(Math.max(0, Math.ceil(ms))).addEventListener('abort', () => resolve(), { once: true });
		}),
	sleep: async (ms, signal) => {
		const end = performance.now() + ms;
		let wake = () => {};
		const woken = new Promise<void>((resolve) => {
			wake = resolve;
		});
		const others = sleepersOf(signal);
		others.add(wake);
		for (let left = ms; left > 0 && !signal.aborted; left = end - performance.now()) {
			await Promise.race([sleep(Math.min(left, PORTION_MS)), woken]);
		}
		others.delete(wake);
	},
};

function sleepersOf(signal: AbortSignal): Set<() => void> {
	const known = sleepers.get(signal);
	if (known) return known;
	const added = new Set<() => void>();
	signal.addEventListener('abort', () => added.forEach((wake) => wake()), { once: true });
	sleepers.set(signal, added);
	return added;
}
