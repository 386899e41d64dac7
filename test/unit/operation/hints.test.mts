import { failure, type Reason } from '../../../nodes/Wawp/failure';
import { hintsFor } from '../../../nodes/Wawp/operation/hints';
import type { ItemResult } from '../../../nodes/Wawp/run/itemResult';
import type { LookedUp } from '../../../nodes/Wawp/run/lookUpAll';

const ID = '15551234567@c.us';
const PICTURE: ItemResult = { outcome: { kind: 'picture', id: ID, url: 'https://x/1' }, attempts: 1, contactId: ID };
const NONE: ItemResult = { outcome: { kind: 'none', id: ID }, attempts: 1, contactId: ID };
const failed = (reason: Reason): ItemResult => ({
	outcome: { kind: 'failure', failure: failure(reason) },
	attempts: 1,
	contactId: ID,
});
const LIMITED = failed('rate-limited');

function hints(lookedUp: Partial<LookedUp>, retryOnFail = false) {
	const nothing = { results: [PICTURE], duplicates: 0, refreshed: 0, refetchedUrls: 0 };
	return hintsFor({ ...nothing, ...lookedUp }, retryOnFail);
}

describe('There is nothing to tell', () => {
	test.each<[string, Partial<LookedUp>]>([
		['of no items', { results: [] }],
		['of pictures alone', { results: [PICTURE, PICTURE] }],
		[
			'of failures that each item tells itself',
			{ results: [failed('timeout'), failed('credential-invalid'), failed('download-failed')] },
		],
		['of items that a stopped run did not get to', { results: [PICTURE, undefined] }],
		['of a few live look-ups', { refreshed: 49, refetchedUrls: 49 }],
	])('%s', (_what, lookedUp) => {
		expect(hints(lookedUp)).toStrictEqual([]);
	});
});

describe('A hint', () => {
	test.each<[string, Partial<LookedUp>, 'info' | 'warning', string]>([
		[
			'how many have no picture',
			{ results: [PICTURE, NONE, undefined, NONE] },
			'info',
			'No visible picture for 2 of 4 items: the contact has none, or hides it.',
		],
		[
			'how many have no picture where that is a failure',
			{ results: [failed('no-picture'), PICTURE, failed('timeout'), failed('no-picture')] },
			'info',
			'No visible picture for 2 of 4 items: the contact has none, or hides it.',
		],
		[
			'how many items share a look-up',
			{ results: [PICTURE, PICTURE, PICTURE], duplicates: 2 },
			'info',
			'2 of 3 items repeat an earlier contact, and needed no look-up of their own.',
		],
		[
			'that one item shares a look-up',
			{ results: [PICTURE, PICTURE, PICTURE], duplicates: 1 },
			'info',
			'1 of 3 items repeats an earlier contact, and needed no look-up of its own.',
		],
		[
			'how many failed because of the rate limit',
			{ results: [LIMITED, PICTURE, LIMITED, failed('timeout')] },
			'warning',
			"Wawp's rate limit was reached: 2 of 4 items failed. " +
				"Set 'Requests per Minute' under Options, or lower 'Max Concurrent Requests'.",
		],
		[
			'of a risk, from 50 live look-ups on',
			{ refreshed: 50 },
			'warning',
			"50 contacts were looked up live because 'Refresh' is on. That is slow, and too many live look-ups can get your " +
				'number banned. Turn it off for long lists.',
		],
		[
			'of the same risk where URLs that no longer worked were fetched again',
			{ refetchedUrls: 50 },
			'warning',
			'The URLs of 50 pictures no longer worked, so these contacts were looked up live. That is slow, and too many ' +
				"live look-ups can get your number banned. 'Requests per Minute' is best left out, or set to 60 or less.",
		],
	])('tells %s', (_what, lookedUp, type, message) => {
		expect(hints(lookedUp)).toStrictEqual([{ message, type, location: 'outputPane' }]);
	});

	test('tells how many items failed because the run stopped asking', () => {
		const stoppedAsking = { ...failure('network'), message: 'Not asked for' };
		const left: ItemResult = { ...LIMITED, outcome: { kind: 'failure', failure: stoppedAsking } };
		const results = [failed('network'), left, PICTURE, undefined, left];
		expect(hints({ results, stoppedAsking })).toStrictEqual([
			{
				message:
					'The run stopped asking, and 2 of 5 items failed with it. Not asked for. ' +
					'Check that n8n can reach api.wawp.net from its network, then try again.',
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	test('is one of all that apply', () => {
		const results = [NONE, NONE, LIMITED];
		const types = hints({ results, duplicates: 1, refreshed: 100 }).map(({ type }) => type);
		expect(types).toStrictEqual(['info', 'info', 'warning', 'warning']);
	});

	test("warns of n8n's own Retry On Fail, which looks all contacts up again", () => {
		expect(hints({}, true)).toStrictEqual([
			{
				message:
					"'Retry On Fail' is on in this node's settings: if the first item fails, n8n looks all contacts up again. " +
					"Turn it off. The node retries each contact by itself, as 'Max Retries' says.",
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});
});
