import { getEventListeners } from 'node:events';

import type { RunSettings, Turn } from '../../../nodes/Wawp/limits/accountLimiter';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import type { Ending } from '../../../nodes/Wawp/limits/pause';
import { settled, VirtualClock } from '../virtualClock.mts';
import { expectForgotten } from './forgotten.mts';

const PACED: RunSettings = { concurrency: 5, requestsPerMinute: 60 };
const UNPACED: RunSettings = { concurrency: 5, requestsPerMinute: 0 };
const never = () => new AbortController().signal;

function end(turn: Turn, ending: Ending): void {
	if (typeof turn === 'object' && 'end' in turn) turn.end(ending);
}

/** Runs that have one request each. */
function accounts(clock = new VirtualClock()) {
	const limiters = new AccountLimiters(clock);
	const request = async (accountId: string, settings = PACED, ending: Ending = 'answered') => {
		const run = limiters.join(accountId, settings, never());
		end(await run.acquire({ wasSentBack: false }), ending);
		run.leave();
		await settled();
		return clock.now();
	};
	const remembered = () => [limiters.size, clock.sleeping];
	return { clock, limiters, request, remembered };
}

describe('What is remembered of an account', () => {
	test('is nothing once nothing is under way, where neither pace nor pause is left', async () => {
		const { request, remembered } = accounts();
		await request('a', UNPACED);
		expect(remembered()).toEqual([0, 0]);
	});

	test('is its pace for a minute after the last request', async () => {
		const { clock, request, remembered } = accounts();
		await request('a');
		await clock.until(59_999);
		expect(remembered()).toEqual([1, 1]);
		await clock.until(60_000);
		expect(remembered()).toEqual([0, 0]);
	});

	test('is its pause until that is over, for weeks as well, with one sleep at a time', async () => {
		const { limiters, clock, request, remembered } = accounts();
		const month = 31 * 24 * 60 * 60 * 1000;
		await request('a', UNPACED, { pauseMs: month });
		await clock.until(month - 1);
		expect(remembered()).toEqual([1, 1]);
		await expectForgotten(limiters, clock);
	});

	test('is kept on where a run joins before it would be forgotten', async () => {
		const { limiters, clock, request } = accounts();
		for (let index = 0; index < 10; index += 1) await request('a');
		await clock.until(59_000);
		// The eleventh within the minute, and so after the burst.
		await request('a');
		await clock.until(61_000);
		expect(limiters.size).toBe(1);
		await expectForgotten(limiters, clock);
	});

	test('takes one sleep, however many runs come and go', async () => {
		const { clock, request } = accounts();
		for (let run = 0; run < 5; run += 1) {
			await request('a');
			await clock.until(clock.now() + 1000);
		}
		expect(clock.sleeping).toBe(1);
	});

	test('is nothing of 10,000 accounts one after the other, with a pace, a pause or neither', async () => {
		const { limiters, clock, request } = accounts(new VirtualClock(0.5, 0, 100_000));
		for (let index = 0; index < 10_000; index += 1) {
			const ending: Ending = index % 100 === 0 ? { pauseMs: 5000 } : 'answered';
			await request(`account ${index}`, index % 3 === 0 ? PACED : UNPACED, ending);
		}
		expect(clock.sleeping).toBe(limiters.size);
		await expectForgotten(limiters, clock);
	});
});

describe('Accounts', () => {
	test('have a limit each: one that waits slows no other', async () => {
		const { clock, request } = accounts();
		for (let index = 0; index < 10; index += 1) await request('busy');
		const busy = request('busy');
		expect(await request('other')).toBe(0);
		expect(await clock.finish(busy)).toBeGreaterThan(9000);
	});

	test('are shared by all runs that name the same one', () => {
		const { limiters } = accounts();
		const [one, other, third] = ['a', 'a', 'b'].map((id) => limiters.join(id, PACED, never()).account);
		expect(one).toBe(other);
		expect(one).not.toBe(third);
	});
});

test('A run that has ended gets no turn, leaves the queue at once, and listens no more', async () => {
	const { limiters, clock } = accounts();
	const ended = new AbortController();
	const run = limiters.join('a', { ...UNPACED, concurrency: 1 }, ended.signal);
	const open = await run.acquire({ wasSentBack: false });
	const waiting = run.acquire({ wasSentBack: false });
	ended.abort();
	expect(await waiting).toBe('run ended');
	expect(await run.acquire({ wasSentBack: false })).toBe('run ended');
	end(open, 'aborted');
	run.leave();
	expect(getEventListeners(ended.signal, 'abort')).toHaveLength(0);
	await expectForgotten(limiters, clock);
});
