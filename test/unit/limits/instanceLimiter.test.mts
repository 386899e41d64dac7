import { InstanceLimiter, type OpenRequest, type Turn, type Wanted } from '../../../nodes/Wawp/limits/instanceLimiter';
import type { RunSettings } from '../../../nodes/Wawp/limits/lowestLimits';
import { settled, VirtualClock } from '../virtualClock.mts';

const CACHED: Wanted = { isLive: false, wasSentBack: false };
const LIVE: Wanted = { isLive: true, wasSentBack: false };

/** An instance, and a record of who started when. */
function instance() {
	const clock = new VirtualClock();
	const limiter = new InstanceLimiter(clock);
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
	const joined = (settings: Partial<RunSettings> = {}) => {
		const run: RunSettings = { concurrency: 5, requestsPerMinute: 'advised', ...settings };
		limiter.join(run);
		return run;
	};
	const ask = (name: string, run: RunSettings, wanted: Wanted = CACHED) => {
		const turn = limiter.acquire(run, wanted);
		if (turn instanceof Promise) void turn.then((given) => take(name, given));
		else take(name, turn);
	};
	return {
		clock,
		limiter,
		started,
		others,
		joined,
		ask,
		names: () => started.map(([name]) => name),
		end: async (name: string, ending: Parameters<OpenRequest['end']>[0] = 'answered') => {
			const left = open.get(name)?.end(ending);
			await settled();
			return left;
		},
	};
}

describe('A request', () => {
	test.each([
		['one for what Wawp has stored', CACHED],
		['a live one', LIVE],
	])('starts at once, in the same turn of the event loop, where nothing is under way: %s', (_what, wanted) => {
		const { limiter, joined } = instance();
		expect(limiter.acquire(joined(), wanted)).toHaveProperty('end');
	});

	test('waits for one to end where as many are open as may be, whichever run they belong to', async () => {
		const { joined, ask, end, names } = instance();
		const [one, other] = [joined({ concurrency: 2 }), joined({ concurrency: 2 })];
		ask('a', one);
		ask('b', other);
		ask('c', one);
		await settled();
		expect(names()).toEqual(['a', 'b']);
		await end('b');
		expect(names()).toEqual(['a', 'b', 'c']);
	});

	test('is bound by the lowest setting of the runs that are under way, and no longer than they are', async () => {
		const { limiter, joined, ask, end, names } = instance();
		const [many, single] = [joined({ concurrency: 3 }), joined({ concurrency: 1 })];
		for (const name of ['a', 'b', 'c', 'd']) ask(name, many);
		await settled();
		expect(names()).toEqual(['a']);
		limiter.leave(single);
		await settled();
		expect(names()).toEqual(['a', 'b', 'c']);
		await end('a');
		expect(names()).toEqual(['a', 'b', 'c', 'd']);
	});

	test('of a single lead starts after at most one more of a list that fills every place', async () => {
		const { joined, ask, end, names } = instance();
		const [list, lead] = [joined(), joined()];
		for (let index = 0; index < 20; index += 1) ask(`list ${index}`, list);
		ask('lead', lead);
		await end('list 0');
		await end('list 1');
		expect(names().slice(5)).toEqual(['list 5', 'lead']);
	});

	test('that the gateway sent back goes before all others', async () => {
		const { joined, ask, end, names } = instance();
		const [list, other] = [joined({ concurrency: 1 }), joined({ concurrency: 1 })];
		ask('a', list);
		ask('b', list);
		ask('c', other);
		ask('sent back', other, { isLive: false, wasSentBack: true });
		for (const name of ['a', 'sent back', 'b']) await end(name);
		expect(names()).toEqual(['a', 'sent back', 'b', 'c']);
	});

	test('of a run that has ended leaves the queue, and its place goes to the next', async () => {
		const { limiter, joined, ask, end, names, others } = instance();
		const [stopped, other] = [joined({ concurrency: 1 }), joined({ concurrency: 1 })];
		ask('a', stopped);
		ask('b', stopped);
		ask('c', other);
		limiter.sendAway(stopped);
		await end('a', 'aborted');
		expect(names()).toEqual(['a', 'c']);
		expect(others).toEqual([['b', 'run ended']]);
	});
});

describe('The pace', () => {
	const startsOf = async (minutes: number, settings: Partial<RunSettings>, wanted: Wanted) => {
		const { clock, joined, ask, started } = instance();
		const run = joined({ concurrency: 1000, ...settings });
		for (let index = 0; index < 400; index += 1) ask(String(index), run, wanted);
		await clock.until(minutes * 60_000 - 1);
		return started.length;
	};

	test.each([
		['no more in a minute than the setting says', { requestsPerMinute: 60 }, CACHED, 60],
		['live look-ups as Wawp advises where nothing is set', { requestsPerMinute: 'advised' as const }, LIVE, 60],
		['others as they come where nothing is set', { requestsPerMinute: 'advised' as const }, CACHED, 400],
		['all as they come where it is 0', { requestsPerMinute: 0 }, LIVE, 400],
		['live look-ups by the setting where there is one', { requestsPerMinute: 300 }, LIVE, 300],
	])('lets start %s', async (_what, settings, wanted, most) => {
		const count = await startsOf(1, settings, wanted);
		expect(count).toBeLessThanOrEqual(most);
		// So many requests take a little more than a minute.
		expect(count).toBeGreaterThanOrEqual(0.99 * most);
	});

	test('starts ten at once, and one a second from then on', async () => {
		const { clock, joined, ask, started } = instance();
		const run = joined({ concurrency: 1000 });
		for (let index = 0; index < 13; index += 1) ask(String(index), run, LIVE);
		await clock.until(20_000);
		// A little more than a second, so that no minute holds one too many.
		expect(started.slice(9).map(([, at]) => Math.round(at / 100) * 100)).toEqual([0, 10_000, 11_000, 12_000]);
	});

	test('lets what is not live pass those that wait for theirs', async () => {
		const { clock, joined, ask, names } = instance();
		const run = joined({ concurrency: 1000 });
		for (let index = 0; index < 12; index += 1) ask(`live ${index}`, run, LIVE);
		ask('stored', run);
		await clock.until(0);
		expect(names().at(-1)).toBe('stored');
		expect(names()).toHaveLength(11);
	});

	test('is kept from run to run: a loop of one lead per round goes as slowly as a list', async () => {
		const { clock, limiter, joined, ask, end, started } = instance();
		for (let round = 0; round < 12; round += 1) {
			const run = joined({ requestsPerMinute: 60 });
			ask(String(round), run);
			while (started.length <= round) await clock.until(clock.now() + 100);
			await end(String(round));
			limiter.leave(run);
		}
		expect(started.at(-1)?.[1]).toBeGreaterThan(10_000);
	});

	test('is quicker for those that wait once a run that was set to a slower one has left', async () => {
		const { clock, limiter, joined, ask, started } = instance();
		const [slow, run] = [joined({ requestsPerMinute: 6 }), joined({ requestsPerMinute: 10 })];
		ask('a', run);
		ask('b', run);
		limiter.leave(slow);
		await clock.until(20_000);
		expect(started).toEqual([
			['a', 0],
			['b', 6000],
		]);
	});

	test('is told from a pause in what is counted as waited', async () => {
		const { clock, limiter, joined, ask } = instance();
		const run = joined({ concurrency: 1000 });
		for (let index = 0; index < 11; index += 1) ask(String(index), run, LIVE);
		await clock.until(60_000);
		expect(limiter.livePacedTime.total(clock.now())).toBeGreaterThan(9000);
		expect(limiter.pausedTime.total(clock.now())).toBe(0);
	});
});

describe('A pause', () => {
	test('lets nothing of the instance start, whichever run it belongs to, and then one first', async () => {
		const { clock, joined, ask, end, started, names } = instance();
		const [one, other] = [joined(), joined()];
		ask('a', one);
		await end('a', { pauseMs: 1000 });
		for (let index = 0; index < 20; index += 1) ask(String(index), index % 2 === 0 ? one : other);
		await clock.until(999);
		expect(names()).toEqual(['a']);
		await clock.until(1500);
		expect(started).toEqual([
			['a', 0],
			['0', 1000],
		]);
		await end('0');
		expect(names()).toHaveLength(7);
	});

	test('of more than two minutes sends all away that wait, and whoever comes during it', async () => {
		const { joined, ask, end, others, names } = instance();
		const [one, other] = [joined({ concurrency: 1 }), joined({ concurrency: 1 })];
		ask('a', one);
		ask('b', other);
		expect(await end('a', { pauseMs: 3_600_000 })).toBe(3_600_000);
		ask('c', one);
		expect(names()).toEqual(['a']);
		expect(others).toEqual([
			['b', { heldBackMs: 3_600_000 }],
			['c', { heldBackMs: 3_600_000 }],
		]);
	});

	test('of more than two minutes is told by what is left of it', async () => {
		const { clock, joined, ask, end, others } = instance();
		const run = joined();
		await clock.until(5000);
		ask('a', run);
		expect(await end('a', { pauseMs: 3_600_000 })).toBe(3_600_000);
		await clock.until(15_000);
		ask('b', run);
		expect(others).toEqual([['b', { heldBackMs: 3_590_000 }]]);
	});

	test('that makes more than two minutes with those before it sends all away that wait', async () => {
		const { clock, joined, ask, end, names, others } = instance();
		const run = joined();
		ask('a', run);
		await end('a', { pauseMs: 100_000 });
		ask('b', run);
		ask('c', run);
		await clock.until(100_000);
		expect(names()).toEqual(['a', 'b']);
		expect(await end('b', { pauseMs: 90_000 })).toBe(90_000);
		expect(others).toEqual([['c', { heldBackMs: 90_000 }]]);
	});

	test('sends those away that waited for the one which asks after it, where that gets no answer', async () => {
		const { clock, joined, ask, end, names, others } = instance();
		const run = joined();
		ask('a', run);
		await end('a', { pauseMs: 3_600_000 });
		await clock.until(600_000);
		ask('asks after it', run);
		ask('waits', run);
		expect(await end('asks after it', 'unanswered')).toBeUndefined();
		expect(names()).toEqual(['a', 'asks after it']);
		expect(others).toEqual([['waits', { heldBackMs: 3_000_000 }]]);
	});

	test('that is over leaves nothing behind: requests start as before', async () => {
		const { clock, limiter, joined, ask, end, names } = instance();
		const run = joined();
		ask('a', run);
		expect(await end('a', { pauseMs: 1000 })).toBeUndefined();
		await clock.until(1000);
		ask('b', run);
		await end('b');
		for (const name of ['c', 'd', 'e', 'f', 'g']) ask(name, run);
		expect(names()).toHaveLength(7);
		expect(limiter.pausedTime.total(clock.now())).toBe(1000);
	});
});

describe('The sleep of those that wait', () => {
	test('is one for all, however many come', async () => {
		const { clock, joined, ask, end } = instance();
		const sleep = jest.spyOn(clock, 'sleep');
		const run = joined();
		ask('a', run);
		await end('a', { pauseMs: 1000 });
		for (let index = 0; index < 100; index += 1) ask(String(index), run);
		await clock.until(999);
		expect(sleep).toHaveBeenCalledTimes(1);
	});

	test('is none where only the end of another one lets them start', async () => {
		const { clock, joined, ask } = instance();
		const run = joined({ concurrency: 1 });
		ask('a', run);
		ask('b', run);
		await settled();
		expect(clock.sleeping).toBe(0);
	});

	test('is put in the place of the one before where they may start earlier', async () => {
		const { clock, limiter, joined, ask } = instance();
		const [slow, run] = [joined({ requestsPerMinute: 6 }), joined({ requestsPerMinute: 10 })];
		ask('a', run);
		ask('b', run);
		limiter.leave(slow);
		await settled();
		expect(clock.sleeping).toBe(1);
	});

	test('ends with the last of them', async () => {
		const { clock, limiter, joined, ask, end } = instance();
		const run = joined();
		ask('a', run);
		await end('a', { pauseMs: 1000 });
		ask('b', run);
		await settled();
		expect(clock.sleeping).toBe(1);
		limiter.sendAway(run);
		await settled();
		expect(clock.sleeping).toBe(0);
	});
});
