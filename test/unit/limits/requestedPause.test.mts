import { failure } from '../../../nodes/Wawp/failure';
import { heldBack, isPause, tooLongPause, withRequestedPause } from '../../../nodes/Wawp/limits/requestedPause';

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

describe('The whole instance is held back', () => {
	test.each([
		['a refusal for now', failure('rate-limited')],
		['a refusal that asks for a pause of nothing', failure('rate-limited', { retryAfterMs: 0 })],
		['a pause that is asked for under another status', failure('temporarily-unavailable', { retryAfterMs: 1 })],
	])('by %s', (_what, why) => {
		expect(isPause(why)).toBe(true);
	});

	test.each([
		['trouble without a pause', failure('temporarily-unavailable')],
		['trouble with a pause of nothing', failure('temporarily-unavailable', { retryAfterMs: 0 })],
		['a refusal that does not pass', failure('rate-limited', { retryable: false })],
		['a pause where asking again cannot help', failure('bad-request', { retryAfterMs: 5000 })],
	])('not by %s', (_what, why) => {
		expect(isPause(why)).toBe(false);
	});
});

describe('A contact that is not asked for because of a pause', () => {
	test.each([
		[120_001, 'Wawp wants no requests from this instance for longer than this node waits', 'Try again in 3 minutes. '],
		[
			120_000,
			'Wawp has asked for one pause after another, together for longer than this node waits',
			'Try again in 2 minutes. ',
		],
		[1, 'Wawp has asked for one pause after another, together for longer than this node waits', 'Try again in 1 s. '],
	])('fails by the rate limit, and says why and when to try again: %d ms are left', (retryAfterMs, message, when) => {
		const limit = failure('rate-limited', { message, retryAfterMs });
		expect(heldBack(retryAfterMs)).toStrictEqual({ ...limit, description: `${when}${limit.description}` });
	});

	test('has what is left in whole milliseconds, and never too few', () => {
		expect(heldBack(130_000.2).retryAfterMs).toBe(130_001);
	});
});

describe('The failure of all that have no answer yet', () => {
	test('is that of the pause where it is too long by itself', () => {
		const why = failure('temporarily-unavailable', { retryAfterMs: 120_001, statusCode: 503 });
		expect(tooLongPause(why, 120_001)).toStrictEqual(withRequestedPause(why));
	});

	test.each([
		['asked for two minutes at most', failure('rate-limited', { retryAfterMs: 120_000, statusCode: 429 })],
		['did not say for how long', failure('rate-limited', { statusCode: 429 })],
	])('tells of several in a row where the last one %s', (_what, why) => {
		expect(tooLongPause(why, 70_000)).toStrictEqual(heldBack(70_000));
	});
});
