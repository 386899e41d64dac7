import { outputItem } from '../../nodes/Wawp/contact/output';
import type { Failure } from '../../nodes/Wawp/gateway/failure';

const ID = '15551234567@c.us';
const URL = 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg';

const REFUSED: Failure = {
	reason: 'invalid-contact-id',
	message: 'What happened',
	description: 'What to do',
	retryable: false,
};

describe('An output item', () => {
	test('of a picture has its ID and URL, and nothing else', () => {
		expect(outputItem({ outcome: { kind: 'picture', id: ID, url: URL }, attempts: 1, contactId: ID }, 3)).toStrictEqual(
			{
				json: { id: ID, url: URL },
				pairedItem: { item: 3 },
			},
		);
	});

	test('has the ID that the gateway answered with', () => {
		const item = outputItem(
			{ outcome: { kind: 'picture', id: '5511912345678@c.us', url: URL }, attempts: 1, contactId: '551112345678@c.us' },
			0,
		);
		expect(item.json).toStrictEqual({ id: '5511912345678@c.us', url: URL });
	});

	test('without a picture has null for a URL', () => {
		expect(outputItem({ outcome: { kind: 'none', id: ID }, attempts: 2, contactId: ID }, 0)).toStrictEqual({
			json: { id: ID, url: null },
			pairedItem: { item: 0 },
		});
	});

	test('of a failure has the error and no other key', () => {
		expect(
			outputItem({ outcome: { kind: 'failure', failure: REFUSED }, attempts: 0, contactId: 'Ada' }, 7),
		).toStrictEqual({
			json: {
				error: {
					message: 'What happened',
					description: 'What to do',
					reason: 'invalid-contact-id',
					retryable: false,
					attempts: 0,
					contactId: 'Ada',
				},
			},
			pairedItem: { item: 7 },
		});
	});

	test('of a failed answer has its status and the wait that it asked for', () => {
		const failure: Failure = {
			reason: 'rate-limited',
			message: 'What happened',
			description: 'What to do',
			retryable: true,
			statusCode: 429,
			retryAfterMs: 30_000,
		};
		expect(outputItem({ outcome: { kind: 'failure', failure }, attempts: 4, contactId: ID }, 1)).toStrictEqual({
			json: {
				error: {
					message: 'What happened',
					description: 'What to do',
					reason: 'rate-limited',
					statusCode: 429,
					retryable: true,
					attempts: 4,
					contactId: ID,
					retryAfterMs: 30_000,
				},
			},
			pairedItem: { item: 1 },
		});
	});

	test('keeps a wait of zero', () => {
		const failure: Failure = { ...REFUSED, reason: 'rate-limited', retryAfterMs: 0 };
		const { json } = outputItem({ outcome: { kind: 'failure', failure }, attempts: 1, contactId: ID }, 0);
		expect(json.error).toHaveProperty('retryAfterMs', 0);
	});

	test.each([null, 42, ''])('of a failure shows %p as the contact ID that was typed', (contactId) => {
		const { json } = outputItem({ outcome: { kind: 'failure', failure: REFUSED }, attempts: 0, contactId }, 0);
		expect(json.error).toHaveProperty('contactId', contactId);
	});
});
