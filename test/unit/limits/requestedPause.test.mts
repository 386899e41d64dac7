import { failure } from '../../../nodes/Wawp/failure';
import { withRequestedPause } from '../../../nodes/Wawp/limits/requestedPause';

describe('A failure', () => {
	test.each([
		[1, '1 s'],
		[999, '1 s'],
		[7000, '7 s'],
		[119_001, '120 s'],
		[120_000, '2 minutes'],
		[150_000, '3 minutes'],
		[3_600_000, '60 minutes'],
		[7_200_000, '2 hours'],
		[172_800_000, '2 days'],
	])('with a pause of %d ms tells it as %s, in front of the advice', (retryAfterMs, told) => {
		const { description, ...rest } = failure('rate-limited', { retryAfterMs, statusCode: 429 });
		expect(withRequestedPause({ description, ...rest })).toStrictEqual({
			...rest,
			description: `Wawp asked for a pause of ${told}. ${description}`,
		});
	});

	test('that asks for more than two minutes is a rate limit, whatever its status', () => {
		const limit = withRequestedPause(failure('temporarily-unavailable', { retryAfterMs: 120_001, statusCode: 503 }));
		expect(limit).toMatchObject({
			...failure('rate-limited'),
			message: 'Wawp asked for a longer pause than this node waits for',
			description: limit.description,
			statusCode: 503,
		});
		expect(limit.retryAfterMs).toBe(120_001);
	});

	test('that asks for two minutes at most keeps its reason', () => {
		const busy = failure('temporarily-unavailable', { retryAfterMs: 120_000, statusCode: 503 });
		expect(withRequestedPause(busy).reason).toBe('temporarily-unavailable');
	});

	test.each([
		['without a pause', failure('timeout')],
		['with a pause of nothing', failure('rate-limited', { retryAfterMs: 0 })],
		['that is not for asking again', failure('bad-request', { retryAfterMs: 5000 })],
	])('%s stays as it is', (_what, why) => {
		expect(withRequestedPause(why)).toBe(why);
	});
});
