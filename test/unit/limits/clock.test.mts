import { duration } from '../../../nodes/Wawp/limits/clock';

test.each([
	[1, 'less than a second'],
	[499, 'less than a second'],
	[500, '1 s'],
	[61_400, '61 s'],
	[119_499, '119 s'],
	[119_999, '120 s'],
	[120_000, '2 minutes'],
	[149_000, '2 minutes'],
	[5_400_000, '90 minutes'],
	[9_100_000, '3 hours'],
	[172_800_000, '2 days'],
])('%d ms are "%s", in words', (ms, words) => {
	expect(duration(ms, Math.round)).toBe(words);
});
