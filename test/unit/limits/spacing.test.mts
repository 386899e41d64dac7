import { afterStart, nextStart, RESTED, type Spacing } from '../../../nodes/Wawp/limits/spacing';

/** When so many requests start that are all wanted at 0, where each timer is late by as much as `lateness` says. */
function starts(count: number, perMinute: number, lateness: (index: number) => number = () => 0): number[] {
	let spacing: Spacing = RESTED;
	let now = 0;
	return Array.from({ length: count }, (_, index) => {
		const due = nextStart(spacing, perMinute, now);
		if (due > now) now = due + lateness(index);
		spacing = afterStart(spacing, perMinute, now, 0);
		return now;
	});
}

describe('The spacing', () => {
	test.each([
		[1, [0, 60_000, 120_000]],
		[8, [0, 7500, 15_000, 22_500]],
		[15, [0, 0, 8000, 12_000, 16_000]],
	])('of %d a minute spaces starts evenly after the burst', (n, at) => {
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

	test('lets nobody wait more than ten seconds after a burst', () => {
		for (const perMinute of [6, 7, 30, 59, 60, 61, 600]) {
			const moments = starts(30, perMinute);
			const waits = moments.slice(1).map((moment, index) => moment - (moments[index] as number));
			expect(Math.max(...waits)).toBeLessThanOrEqual(Math.max(10_000, 60_000 / perMinute));
		}
	});

	test('lets a burst start again only after a whole minute without a request', () => {
		let spacing = RESTED;
		for (let index = 0; index < 10; index += 1) spacing = afterStart(spacing, 60, 0, 0);
		for (const [now, isRested] of [
			[59_999, false],
			[60_000, true],
		] as const) {
			const first = afterStart(spacing, 60, now, now);
			expect(nextStart(first, 60, now) <= now).toBe(isRested);
		}
	});

	test('of none lets everything start at once', () => {
		expect(new Set(starts(1000, Infinity))).toStrictEqual(new Set([0]));
	});

	test.each([60, 600, 6000, 9000, 60_000])(
		'of %d a minute keeps what it promises, to 0.1 %%, where each timer is late by a millisecond or two',
		(perMinute) => {
			const moments = starts(3 * perMinute, perMinute, (index) => 1 + (index % 2));
			expect((moments.at(-1) as number) / 180_000).toBeLessThan(1.001);
		},
	);

	test('does not make up for a time in which nobody asked', () => {
		let spacing = RESTED;
		for (let now = 0; now < 100; now += 10) spacing = afterStart(spacing, 6000, now, now);
		spacing = afterStart(spacing, 6000, 30_000, 30_000);
		expect(nextStart(spacing, 6000, 30_000)).toBeCloseTo(30_000 + 10, 6);
	});

	test('goes by the pace that counts now: a slower one that has ended holds nobody up', () => {
		let spacing = RESTED;
		for (let now = 0; now < 2000; now += 100) spacing = afterStart(spacing, 600, now, now);
		spacing = afterStart(spacing, 1, 2000, 2000);
		expect(nextStart(spacing, 1, 2000)).toBe(62_000);
		expect(nextStart(spacing, 600, 2000)).toBe(2100);
	});
});
