import { retryAfterMs } from '../../../nodes/Wawp/limits/retryAfter';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('Retry-After', () => {
	test.each([
		['0', 0],
		['7', 7_000],
		[' 120 ', 120_000],
		['86400', 86_400_000],
		['2678400', 2_678_400_000],
		['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
		['Sun, 22 Nov 2026 11:59:00 GMT', 0],
	])('"%s" means a wait of %d ms', (header, wait) => {
		expect(retryAfterMs({ 'retry-after': header }, NOW)).toBe(wait);
	});

	test.each([
		undefined,
		null,
		7,
		['7'],
		'',
		'-1',
		'2.5',
		'1e3',
		'7s',
		'soon',
		'2026-11-22T12:00:30Z',
		'2678401',
		'1000000000000',
		'9'.repeat(400),
		'Fri, 31 Dec 9999 23:59:59 GMT',
		'Xyz, 99 Abc 2026 12:00:30 GMT',
		'on Sun, 22 Nov 2026 12:00:30 GMT',
		'Sun, 22 Nov 2026 12:00:30 GMT+0100',
	])('%p is no Retry-After', (header) => {
		expect(retryAfterMs({ 'retry-after': header }, NOW)).toBeUndefined();
	});

	test.each([
		['Sun, 22 Nov 2026 12:03:05 GMT', 'Sun, 22 Nov 2026 12:03:00 GMT', 5_000],
		['Sun, 22 Nov 2026 12:03:05 GMT', ' Sun, 22 Nov 2026 12:03:00 GMT ', 5_000],
		['Sun, 22 Nov 2026 12:03:05 GMT', 'yesterday', 185_000],
		['Sun, 22 Nov 2026 12:03:05 GMT', '7', 185_000],
		['Sun, 22 Nov 2026 12:03:05 GMT', 'Xyz, 99 Abc 2026 12:03:00 GMT', 185_000],
		['Sun, 22 Nov 2026 12:03:05 GMT', undefined, 185_000],
		['7', 'Sun, 22 Nov 2026 12:03:00 GMT', 7_000],
	])("of %s is measured by the answer's own Date, where that is one: %s", (header, date, wait) => {
		expect(retryAfterMs({ 'retry-after': header, date }, NOW)).toBe(wait);
	});
});
