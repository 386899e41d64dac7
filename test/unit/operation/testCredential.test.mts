import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';

import { testCredential } from '../../../nodes/Wawp/operation/testCredential';

interface Reply {
	statusCode: number;
	headers?: object;
	body?: unknown;
}

const WORKING: Reply = { statusCode: 200, body: { status: 'WORKING' } };
const DATA = { instance_id: 'instance-1', access_token: 'token-1' };

/** What n8n is told, and which requests were sent for it. What is left out of a reply breaks the request down. */
async function tested(
	replies: Array<Reply | Error>,
	stored: { data?: ICredentialDataDecryptedObject } = { data: DATA },
) {
	const sent: object[] = [];
	const request = async (options: object) => {
		sent.push(options);
		const reply = replies[sent.length - 1] ?? new Error('No more was expected');
		if (reply instanceof Error) throw reply;
		return { headers: {}, ...reply };
	};
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	const credential = { id: '1', name: 'Wawp', type: 'wawpApi', ...stored };
	return { told: await testCredential.call(context, credential), sent };
}

const breakdown = (code: string) =>
	Object.assign(new Error(`${code} at https://api.wawp.net/?access_token=token-1`), { code });

describe('The test of the credential', () => {
	test('asks for the state of the session, and sees each status and each redirect itself', async () => {
		const { sent } = await tested([WORKING]);
		expect(sent).toEqual([
			{
				method: 'POST',
				uri: 'https://api.wawp.net/v2/session/info',
				qs: DATA,
				simple: false,
				resolveWithFullResponse: true,
				followRedirect: false,
				timeout: 30_000,
			},
		]);
	});

	test('sends what was copied along with the two values to nobody', async () => {
		const data = { instance_id: ' instance-1\n', access_token: '\ttoken-1 ' };
		const { sent } = await tested([WORKING], { data });
		expect(sent).toMatchObject([{ qs: DATA }]);
	});

	test.each<{ data?: ICredentialDataDecryptedObject }>([
		{},
		{ data: {} },
		{ data: { instance_id: null as never, access_token: null as never } },
	])('sends no values where there are none: %j', async (stored) => {
		const { sent } = await tested([{ statusCode: 401 }], stored);
		expect(sent).toMatchObject([{ qs: { instance_id: '', access_token: '' } }]);
	});

	test.each([
		['as JSON that was read already', { status: 'WORKING' }],
		['as text', '{"status":"WORKING"}'],
	])('passes where the session works, said %s', async (_what, body) => {
		expect((await tested([{ statusCode: 200, body }])).told).toEqual({
			status: 'OK',
			message: 'Connection successful',
		});
	});

	test('asks with GET where there is no POST', async () => {
		const { told, sent } = await tested([{ statusCode: 405 }, WORKING]);
		expect(told.status).toBe('OK');
		expect(sent).toMatchObject([{ method: 'POST' }, { method: 'GET' }]);
	});

	const GOOD_TOKEN = 'The access token is good, but the WhatsApp session';
	const NO_SESSION =
		"Wawp has no WhatsApp session for this number. Check 'Instance ID', or connect the number in the Wawp dashboard.";

	test.each<[number, object, string]>([
		[200, { status: 'SCAN_QR_CODE' }, 'waits for its QR code to be scanned: scan it in the Wawp dashboard.'],
		[200, { status: 'STARTING' }, 'is still starting: test again in a minute.'],
		[200, { status: 'STOPPED' }, 'is stopped: start it in the Wawp dashboard.'],
		[200, { status: 'FAILED' }, 'has failed: restart it in the Wawp dashboard and scan its QR code.'],
		[404, { code: 'invalid_session' }, NO_SESSION],
	])('says what to do about a session that does not work: status %d with %j', async (statusCode, body, words) => {
		const message = words === NO_SESSION ? words : `${GOOD_TOKEN} ${words}`;
		expect((await tested([{ statusCode, body }])).told).toEqual({ status: 'Error', message });
	});

	test.each<[string, Reply]>([
		['a bad token', { statusCode: 401, body: { message: 'Invalid or Missing Access Token' } }],
		['an account that is no account', { statusCode: 200, body: { status: 'WORKING', me: null } }],
		['a status that nobody knows', { statusCode: 200, body: { status: 'RUNNING' } }],
		['nothing', { statusCode: 200 }],
		['null', { statusCode: 200, body: null }],
		['a redirect', { statusCode: 307, body: { status: 'WORKING' } }],
	])('does not confirm %s', async (_what, reply) => {
		expect((await tested([reply])).told).toEqual({
			status: 'Error',
			message:
				"Wawp did not confirm the credential. Check 'Instance ID' and 'Access Token'; if both are right, test again in a minute.",
		});
	});

	test.each([
		['ECONNREFUSED', 'The connection to Wawp was refused.'],
		['ETIMEDOUT', 'Wawp did not answer in time.'],
		['ENOTFOUND', 'api.wawp.net, or your proxy, was not found on the network.'],
		['ELSE', 'Wawp could not be reached.'],
	])('says so where the network is at fault (%s), and repeats nothing of the request', async (code, message) => {
		expect((await tested([breakdown(code)])).told).toEqual({ status: 'Error', message });
	});
});
