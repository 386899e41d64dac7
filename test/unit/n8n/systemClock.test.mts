import { getEventListeners } from 'node:events';

import { clock } from '../../../nodes/Wawp/n8n/systemClock';

const LONG = 60_000;

describe('A sleep', () => {
	test('lasts as long as it should, at least', async () => {
		const started = clock.now();
		await clock.sleep(40, new AbortController().signal);
		expect(clock.now() - started).toBeGreaterThanOrEqual(40);
	});

	test.each([0, -5])('of %d ms is none', async (ms) => {
		await clock.sleep(ms, new AbortController().signal);
	});

	test('ends when its signal fires, for all who sleep, with one listener for all of them', async () => {
		const closing = new AbortController();
		const sleepers = Array.from({ length: 50 }, async () => await clock.sleep(LONG, closing.signal));
		expect(getEventListeners(closing.signal, 'abort')).toHaveLength(1);
		closing.abort();
		await Promise.all(sleepers);
	});

	test('does not begin where its signal has fired already', async () => {
		await clock.sleep(LONG, AbortSignal.abort());
	});
});

describe('A sleep in the background', () => {
	test.each([-5, 0, 40.7])('lasts %d ms, at least', async (ms) => {
		const started = clock.now();
		await clock.sleepInBackground(ms);
		expect(clock.now() - started).toBeGreaterThanOrEqual(ms);
	});

	test('keeps no process from ending', () => {
		const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
		void clock.sleepInBackground(LONG);
		expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before);
	});
});
