import { failure, type Reason } from '../../nodes/Wawp/failure';

const RETRYABLE: Record<Reason, boolean> = {
	'invalid-contact-id': false,
	'bad-request': false,
	'credential-invalid': true,
	'session-disconnected': true,
	'no-picture': false,
	'rate-limited': true,
	'temporarily-unavailable': true,
	timeout: true,
	network: true,
	'unexpected-response': true,
	'download-failed': true,
};
const REASONS = Object.keys(RETRYABLE) as Reason[];

describe('A failure', () => {
	test.each(REASONS)('by %s says what happened and what to do, and no more', (reason) => {
		expect(failure(reason)).toStrictEqual({
			reason,
			message: expect.stringMatching(/^\S.*\S$/),
			description: expect.stringMatching(/^\S.*\S$/),
			retryable: RETRYABLE[reason],
		});
	});

	test('has words of its own for each reason', () => {
		const words = REASONS.map((reason) => failure(reason));
		expect(new Set(words.map(({ message }) => message)).size).toBe(REASONS.length);
		expect(new Set(words.map(({ description }) => description)).size).toBe(REASONS.length);
	});

	test.each([
		['message', 'What happened'],
		['description', 'What to do'],
		['retryable', false],
		['statusCode', 503],
		['retryAfterMs', 0],
		['url', 'https://pps.whatsapp.net/1.jpg'],
	])('takes %s from the overrides, and the rest from the standing words', (name, value) => {
		expect(failure('network', { [name]: value })).toStrictEqual({ ...failure('network'), [name]: value });
	});

	test('does not share its words with the next', () => {
		const standing = { ...failure('network') };
		Object.assign(failure('network'), { message: 'Changed', retryable: false });
		expect(failure('network')).toStrictEqual(standing);
	});
});
