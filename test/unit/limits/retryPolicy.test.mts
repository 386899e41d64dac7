import { failure, type Failure } from '../../../nodes/Wawp/failure';
import {
	backOffMs,
	heldBack,
	isPause,
	RETRY,
	retryAfterMs,
	retryDelayMs,
	timeOfAnswer,
	tooLongPause,
	withRequestedPause,
} from '../../../nodes/Wawp/limits/retryPolicy';

const ALMOST_1 = 1 - Number.EPSILON;
const MAX_WAIT_MS = 120_000;
const LIMITS = ['rate-limited', 'temporarily-unavailable'] as const;

describe('A failed request', () => {
	test.each([0, 1, 2, 3, 10])('is sent again %d times at most, with a Retry-After as well', (maxRetries) => {
		for (const why of [failure('timeout'), failure('rate-limited', { retryAfterMs: 1000 })]) {
			if (maxRetries > 0) expect(retryDelayMs(why, maxRetries, maxRetries, 0.5)).toBeGreaterThan(0);
			expect(retryDelayMs(why, maxRetries + 1, maxRetries, 0.5)).toBeUndefined();
		}
	});

	test.each([
		[200, false],
		[400, false],
		[404, false],
		[407, false],
		[408, true],
		[425, false],
		[429, true],
		[499, false],
		[500, true],
		[503, true],
		[529, true],
		[599, true],
	])('of a server that answered %d is one of a moment: %p', (statusCode, isTemporary) => {
		expect(RETRY.isTemporary(statusCode)).toBe(isTemporary);
	});
});

describe('A wait that the gateway asked for', () => {
	test.each([1, 7_000, MAX_WAIT_MS])('counts as it stands, whatever chance says: %d ms', (wait) => {
		for (const reason of LIMITS) {
			for (const random of [0, 0.5, ALMOST_1]) {
				for (const attempts of [1, 3]) {
					expect(retryDelayMs(failure(reason, { retryAfterMs: wait }), attempts, 3, random)).toBe(wait);
				}
			}
		}
	});

	test('of nothing is no such wish: the lookup backs off', () => {
		expect(retryDelayMs(failure('rate-limited', { retryAfterMs: 0 }), 2, 3, 0.5)).toBe(backOffMs(2, 0.5));
	});

	test.each([MAX_WAIT_MS + 1, 3_600_000, Number.MAX_SAFE_INTEGER])('is not waited for: %d ms', (wait) => {
		for (const reason of LIMITS) expect(retryDelayMs(failure(reason, { retryAfterMs: wait }), 1, 3, 0)).toBeUndefined();
	});
});

test.each([
	[1, 1_000],
	[2, 2_000],
	[3, 4_000],
	[4, 8_000],
	[5, 16_000],
	[6, 30_000],
	[7, 30_000],
	[11, 30_000],
	[5_000, 30_000],
])('The back-off after attempt %d is anything from nothing to %d ms, as chance says', (attempts, bound) => {
	expect(backOffMs(attempts, 0)).toBe(0);
	expect(backOffMs(attempts, ALMOST_1)).toBeGreaterThan(bound * 0.999);
	expect(backOffMs(attempts, ALMOST_1)).toBeLessThan(bound);
	expect(retryDelayMs(failure('rate-limited'), attempts, 5_000, 0.25)).toBe(bound / 4);
});

describe('The whole account is held back', () => {
	test.each<[boolean, string, Failure]>([
		[true, 'a refusal for now', failure('rate-limited')],
		[true, 'a refusal that asks for a pause of nothing', failure('rate-limited', { retryAfterMs: 0 })],
		[true, 'a pause under another status', failure('temporarily-unavailable', { retryAfterMs: 1 })],
		[false, 'trouble without a pause', failure('temporarily-unavailable')],
		[false, 'trouble with a pause of nothing', failure('temporarily-unavailable', { retryAfterMs: 0 })],
	])('%p: by %s', (isHeldBack, _what, why) => {
		expect(isPause(why)).toBe(isHeldBack);
	});
});

describe('A failure', () => {
	test.each([
		[1, '1 s'],
		[999, '1 s'],
		[7000, '7 s'],
		[119_001, '120 s'],
		[120_000, '120 s'],
		[150_000, '150 s'],
		[3_600_000, '60 minutes'],
		[7_200_000, '120 minutes'],
		[172_800_000, '48 hours'],
	])('with a pause of %d ms tells it as %s, before the advice', (wait, told) => {
		const { description, ...rest } = failure('rate-limited', { retryAfterMs: wait, statusCode: 429 });
		expect(withRequestedPause({ description, ...rest })).toStrictEqual({
			...rest,
			description: `Wawp asked for a pause of ${told}. ${description}`,
		});
	});

	test.each([
		[MAX_WAIT_MS, 'temporarily-unavailable', failure('temporarily-unavailable').message],
		[MAX_WAIT_MS + 1, 'rate-limited', 'Wawp asked for a longer pause than this node waits for'],
	])('that asks for %d ms is of the reason %s, whatever its status', (wait, reason, message) => {
		const told = withRequestedPause(failure('temporarily-unavailable', { retryAfterMs: wait, statusCode: 503 }));
		expect(told).toMatchObject({ reason, message, retryable: true, statusCode: 503, retryAfterMs: wait });
	});

	test.each([
		['without a pause', failure('timeout')],
		['with a pause of nothing', failure('rate-limited', { retryAfterMs: 0 })],
	])('%s stays as it is', (_what, why) => {
		expect(withRequestedPause(why)).toBe(why);
	});
});

describe('A contact that is not asked for because of a pause', () => {
	const LONG = 'Wawp asked for a longer pause than this node waits for';
	const SUM = 'Wawp keeps asking to wait: more than two minutes in total';

	test.each([
		[120_001, LONG, 'Try again in 121 s. ', 120_001],
		[130_000.2, LONG, 'Try again in 131 s. ', 130_001],
		[120_000, SUM, 'Try again in 120 s. ', 120_000],
		[1, SUM, 'Try again in 1 s. ', 1],
	])('fails by the rate limit, and says why and when to try again: %d ms are left', (leftMs, message, when, wait) => {
		const limit = failure('rate-limited', { message, retryAfterMs: wait });
		expect(heldBack(leftMs)).toStrictEqual({ ...limit, description: `${when}${limit.description}` });
	});

	test('fails as the pause itself did where that is too long', () => {
		const why = failure('temporarily-unavailable', { retryAfterMs: 120_001, statusCode: 503 });
		expect(tooLongPause(why, 120_001)).toStrictEqual(withRequestedPause(why));
	});

	test.each([120_000, undefined])('tells of several in a row where the last one asked for %p ms', (wait) => {
		const why = failure('rate-limited', { statusCode: 429, ...(wait && { retryAfterMs: wait }) });
		expect(tooLongPause(why, 70_000)).toStrictEqual(heldBack(70_000));
	});
});

describe('Retry-After', () => {
	const NOW = Date.parse('2026-11-22T12:00:00Z');

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
		...[undefined, null, 7, ['7'], '', '-1', '2.5', '1e3', '7s', 'soon', '2026-11-22T12:00:30Z'],
		...['2678401', '1000000000000', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'],
		...['Xyz, 99 Abc 2026 12:00:30 GMT', 'on Sun, 22 Nov 2026 12:00:30 GMT', 'Sun, 22 Nov 2026 12:00:30 GMT+0100'],
	])('%p is no Retry-After', (header) => {
		expect(retryAfterMs({ 'retry-after': header }, NOW)).toBeUndefined();
	});

	const IN_3_MINUTES = Date.parse('2026-11-22T12:03:00Z');

	test.each([
		['Sun, 22 Nov 2026 12:03:00 GMT', IN_3_MINUTES],
		[' Sun, 22 Nov 2026 12:03:00 GMT ', IN_3_MINUTES],
		['yesterday', NOW],
		['7', NOW],
		['Xyz, 99 Abc 2026 12:03:00 GMT', NOW],
		[undefined, NOW],
	])("is measured by the answer's own Date, where that is one: %s", (date, time) => {
		expect(timeOfAnswer({ date }, NOW)).toBe(time);
		const header = 'Sun, 22 Nov 2026 12:03:05 GMT';
		expect(retryAfterMs({ 'retry-after': header, date }, NOW)).toBe(IN_3_MINUTES + 5000 - time);
		expect(retryAfterMs({ 'retry-after': '7', date }, NOW)).toBe(7000);
	});
});
