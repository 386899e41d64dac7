import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CONTACTS } from '../stand-in/contacts.mts';
import { GOOD_CREDENTIAL } from '../stand-in/credentials.mts';
import { withStandIn } from './suite.mts';
import { type GivenWawp, runInEngine } from './wawp.mts';

const suite = withStandIn();

const LEADS = [
	{ name: 'Ada', phone: '15551234567' },
	{ name: 'Ben', phone: '15551234568' },
];

const options = (value: unknown): Partial<GivenWawp> => ({ parameters: { options: value } as INodeParameters });

// If execute() threw here, the engine would send all inputs to the success branch, unchanged.
describe('in the continuing modes every item fails on the error branch, without a request, when', () => {
	test.each<[string, Partial<GivenWawp>, string, RegExp]>([
		['no credential is selected', { credential: null }, 'credential-invalid', /could not read the credential/],
		[
			'the credential cannot be decrypted',
			{ credential: new Error('Credentials could not be decrypted') },
			'credential-invalid',
			/could not read the credential/,
		],
		[
			'the credential has no access token',
			{ credential: { ...GOOD_CREDENTIAL, access_token: ' ' } },
			'credential-invalid',
			/has no 'Access Token'/,
		],
		['the credential is empty', { credential: {} }, 'credential-invalid', /no 'Instance ID' and no 'Access Token'/],
		[
			'the expression for the contact ID throws',
			{ parameters: { contactId: '={{ $("No such node").item.json.phone }}' } },
			'invalid-contact-id',
			/expression in 'Contact ID'/,
		],
		[
			'the expression for Refresh throws',
			{ parameters: { refresh: '={{ $("No such node").item.json.live }}' } },
			'bad-request',
			/expression in 'Refresh'/,
		],
		[
			'Refresh is neither true nor false',
			{ parameters: { refresh: '={{ "sometimes" }}' } },
			'bad-request',
			/'Refresh' is neither true nor false/,
		],
		[
			'an expression in the options throws',
			options({ timeout: '={{ $("No such node").item.json.wait }}' }),
			'bad-request',
			/Options/,
		],
		['the timeout is text', options({ timeout: 'soon' }), 'bad-request', /Timeout' has an invalid value/],
		['the timeout is an object', options({ timeout: {} }), 'bad-request', /Timeout' has an invalid value/],
		['the timeout is zero', options({ timeout: 0 }), 'bad-request', /Timeout' has an invalid value/],
		[
			'the concurrency is negative',
			options({ concurrency: -1 }),
			'bad-request',
			/Concurrent Requests' has an invalid value/,
		],
		[
			'the concurrency is huge',
			options({ concurrency: 1e9 }),
			'bad-request',
			/Concurrent Requests' has an invalid value/,
		],
		[
			'an option is an expression that gives nothing',
			options({ concurrency: '={{ $json.missing }}' }),
			'bad-request',
			/Concurrent Requests' has an invalid value/,
		],
		[
			'an option is empty',
			options({ requestsPerMinute: '' }),
			'bad-request',
			/Requests per Minute' has an invalid value/,
		],
		[
			'the requests per minute are huge',
			options({ requestsPerMinute: 1e9 }),
			'bad-request',
			/Requests per Minute' has an invalid value/,
		],
		['the retries are negative', options({ maxRetries: -1 }), 'bad-request', /Max Retries' has an invalid value/],
		['the retries are text', options({ maxRetries: 'abc' }), 'bad-request', /Max Retries' has an invalid value/],
		[
			'the concurrency is not a whole number',
			options({ concurrency: 2.5 }),
			'bad-request',
			/Concurrent Requests' has an invalid value/,
		],
	])('%s', async (_what, given, reason, message) => {
		const { success, failed, run } = await runInEngine({ leads: LEADS, onError: 'continueErrorOutput', ...given });
		expect(run.data.resultData.error).toBeUndefined();
		expect(success).toEqual([]);
		expect(failed.map(({ json }) => json)).toEqual(
			LEADS.map((lead) => ({
				...lead,
				error: expect.objectContaining({
					reason,
					message: expect.stringMatching(message),
					attempts: 0,
				}),
			})),
		);
		for (const { json } of failed) {
			if (reason !== 'invalid-contact-id') {
				expect((json.error as IDataObject).contactId).toBe(`${String(json.phone)}@c.us`);
			}
			expect((json.error as IDataObject).description).toEqual(expect.stringMatching(/\w{3}/));
		}
		expect(suite.standIn.gateway.counts.lookUps).toBe(0);
	});

	test('one item of several has an expression that throws: only that one fails', async () => {
		const { success, failed } = await runInEngine({
			leads: [...LEADS, { name: 'Cleo' }],
			parameters: { contactId: '={{ $json.phone ?? $("No such node").item.json.phone }}' },
			onError: 'continueErrorOutput',
		});
		expect(success).toHaveLength(2);
		expect(failed.map(({ json }) => json.name)).toEqual(['Cleo']);
	});

	test('the mapped field is missing on one item: only that one fails, as an empty contact ID', async () => {
		const { success, failed } = await runInEngine({
			leads: [...LEADS, { name: 'Cleo' }],
			onError: 'continueErrorOutput',
		});
		expect(success).toHaveLength(2);
		expect(failed.map(({ json }) => [json.name, (json.error as IDataObject).message])).toEqual([
			['Cleo', 'The contact ID is empty'],
		]);
	});
});

test('an answer that no reader expects stays with its item', async () => {
	const { success, failed } = await runInEngine({
		leads: [...LEADS, { name: 'Cleo', phone: CONTACTS.oddUrl.id }],
		onError: 'continueErrorOutput',
	});
	expect(success).toHaveLength(2);
	expect(failed.map(({ json }) => [json.name, (json.error as IDataObject).reason])).toEqual([
		['Cleo', 'unexpected-response'],
	]);
});

describe('what expressions often yield is understood:', () => {
	test.each([
		['options of another type than n8n knows, which it drops', { options: 'fast' }],
		['numbers as text in the options', { options: { timeout: '5000', concurrency: ' 2 ' } }],
		['Refresh as text', { refresh: '={{ "TRUE" }}' }],
		['Refresh from an empty field', { refresh: '={{ $json.missing }}' }],
	])('%s', async (_what, parameters) => {
		const { success } = await runInEngine({
			leads: LEADS,
			parameters: parameters as INodeParameters,
			onError: 'continueErrorOutput',
		});
		expect(success).toHaveLength(2);
	});
});
