import { duration } from '../../../nodes/Wawp/limits/duration';

describe('A length of time in words', () => {
	test.each([
		[1, 'less than a second'],
		[499, 'less than a second'],
		[500, '1 s'],
		[119_499, '119 s'],
		[120_000, '2 minutes'],
	])('is never a count of nothing: %d ms, rounded, are "%s"', (ms, words) => {
		expect(duration(ms, Math.round)).toBe(words);
	});
});
