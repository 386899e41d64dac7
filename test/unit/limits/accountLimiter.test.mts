import type { OpenRequest, RunLimiter, RunSettings, Turn } from '../../../nodes/Wawp/limits/accountLimiter';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import type { Ending } from '../../../nodes/Wawp/limits/pause';
import { settled, VirtualClock } from '../virtualClock.mts';

const HOUR = 3_600_000;

/** Runs of one account, and a record of which request started when. */
function account() {
	const clock = new VirtualClock();
	const limiters = new AccountLimiters(clock);
	const started: Array<[name: string, at: number]> = [];
	const open = new Map<string, OpenRequest>();
	const others: Array<[name: string, turn: Turn]> = [];
	const take = (name: string, turn: Turn) => {
		if (typeof turn === 'object' && 'end' in turn) {
			started.push([name, clock.now()]);
			open.set(name, turn);
		} else {
			others.push([name, turn]);
		}
	};
	const joined = (settings: Partial<RunSettings> = {}, ended = new AbortController().signal) =>
		limiters.join('a', { concurrency: 5, requestsPerMinute: 0, ...settings }, ended);
	const ask = (names: string, run: RunLimiter, wasSentBack = false) => {
		for (const name of names.split(' ')) void run.acquire({ wasSentBack }).then((turn) => take(name, turn));
	};
	const end = async (name: string, ending: Ending = 'answered') => {
		await settled();
		const left = open.get(name)?.end(ending);
		await settled();
		return left;
	};
	/** The first request of a run has been answered with a pause. */
	const paused = async (pauseMs: number, settings?: Partial<RunSettings>) => {
		const run = joined(settings);
		ask('paused', run);
		return { run, left: await end('paused', { pauseMs }) };
	};
	const names = async () => {
		await settled();
		return started.map(([name]) => name).join(' ');
	};
	return { clock, started, others, joined, ask, end, paused, names };
}

const many = (count: number, prefix = '') => Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(' ');

describe('A request', () => {
	test('starts with no time in between where nothing is under way, in the order of asking', async () => {
		const { joined, ask, started } = account();
		ask('a b c d', joined());
		await settled();
		expect(started).toEqual(['a', 'b', 'c', 'd'].map((name) => [name, 0]));
	});

	test('waits for one to end where as many are open as may be, whichever run they belong to', async () => {
		const { joined, ask, end, names } = account();
		const [one, other] = [joined({ concurrency: 2 }), joined({ concurrency: 2 })];
		ask('a', one);
		ask('b', other);
		ask('c', one);
		expect(await names()).toBe('a b');
		await end('b');
		expect(await names()).toBe('a b c');
	});

	test('is bound by the lowest setting of the runs that are under way, and no longer than they are', async () => {
		const { joined, ask, end, names } = account();
		const [list, single] = [joined({ concurrency: 3 }), joined({ concurrency: 1 })];
		ask('a b c d', list);
		expect(await names()).toBe('a');
		single.leave();
		expect(await names()).toBe('a b c');
		await end('a');
		expect(await names()).toBe('a b c d');
	});

	test('of a single lead starts after at most one more of a list that fills every place', async () => {
		const { joined, ask, end, names } = account();
		const [list, lead] = [joined(), joined()];
		ask(many(20), list);
		ask('lead', lead);
		await end('0');
		await end('1');
		expect(await names()).toBe('0 1 2 3 4 5 lead');
	});

	test('that the gateway sent back goes before all others', async () => {
		const { joined, ask, end, names } = account();
		const [list, other] = [joined({ concurrency: 1 }), joined()];
		ask('a b', list);
		ask('c', other);
		ask('back', other, true);
		for (const name of ['a', 'back', 'b']) await end(name);
		expect(await names()).toBe('a back b c');
	});

	test('of a run that has ended leaves the queue, with its sleep, and its place goes to the next', async () => {
		const { clock, joined, ask, end, names, others } = account();
		const ended = new AbortController();
		const [stopped, other] = [joined({ concurrency: 1 }, ended.signal), joined()];
		ask('a b', stopped);
		ask('c', other);
		await settled();
		ended.abort();
		ask('d', stopped);
		await end('a', 'aborted');
		expect(await names()).toBe('a c');
		expect(others).toEqual([
			['b', 'run ended'],
			['d', 'run ended'],
		]);
		stopped.leave();
		expect(clock.sleeping).toBe(0);
	});
});

describe('The pace', () => {
	test.each<[string, number[], number]>([
		['as it says', [60], 60],
		['300 where it says so', [300], 300],
		['all at once where it is 0', [0], 400],
		['as many as the lowest of several runs says', [600, 0, 90, 120], 90],
	])('lets a minute have %s', async (_what, paces, most) => {
		const { clock, joined, ask, started } = account();
		const [run] = paces.map((requestsPerMinute) => joined({ concurrency: 1000, requestsPerMinute }));
		ask(many(400), run as RunLimiter);
		await clock.until(59_999);
		expect(started.length).toBeLessThanOrEqual(most);
		// These many requests take a little more than a minute.
		expect(started.length).toBeGreaterThanOrEqual(0.98 * most);
	});

	test('starts ten at once, and one a second from then on', async () => {
		const { clock, joined, ask, started } = account();
		ask(many(13), joined({ concurrency: 1000, requestsPerMinute: 60 }));
		await clock.until(20_000);
		// A little more than a second, so that no minute holds one too many.
		expect(started.slice(9).map(([, at]) => Math.round(at / 100) * 100)).toEqual([0, 10_000, 11_000, 12_000]);
	});

	test('is kept from run to run: a loop of one lead per round goes as slowly as a list', async () => {
		const { clock, joined, ask, end, started } = account();
		for (let round = 0; round < 12; round += 1) {
			const run = joined({ requestsPerMinute: 60 });
			ask(String(round), run);
			while (started.length <= round) await clock.until(clock.now() + 100);
			await end(String(round));
			run.leave();
		}
		expect(started.at(-1)?.[1]).toBeGreaterThan(10_000);
	});

	test('is the faster one for those that wait once a slower run has left, with one sleep', async () => {
		const { clock, joined, ask, started } = account();
		const [slow, run] = [joined({ requestsPerMinute: 6 }), joined({ requestsPerMinute: 10 })];
		ask('a b', run);
		await settled();
		slow.leave();
		await settled();
		expect(clock.sleeping).toBe(1);
		await clock.until(20_000);
		expect(started).toEqual([
			['a', 0],
			['b', 6000],
		]);
	});
});

describe('A pause', () => {
	test('lets nothing of the account start, whichever run it belongs to, and then one first', async () => {
		const { clock, joined, ask, end, paused, started } = account();
		const { run, left } = await paused(1000);
		expect(left).toBeUndefined();
		ask(many(10), run);
		ask(many(10, 'other '), joined());
		await clock.until(999);
		expect(started).toHaveLength(1);
		await clock.until(1500);
		expect(started.slice(1)).toEqual([['0', 1000]]);
		await end('0');
		expect(started).toHaveLength(7);
	});

	test('that is over leaves nothing behind: requests start as before', async () => {
		const { clock, ask, end, paused, names } = account();
		const { run } = await paused(1000);
		await clock.until(1000);
		ask('b', run);
		await end('b');
		ask('c d e f g', run);
		expect(await names()).toBe('paused b c d e f g');
	});

	test('of more than two minutes sends all away, those that wait and those that come, by what is left of it', async () => {
		const { clock, joined, ask, end, names, others } = account();
		const [one, other] = [joined({ concurrency: 1 }), joined()];
		await clock.until(5000);
		ask('a', one);
		ask('b', other);
		expect(await end('a', { pauseMs: HOUR })).toBe(HOUR);
		await clock.until(15_000);
		ask('c', one);
		expect(await names()).toBe('a');
		expect(others).toEqual([
			['b', { heldBackMs: HOUR }],
			['c', { heldBackMs: HOUR - 10_000 }],
		]);
	});

	test('that makes more than two minutes with those before it sends all away that wait', async () => {
		const { clock, ask, end, paused, names, others } = account();
		const { run } = await paused(100_000);
		ask('b c', run);
		await clock.until(100_000);
		expect(await names()).toBe('paused b');
		expect(await end('b', { pauseMs: 90_000 })).toBe(90_000);
		expect(others).toEqual([['c', { heldBackMs: 90_000 }]]);
	});

	test('of an hour sends those away that waited for the probe, where that gets no answer', async () => {
		const { clock, ask, end, paused, names, others } = account();
		const { run } = await paused(HOUR);
		await clock.until(600_000);
		ask('probe waits', run);
		expect(await end('probe', 'unanswered')).toBeUndefined();
		expect(await names()).toBe('paused probe');
		expect(others).toEqual([['waits', { heldBackMs: HOUR - 600_000 }]]);
	});
});

describe('The sleep of those that wait', () => {
	test('is one for all, however many come, and ends with the last of them', async () => {
		const { clock, joined, ask, paused } = account();
		const { run } = await paused(1000);
		run.leave();
		const sleep = jest.spyOn(clock, 'sleep');
		const ended = new AbortController();
		const stopped = joined({}, ended.signal);
		ask(many(100), stopped);
		await clock.until(999);
		expect(sleep).toHaveBeenCalledTimes(1);
		ended.abort();
		await settled();
		stopped.leave();
		await clock.until(1001);
		expect(clock.sleeping).toBe(0);
	});

	test('is none where only the end of another one lets them start', async () => {
		const { clock, joined, ask } = account();
		ask('a b', joined({ concurrency: 1 }));
		await settled();
		expect(clock.sleeping).toBe(0);
	});
});
