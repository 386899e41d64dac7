import { retryAfterMs } from '../../nodes/Wawp/gateway/retryAfter';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('Retry-After', () => {
	test.each([
		['0', 0],
		['7', 7_000],
		[' 120 ', 120_000],
		['99999999999', 99_999_999_999_000],
		['1000000000000', 1e15],
		['9007199254740', 9_007_199_254_740_000],
		['9007199254741', Number.MAX_SAFE_INTEGER],
		['9'.repeat(30), Number.MAX_SAFE_INTEGER],
		['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
		['Sun, 22 Nov 2026 11:59:00 GMT', 0],
	])('"%s" means a wait of %d ms', (header, wait) => {
		expect(retryAfterMs(header, NOW)).toBe(wait);
	});

	test('of more seconds than a number holds is as long as can be', () => {
		expect(retryAfterMs('9'.repeat(400), NOW)).toBe(Number.MAX_SAFE_INTEGER);
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
		'Xyz, 99 Abc 2026 12:00:30 GMT',
	])('%p is no Retry-After', (header) => {
		expect(retryAfterMs(header, NOW)).toBeUndefined();
	});
});
