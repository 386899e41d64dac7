import type { INode, INodeParameters } from 'n8n-workflow';

import { failure, type Failure, type Reason } from '../../../nodes/Wawp/failure';
import { WORDS } from '../../../nodes/Wawp/gateway/words';
import { HINTS_BEFORE_RUN, hintsFor } from '../../../nodes/Wawp/operation/hints';
import type { ItemResult } from '../../../nodes/Wawp/run/run';
import type { LookedUp } from '../../../nodes/Wawp/run/lookUpAll';

const ID = '15551234567@c.us';
const PICTURE: ItemResult = { outcome: { kind: 'picture', id: ID, url: 'https://x/1' }, attempts: 1, contactId: ID };
const NONE: ItemResult = { outcome: { kind: 'none', id: ID }, attempts: 1, contactId: ID };
const failed = (reason: Reason, overrides: Partial<Failure> = {}): ItemResult => ({
	outcome: { kind: 'failure', failure: failure(reason, overrides) },
	attempts: 1,
	contactId: ID,
});
const LATER = failed('timeout', { retryable: true });
const BY_HAND = failed('invalid-contact-id', { retryable: false });
const LIMITED = failed('rate-limited', { retryable: true });
const times = <Some,>(count: number, result: Some) => Array<Some>(count).fill(result);

interface Given extends Partial<LookedUp> {
	options?: INodeParameters;
	retryOnFail?: boolean;
}

function hints({ options, retryOnFail, ...lookedUp }: Given) {
	const parameters = options ? { options } : {};
	const node = { parameters, ...(retryOnFail !== undefined && { retryOnFail }) } as INode;
	const nothing = { results: [PICTURE], duplicates: 0, refreshed: 0, refetchedUrls: 0, lookupsSent: 1 };
	const told = hintsFor({ ...nothing, ...lookedUp } as LookedUp, node);
	for (const { location } of told) expect(location).toBe('outputPane');
	return told.map(({ type, message }) => [type, message]);
}

describe('After a run there is nothing to say', () => {
	test.each<[string, Given]>([
		['of a lead with a picture', {}],
		['of no items', { results: [], lookupsSent: 0 }],
		['of pictures alone', { results: [PICTURE, PICTURE], lookupsSent: 10 }],
		[
			'of a long list at a pace that was set',
			{ results: times(99, PICTURE), lookupsSent: 99, options: { requestsPerMinute: 60 } },
		],
		['of a few live lookups', { refreshed: 49, refetchedUrls: 49 }],
		['of Retry On Fail that is off', { retryOnFail: false }],
		['of a run that stopped once all was asked for', { stoppedAsking: failure('session-disconnected') }],
	])('%s', (_what, given) => {
		expect(hints(given)).toStrictEqual([]);
	});
});

describe('After a run one line sums it up:', () => {
	test.each<[string, Given, string]>([
		[
			'what became of the items',
			{
				results: [...times(4, PICTURE), ...times(3, NONE), failed('no-picture'), ...times(2, LATER), BY_HAND],
				options: { requestsPerMinute: 600 },
				lookupsSent: 11,
			},
			'11 items: 4 with a picture, 4 without a visible picture (the contact has none, or hides it), 2 to try again later, 1 to fix by hand.',
		],
		['what became of one item', { results: [BY_HAND] }, '1 item: 1 to fix by hand.'],
		[
			'repeated contacts',
			{ results: times(3, PICTURE), duplicates: 2 },
			'3 items: 3 with a picture. Items that share the lookup of an earlier one: 2.',
		],
		[
			'how long the default pace takes',
			{ results: times(5010, PICTURE), lookupsSent: 5010, options: {} },
			"5010 items: 5010 with a picture. At 60 requests a minute, the default, this takes about 83 minutes. If your Wawp plan allows more, set 'Requests per Minute' under Options.",
		],
		[
			'the same for a list just longer than the burst, which the pace makes up for',
			{ results: times(11, PICTURE), lookupsSent: 11 },
			"11 items: 11 with a picture. At 60 requests a minute, the default, this takes about 10 s. If your Wawp plan allows more, set 'Requests per Minute' under Options.",
		],
	])('%s', (_what, given, message) => {
		expect(hints(given)).toStrictEqual([['info', message]]);
	});
});

describe('After a run the most important warning is', () => {
	const stoppedAsking = failure('network', { message: 'Not asked for' });
	const left: ItemResult = { ...LATER, attempts: 0, outcome: { kind: 'failure', failure: stoppedAsking } };
	/** Each row has what the rows after it warn of, too. */
	const ROWS: Array<[string, Given, string]> = [
		[
			'that the run stopped',
			{ results: [failed('network', { message: 'Not asked for' }), left, LIMITED, left], stoppedAsking },
			'The run stopped early: 2 of 4 items were not looked up. Not asked for. ' +
				'Check that n8n can reach api.wawp.net from its network, then try again.',
		],
		[
			'Retry On Fail, which looks up all contacts again',
			{ retryOnFail: true },
			"'Retry On Fail' is on in this node's settings: after a failure, n8n may look up all contacts again. " +
				"Turn it off. The node itself retries each contact, as often as 'Max Retries' says.",
		],
		[
			'the rate limit',
			{ results: [LIMITED, PICTURE, LIMITED, LATER] },
			'2 of 4 items failed because Wawp asked for a pause. Try them again later. If it keeps happening, ' +
				"lower 'Requests per Minute' under Options.",
		],
		[
			'many live lookups',
			{ refreshed: 50 },
			"50 contacts were looked up live because 'Refresh' is on. Too many live lookups can get your WhatsApp number " +
				'banned. Turn it off for long lists.',
		],
		[
			'many URLs that no longer worked',
			{ refetchedUrls: 50 },
			'The URLs of 50 pictures no longer worked, so their contacts were looked up live. Too many live lookups can get ' +
				"your WhatsApp number banned. Keep 'Requests per Minute' at 60 or less.",
		],
	];

	test.each(ROWS)('%s', (what, given, message) => {
		const lesser = ROWS.slice(ROWS.findIndex(([other]) => other === what) + 1).map(([, other]) => other);
		for (const all of [given, Object.assign({}, ...lesser.reverse(), given) as Given]) {
			expect(hints(all).filter(([type]) => type === 'warning')).toStrictEqual([['warning', message]]);
		}
	});

	test('but not a pause where the plan is used up', () => {
		const told = hints({ results: [failed('rate-limited', WORDS.planLimit)] });
		expect(told.map(([type]) => type)).toStrictEqual(['info']);
	});
});

describe('Before a run the node says', () => {
	/** The hints that are shown, by the expressions that n8n's editor evaluates for it. */
	function shown(parameters: object, items: number): string[] {
		const input = { all: () => Array.from({ length: items }) };
		return HINTS_BEFORE_RUN.flatMap(({ displayCondition = '', message, whenToDisplay, location }) => {
			expect([whenToDisplay, location]).toEqual(['beforeExecution', 'outputPane']);
			const [, expression = ''] = /^=\{\{(.*)\}\}$/.exec(displayCondition) ?? [];
			return new Function('$parameter', '$input', `return ${expression}`)(parameters, input) === true ? message : [];
		});
	}
	const PACED = [
		"This node sends 60 requests a minute by default: 100 items take about 2 minutes, 5,000 about 83 minutes. If your Wawp plan allows more, set 'Requests per Minute' under Options.",
	];
	const RISKY = [
		"'Refresh' is on for many items, and 'Requests per Minute' is not limited to 60. Too many live lookups can get your WhatsApp number banned.",
	];
	const at = (requestsPerMinute: unknown, refresh: unknown = true) => ({ refresh, options: { requestsPerMinute } });

	test.each<[string, object, number, string[]]>([
		['how long a list takes at the default pace', { refresh: false, options: {} }, 31, PACED],
		['the same if no option was ever added', {}, 31, PACED],
		['the same of live lookups', { refresh: true }, 1000, PACED],
		['nothing of a short list', {}, 30, []],
		['nothing of a pace that was set', at(600, false), 1000, []],
		['a risk if live lookups are faster than Wawp advises', at(61), 50, RISKY],
		['the same if Refresh is mapped to text', at('61', 'true'), 50, RISKY],
		['a risk if live lookups have no pace', at(0), 50, RISKY],
		['nothing of live lookups that are as Wawp advises', at(60), 50, []],
		['nothing of a few live lookups', at(0), 49, []],
		['nothing of the pace of lookups that are not live', at(0, false), 1000, []],
	])('%s', (_what, parameters, items, expected) => {
		expect(shown(parameters, items)).toEqual(expected);
	});
});
