import fc from 'fast-check';

import { afterStart, nextStart, type Pace, RESTED, restedAt } from '../../../nodes/Wawp/limits/pace';

/** What adding and subtracting moments may be off, in milliseconds. */
const CLOSE = 1e-6;

/** When so many requests start that are all wanted at 0, where each timer is late by as much as `lateness` says. */
function starts(count: number, perMinute: number, lateness: (index: number) => number = () => 0): number[] {
	let pace: Pace = RESTED;
	let now = 0;
	return Array.from({ length: count }, (_, index) => {
		const due = nextStart(pace, perMinute, now);
		if (due > now) now = due + lateness(index);
		pace = afterStart(pace, perMinute, now, 0);
		return now;
	});
}

/** The most that start in any minute. */
function mostInAMinute(moments: number[]): number {
	let first = 0;
	return moments.reduce((most, moment, last) => {
		while ((moments[first] as number) <= moment - 60_000 + CLOSE) first += 1;
		return Math.max(most, last - first + 1);
	}, 0);
}

describe('A pace', () => {
	test.each([
		[1, [0, 60_000, 120_000]],
		[7, [0, 8600, 17_200, 25_800]],
		[14, [0, 0, 8600, 12_900, 17_200]],
	])('of %d a minute spaces starts evenly after the burst, each a little more than its part of a minute', (n, at) => {
		expect(starts(at.length, n).map((moment) => Math.round(moment))).toStrictEqual(at);
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

	test('lets nobody wait more than ten seconds and a moment after a burst', () => {
		for (const perMinute of [6, 7, 30, 59, 60, 61, 600]) {
			const moments = starts(30, perMinute);
			const waits = moments.slice(1).map((moment, index) => moment - (moments[index] as number));
			expect(Math.max(...waits)).toBeLessThanOrEqual(Math.max(10_100, 60_200 / perMinute));
		}
	});

	test('lets a burst start again only after a whole minute without a request', () => {
		let pace = RESTED;
		for (let index = 0; index < 10; index += 1) pace = afterStart(pace, 60, 0, 0);
		for (const [now, isRested] of [
			[59_999, false],
			[60_000, true],
		] as const) {
			const first = afterStart(pace, 60, now, now);
			expect(nextStart(first, 60, now) <= now).toBe(isRested);
		}
		expect(restedAt(pace)).toBe(60_000);
	});

	test('of none lets everything start at once', () => {
		expect(new Set(starts(1000, Infinity))).toStrictEqual(new Set([0]));
	});

	test.each([60, 600, 6000, 9000, 60_000])(
		'of %d a minute keeps what it promises, to 0.4 %%, where each timer is late by a millisecond or two',
		(perMinute) => {
			const moments = starts(3 * perMinute, perMinute, (index) => 1 + (index % 2));
			expect((moments.at(-1) as number) / 180_000).toBeLessThan(1.004);
		},
	);

	test('does not make up for a time in which nobody asked', () => {
		let pace = RESTED;
		for (let now = 0; now < 100; now += 10) pace = afterStart(pace, 6000, now, now);
		pace = afterStart(pace, 6000, 30_000, 30_000);
		expect(nextStart(pace, 6000, 30_000)).toBeCloseTo(30_000 + 60_200 / 6000, 6);
	});

	test('never lets more start in any minute, however late timers are and whenever requests are wanted', () => {
		const gap = fc.oneof(fc.constant(0), fc.nat(50), fc.nat(5000), fc.nat(90_000));
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 300 }),
				fc.array(fc.record({ gap, late: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(2000)) }), {
					maxLength: 700,
					size: 'max',
				}),
				(perMinute, wanted) => {
					let pace = RESTED;
					let now = 0;
					let wantedAt = 0;
					const moments = wanted.map(({ gap: after, late }) => {
						wantedAt += after;
						now = Math.max(now, wantedAt);
						const due = nextStart(pace, perMinute, now);
						if (due > now) now = due + late;
						pace = afterStart(pace, perMinute, now, wantedAt);
						return now;
					});
					expect(mostInAMinute(moments)).toBeLessThanOrEqual(perMinute);
				},
			),
			{ numRuns: 300 },
		);
	});
});
