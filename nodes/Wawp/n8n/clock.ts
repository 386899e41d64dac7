import { sleep } from 'n8n-workflow';

import type { Clock } from '../batch/clock';

/** n8n's `sleep` cannot be called off, so it is taken in portions: none outlives a stopped execution by more than this. */
const PORTION_MS = 1000;

/** Real time. */
export const clock: Clock = {
	now: () => performance.now(),
	random: () => Math.random(),
	breathe: async () => await sleep(0),
	sleep: async (ms, signal) => {
		const end = performance.now() + ms;
		let wake = () => {};
		const woken = new Promise<void>((resolve) => {
			wake = resolve;
		});
		signal.addEventListener('abort', wake);
		for (let left = ms; left > 0 && !signal.aborted; left = end - performance.now()) {
			await Promise.race([sleep(Math.min(left, PORTION_MS)), woken]);
		}
		signal.removeEventListener('abort', wake);
	},
};
