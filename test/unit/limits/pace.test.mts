import { Pace } from '../../../nodes/Wawp/limits/pace';
import { mostWithin } from '../../mostWithin.mts';

const MINUTE = 60_000;

/** Starts a request that is asked for at `now` as soon as it may, and ends it `takes` later. */
function send(pace: Pace, perMinute: number, now: number, takes = 0): number {
	const at = Math.max(now, pace.freeAt(perMinute, now));
	pace.start(perMinute, at, now)(at + takes);
	return at;
}

/** When as many start as were asked for at 0, one after the other, where each timer is late by as much as `lateness` says. */
function starts(count: number, perMinute: number, lateness: (index: number) => number = () => 0): number[] {
	const pace = new Pace();
	let now = 0;
	return Array.from({ length: count }, (_, index) => {
		const due = pace.freeAt(perMinute, now);
		if (due > now) now = due + lateness(index);
		pace.start(perMinute, now, 0)(now);
		return now;
	});
}

describe('A pace', () => {
	test.each([
		[1, [0, 60_000, 120_000]],
		[8, [0, 7500, 15_000, 22_500]],
		[15, [0, 0, 8000, 12_000, 16_000]],
	])('of %d a minute spaces starts evenly after the burst', (perMinute, at) => {
		expect(starts(at.length, perMinute).map((moment) => Math.round(moment))).toStrictEqual(at);
	});

	test.each([
		[1, 1],
		[5, 1],
		[6, 1],
		[30, 5],
		[60, 10],
		[6000, 10],
		[60_000, 10],
	])('of %d a minute lets %d start at once where nothing started before', (perMinute, burst) => {
		expect(starts(burst + 1, perMinute).filter((moment) => moment === 0)).toHaveLength(burst);
	});

	test('lets nobody wait more than ten seconds after a burst', () => {
		for (const perMinute of [6, 7, 30, 59, 60, 61, 600]) {
			const moments = starts(30, perMinute);
			const waits = moments.slice(1).map((moment, index) => moment - (moments[index] as number));
			expect(Math.max(...waits)).toBeLessThanOrEqual(Math.max(10_000, MINUTE / perMinute));
		}
	});

	test.each([
		[59_999, 1],
		[60_000, 10],
	])('lets a burst start again only after a whole minute without a request: %d ms, %d at once', (later, atOnce) => {
		const pace = new Pace();
		for (let index = 0; index < 10; index += 1) send(pace, 60, 0);
		const again = Array.from({ length: 12 }, () => send(pace, 60, later));
		expect(again.filter((at) => at === later)).toHaveLength(atOnce);
	});

	test.each([60, 600, 6000, 9000, 60_000])(
		'of %d a minute keeps what it promises, to 0.1 %%, where each timer is late by a millisecond or two',
		(perMinute) => {
			const count = Math.min(3 * perMinute, 30_000);
			const moments = starts(count, perMinute, (index) => 1 + (index % 2));
			expect((moments.at(-1) as number) / ((count / perMinute) * MINUTE)).toBeLessThan(1.001);
		},
	);

	test('does not make up for a time in which nobody asked', () => {
		const pace = new Pace();
		for (let now = 0; now < 100; now += 10) send(pace, 6000, now);
		send(pace, 6000, 30_000);
		expect(pace.freeAt(6000, 30_000)).toBeCloseTo(30_010, 6);
	});

	test('of none lets everything start at once, whatever counted before, and is not remembered', () => {
		expect(new Set(starts(1000, Infinity))).toStrictEqual(new Set([0]));
		const pace = new Pace();
		send(pace, Infinity, 0);
		expect(pace.rememberedUntil).toBe(-Infinity);
		for (let index = 0; index < 10; index += 1) send(pace, 60, 0);
		expect(pace.freeAt(60, 0)).toBeGreaterThan(0);
		expect(pace.freeAt(Infinity, 0)).toBe(0);
	});

	test('is remembered for a minute after the last request has ended', () => {
		const pace = new Pace();
		send(pace, 60, 0, 3000);
		expect(pace.rememberedUntil).toBe(63_000);
	});
});

describe('A minute', () => {
	test('counts a request until a minute after its end, since it may have arrived that late', () => {
		const pace = new Pace();
		for (let index = 0; index < 60; index += 1) send(pace, 60, 0, index < 10 ? 2000 : 50);
		expect(pace.freeAt(60, 55_000)).toBe(62_000);
		expect(send(pace, 60, 55_000)).toBe(62_000);
	});

	test('counts one that is open for as long as that lasts', () => {
		const pace = new Pace();
		const end = pace.start(1, 0, 0);
		expect(pace.freeAt(1, 70_000)).toBe(Infinity);
		end(70_000);
		expect([pace.freeAt(1, 70_000), pace.freeAt(1, 130_000)]).toStrictEqual([130_000, 130_000]);
	});
});

describe('Where the pace changes', () => {
	const inTurns = (count: number, ...paces: number[]) => {
		const pace = new Pace();
		let now = 0;
		return Array.from({ length: count }, (_, index) => (now = send(pace, paces[index % paces.length] as number, now)));
	};

	test.each([
		[[60, 61], 61],
		[[61, 60], 61],
		[[60, 60, 60, 61], 61],
		[[7, 11, 9], 11],
		[[60, 61, 62, 61], 62],
	])('%j in turns give no minute more than the fastest of them: %d', (paces, most) => {
		expect(mostWithin(inTurns(400, ...paces), MINUTE)).toBe(most);
	});

	test.each([
		[60, 600],
		[6, 60_000],
	])('a slower one in turns with a faster one has no more in a minute than it says: %d and %d', (slow, fast) => {
		const moments = inTurns(10 * slow, slow, fast);
		expect(
			mostWithin(
				moments.filter((_, index) => index % 2 === 0),
				MINUTE,
			),
		).toBeLessThanOrEqual(slow);
	});

	test('a single lead does not wait because of what a list was allowed', () => {
		const pace = new Pace();
		for (let index = 0; index < 300; index += 1) send(pace, 600, 0);
		const now = 35_000;
		expect(pace.freeAt(600, now)).toBeLessThanOrEqual(now);
		expect(send(pace, 60, now)).toBe(now);
		// From here on it is evenly spaced by the slower one.
		const next = send(pace, 60, now);
		expect(next).toBeGreaterThanOrEqual(now + 800);
		expect(next).toBeLessThanOrEqual(now + 1000);
	});

	test('what was sent at a slower one counts for a faster one', () => {
		const pace = new Pace();
		for (let index = 0; index < 70; index += 1) send(pace, 60, 0);
		// 60 of them within the last minute: no more at 60, and some at 70.
		expect(pace.freeAt(60, 69_500)).toBeGreaterThan(69_500);
		const more = Array.from({ length: 12 }, () => send(pace, 70, 69_500));
		expect(more.filter((at) => at < 70_000).length).toBeLessThanOrEqual(10);
	});

	test('a slower one that has ended holds nobody up', () => {
		const pace = new Pace();
		for (let now = 0; now < 2000; now += 100) send(pace, 600, now);
		send(pace, 1, 2000);
		expect([pace.freeAt(1, 2000), pace.freeAt(600, 2000)]).toStrictEqual([62_000, 2100]);
	});
});
