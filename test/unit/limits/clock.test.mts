import { duration } from '../../../nodes/Wawp/limits/clock';

test.each([
	[1, 'less than a second'],
	[499, 'less than a second'],
	[500, '1 s'],
	[61_400, '61 s'],
	[121_000, '121 s'],
	[299_499, '299 s'],
	[299_999, '300 s'],
	[300_000, '5 minutes'],
	[329_000, '5 minutes'],
	[9_100_000, '152 minutes'],
	[17_999_999, '300 minutes'],
	[18_000_000, '5 hours'],
	[180_000_000, '50 hours'],
	[432_000_000, '5 days'],
])('%d ms are "%s", in words', (ms, words) => {
	expect(duration(ms, Math.round)).toBe(words);
});
