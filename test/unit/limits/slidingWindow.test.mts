import { SlidingWindow } from '../../../nodes/Wawp/limits/slidingWindow';

/** So many requests have started and ended. */
function ended(...moments: number[]): SlidingWindow {
	const window = new SlidingWindow();
	for (const moment of moments) {
		window.start();
		window.end(moment);
	}
	return window;
}

describe('A sliding window', () => {
	test('is free while it counts fewer than the limit', () => {
		expect(ended(0, 0).freeAt(3, 5)).toBe(5);
	});

	test('counts a request until a minute after its end, since it may have arrived that late', () => {
		const window = ended(100, 200);
		expect([window.freeAt(2, 300), window.freeAt(2, 60_099), window.freeAt(2, 60_100)]).toEqual([
			60_100, 60_100, 60_100,
		]);
		expect(window.freeAt(1, 60_100)).toBe(60_200);
	});

	test('is free at once when a minute has passed', () => {
		expect(ended(100, 200).freeAt(1, 70_000)).toBe(70_000);
	});

	test('counts one that is open for as long as that lasts', () => {
		const window = ended(0);
		window.start();
		expect([window.freeAt(2, 1), window.freeAt(1, 70_000)]).toEqual([60_000, Infinity]);
		window.end(70_000);
		expect(window.freeAt(1, 70_000)).toBe(130_000);
	});
});
