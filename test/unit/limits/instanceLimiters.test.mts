import { getEventListeners } from 'node:events';

import { InstanceLimiters } from '../../../nodes/Wawp/limits/instanceLimiters';
import type { RunSettings } from '../../../nodes/Wawp/limits/lowestLimits';
import type { Ending } from '../../../nodes/Wawp/limits/pause';
import { settled, VirtualClock } from '../virtualClock.mts';
import { expectForgotten } from './forgotten.mts';

const SETTINGS: RunSettings = { concurrency: 5, requestsPerMinute: 'advised' };
const never = () => new AbortController().signal;

/** Runs that have one request each. */
function instances() {
	const clock = new VirtualClock();
	const limiters = new InstanceLimiters(clock);
	const request = async (
		instanceId: string,
		{ isLive = false, ending = 'answered' as Ending, settings = SETTINGS } = {},
	) => {
		const run = limiters.join(instanceId, settings, never());
		const turn = await run.acquire({ isLive, wasSentBack: false });
		if (typeof turn === 'object' && 'end' in turn) turn.end(ending);
		run.leave();
		await settled();
		return clock.now();
	};
	return { clock, limiters, request };
}

describe('What is remembered of an instance', () => {
	test('is nothing once nothing is under way, where neither pace nor pause is left', async () => {
		const { limiters, clock, request } = instances();
		await request('a');
		expect([limiters.size, clock.sleeping]).toEqual([0, 0]);
	});

	test('is its pace for a minute after the last live look-up', async () => {
		const { limiters, clock, request } = instances();
		await request('a', { isLive: true });
		await clock.until(59_999);
		expect([limiters.size, clock.sleeping]).toEqual([1, 1]);
		await clock.until(60_000);
		expect([limiters.size, clock.sleeping]).toEqual([0, 0]);
	});

	test('is its pause until that is over, for weeks as well, with one sleep at a time', async () => {
		const { limiters, clock, request } = instances();
		const month = 31 * 24 * 60 * 60 * 1000;
		await request('a', { ending: { pauseMs: month } });
		await clock.until(month - 1);
		expect([limiters.size, clock.sleeping]).toEqual([1, 1]);
		await expectForgotten(limiters, clock);
	});

	test('is kept on where a run joins before it would be forgotten', async () => {
		const { limiters, clock, request } = instances();
		for (let index = 0; index < 10; index += 1) await request('a', { isLive: true });
		await clock.until(59_000);
		// The eleventh within the minute, and so after the burst.
		await request('a', { isLive: true });
		await clock.until(61_000);
		expect(limiters.size).toBe(1);
		await expectForgotten(limiters, clock);
	});

	test('takes one sleep, however many runs come and go', async () => {
		const { clock, request } = instances();
		for (let run = 0; run < 5; run += 1) {
			await request('a', { isLive: true });
			await clock.until(clock.now() + 1000);
		}
		expect(clock.sleeping).toBe(1);
	});

	test('is nothing of 10,000 instances one after the other, with a pace, a pause or neither', async () => {
		const { limiters, clock, request } = instances();
		for (let index = 0; index < 10_000; index += 1) {
			const pausesFor: Ending = index % 100 === 0 ? { pauseMs: 5000 } : 'answered';
			await request(`instance ${index}`, { isLive: index % 3 === 0, ending: pausesFor });
		}
		expect(clock.sleeping).toBe(limiters.size);
		await expectForgotten(limiters, clock);
	});
});

describe('Instances', () => {
	test('have a limit each: one that waits slows no other', async () => {
		const { clock, request } = instances();
		for (let index = 0; index < 10; index += 1) await request('busy', { isLive: true });
		const busy = request('busy', { isLive: true });
		expect(await request('other', { isLive: true })).toBe(0);
		expect(await clock.finish(busy)).toBeGreaterThan(9000);
	});

	test('are shared by all runs that name the same one, at the same time and one after the other', async () => {
		const { limiters } = instances();
		const [one, other, third] = ['a', 'a', 'b'].map((id) => limiters.join(id, SETTINGS, never()));
		expect(one?.instance).toBe(other?.instance);
		expect(one?.instance).not.toBe(third?.instance);
	});
});

describe('A run', () => {
	test('gets no turn after it has ended, and leaves the queue at once, with nothing that listens on', async () => {
		const { limiters, clock } = instances();
		const ended = new AbortController();
		const run = limiters.join('a', { ...SETTINGS, concurrency: 1 }, ended.signal);
		const wanted = { isLive: false, wasSentBack: false };
		const open = await run.acquire(wanted);
		const waiting = run.acquire(wanted);
		ended.abort();
		expect(await waiting).toBe('run ended');
		expect(run.acquire(wanted)).toBe('run ended');
		if (typeof open === 'object' && 'end' in open) open.end('aborted');
		run.leave();
		expect(getEventListeners(ended.signal, 'abort')).toHaveLength(0);
		await expectForgotten(limiters, clock);
	});

	test('counts as waited only the time in which a request of its own waited', async () => {
		const { limiters, clock } = instances();
		const wanted = { isLive: false, wasSentBack: false };
		const [asks, sleeps] = [limiters.join('a', SETTINGS, never()), limiters.join('a', SETTINGS, never())];
		const first = await asks.acquire(wanted);
		if (typeof first === 'object' && 'end' in first) first.end({ pauseMs: 10_000 });
		await clock.until(4000);
		await clock.finish(Promise.resolve(asks.acquire(wanted)));
		expect([asks.pausedMs, sleeps.pausedMs]).toEqual([6000, 0]);
	});
});
