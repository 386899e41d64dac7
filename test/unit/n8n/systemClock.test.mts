import { getEventListeners } from 'node:events';

import { clock } from '../../../nodes/Wawp/n8n/systemClock';

const LONG = 60_000;
const never = () => new AbortController().signal;

describe('A sleep', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** Starts a sleep, and tells whether it is over. */
	function asleep(ms: number, signal: AbortSignal) {
		let isOver = false;
		void clock.sleep(ms, signal).then(() => (isOver = true));
		return () => isOver;
	}

	test.each([1, 40, 999, 1000, 1001, 2500])('lasts %d ms, no more and no less', async (ms) => {
		const isOver = asleep(ms, never());
		await jest.advanceTimersByTimeAsync(ms - 1);
		expect(isOver()).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(isOver()).toBe(true);
	});

	test.each([0, -5])('of %d ms is none, and sets no timer', async (ms) => {
		await clock.sleep(ms, never());
		expect(jest.getTimerCount()).toBe(0);
	});

	test('sets timers of a second at most, since none of them can be called off', async () => {
		const closing = new AbortController();
		asleep(LONG, closing.signal);
		await jest.advanceTimersByTimeAsync(2500);
		closing.abort();
		await jest.advanceTimersByTimeAsync(1000);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('ends at once when its signal fires, for all who sleep, with one listener for all of them until then', async () => {
		const closing = new AbortController();
		const sleepers = Array.from({ length: 50 }, () => asleep(LONG, closing.signal));
		expect(getEventListeners(closing.signal, 'abort')).toHaveLength(1);
		closing.abort();
		await jest.advanceTimersByTimeAsync(0);
		expect(sleepers.every((isOver) => isOver())).toBe(true);
		expect(getEventListeners(closing.signal, 'abort')).toEqual([]);
	});

	test('does not begin where its signal has fired already', async () => {
		await clock.sleep(LONG, AbortSignal.abort());
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('A sleep in the background', () => {
	test.each([-5, 0, 40.7])('lasts %d ms, at least', async (ms) => {
		const started = clock.now();
		await clock.sleepInBackground(ms);
		// Node.js counts in whole milliseconds, and may be a fraction of one early.
		expect(clock.now() - started).toBeGreaterThan(ms - 1);
	});

	test('lets go of its signal, which Node.js keeps for as long as anybody listens', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout');
		await clock.sleepInBackground(1);
		const signal = timeout.mock.results[0]?.value as AbortSignal;
		timeout.mockRestore();
		expect(signal.aborted).toBe(true);
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});

	test('keeps no process from ending', () => {
		const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
		void clock.sleepInBackground(LONG);
		expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before);
	});
});

test('What yields to the event loop lets what is due have its turn', async () => {
	const turns: string[] = [];
	setTimeout(() => turns.push('due'), 0);
	await clock.yieldToEventLoop();
	turns.push('after it');
	expect(turns).toEqual(['due', 'after it']);
});

test('Chance is a number from 0 up to 1', () => {
	for (let tries = 0; tries < 100; tries += 1) {
		const chance = clock.random();
		expect(chance >= 0 && chance < 1).toBe(true);
	}
});
