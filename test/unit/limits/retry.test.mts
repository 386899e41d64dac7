import { failure, type Reason } from '../../../nodes/Wawp/failure';
import { backOffMs, MAX_WAIT_MS, retryDelayMs } from '../../../nodes/Wawp/limits/retry';

const ALMOST_1 = 1 - Number.EPSILON;

describe('A failed look-up', () => {
	test.each<Reason>(['rate-limited', 'temporarily-unavailable', 'timeout', 'network'])(
		'is asked for again after %s',
		(reason) => {
			expect(retryDelayMs(failure(reason), 1, 3, 0.5)).toBe(500);
		},
	);

	test.each<Reason>([
		'invalid-contact-id',
		'bad-request',
		'credential-invalid',
		'session-disconnected',
		'unexpected-response',
	])('is not asked for again after %s', (reason) => {
		expect(retryDelayMs(failure(reason), 1, 10, 0.5)).toBeUndefined();
	});

	test('is not asked for again where that very failure cannot pass', () => {
		expect(retryDelayMs(failure('network', { retryable: false }), 1, 3, 0.5)).toBeUndefined();
	});

	test('is not asked for again because the gateway named a wait', () => {
		expect(retryDelayMs(failure('bad-request', { retryAfterMs: 1000 }), 1, 3, 0.5)).toBeUndefined();
	});

	test.each([1, 2, 3, 10])('is asked for again %d times at most', (maxRetries) => {
		expect(retryDelayMs(failure('timeout'), maxRetries, maxRetries, 0.5)).toBeGreaterThan(0);
		expect(retryDelayMs(failure('timeout'), maxRetries + 1, maxRetries, 0.5)).toBeUndefined();
	});

	test('is never asked for again without retries', () => {
		expect(retryDelayMs(failure('timeout'), 1, 0, 0.5)).toBeUndefined();
		expect(retryDelayMs(failure('rate-limited', { retryAfterMs: 0 }), 1, 0, 0.5)).toBeUndefined();
	});
});

describe('A wait that the gateway asked for', () => {
	test.each([1, 7_000, MAX_WAIT_MS])('counts as it stands, whatever chance says: %d ms', (retryAfterMs) => {
		for (const reason of ['rate-limited', 'temporarily-unavailable'] as const) {
			for (const random of [0, 0.5, ALMOST_1]) {
				for (const attempts of [1, 3]) {
					expect(retryDelayMs(failure(reason, { retryAfterMs }), attempts, 3, random)).toBe(retryAfterMs);
				}
			}
		}
	});

	test('of nothing is no such wish: the look-up backs off', () => {
		const limit = failure('rate-limited', { retryAfterMs: 0 });
		expect(retryDelayMs(limit, 2, 3, 0.5)).toBe(backOffMs(2, 0.5));
	});

	test('is waited for up to two minutes', () => {
		expect(MAX_WAIT_MS).toBe(120_000);
	});

	test.each([MAX_WAIT_MS + 1, 3_600_000, Number.MAX_SAFE_INTEGER])(
		'is not waited for where it is longer: %d ms',
		(retryAfterMs) => {
			expect(retryDelayMs(failure('rate-limited', { retryAfterMs }), 1, 3, 0)).toBeUndefined();
			expect(retryDelayMs(failure('temporarily-unavailable', { retryAfterMs }), 1, 3, 0)).toBeUndefined();
		},
	);

	test('does not add attempts', () => {
		expect(retryDelayMs(failure('rate-limited', { retryAfterMs: 1000 }), 4, 3, 0)).toBeUndefined();
	});
});

describe('The back-off', () => {
	const BOUNDS: Array<[attempts: number, bound: number]> = [
		[1, 1_000],
		[2, 2_000],
		[3, 4_000],
		[4, 8_000],
		[5, 16_000],
		[6, 30_000],
		[7, 30_000],
		[11, 30_000],
		[5_000, 30_000],
	];

	test.each(BOUNDS)('after attempt %d is anything from nothing to %d ms, as chance says', (attempts, bound) => {
		expect(backOffMs(attempts, 0)).toBe(0);
		expect(backOffMs(attempts, 0.25)).toBe(bound / 4);
		expect(backOffMs(attempts, ALMOST_1)).toBeGreaterThan(bound * 0.999);
		expect(backOffMs(attempts, ALMOST_1)).toBeLessThan(bound);
	});

	test.each(BOUNDS)('is the wait after attempt %d where the gateway named none', (attempts, bound) => {
		expect(retryDelayMs(failure('rate-limited'), attempts, 5_000, 0.25)).toBe(bound / 4);
	});
});
