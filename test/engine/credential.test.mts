import * as core from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeType,
} from 'n8n-workflow';

import { Wawp } from '../../nodes/Wawp/Wawp.node';
import { type Behaviour, json, text } from '../stand-in/behaviours.mts';
import { ACCESS_TOKEN, GOOD_CREDENTIAL, REFUSED_CREDENTIAL } from '../stand-in/credentials.mts';
import { runNode } from './engine.mts';
import { withStandIn } from './suite.mts';

const suite = withStandIn();

/** A node that sends what its items say with the Wawp credential, as n8n's HTTP Request node does. */
const anyRequest: INodeType = {
	description: {
		displayName: 'Any request',
		name: 'anyRequest',
		group: ['transform'],
		version: 1,
		description: 'Sends any request',
		defaults: { name: 'Any request' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'wawpApi' }],
		properties: [],
	} as INodeType['description'],
	async execute(this: IExecuteFunctions) {
		const outputs = this.getInputData().map(async ({ json: { helper, request } }) => {
			const send = this.helpers[helper as 'httpRequestWithAuthentication'];
			try {
				const answer = (await send.call(this, 'wawpApi', request as unknown as IHttpRequestOptions)) as unknown;
				return { json: { answer: answer as IDataObject } };
			} catch (error) {
				return { json: { refusal: (error as Error).message } };
			}
		});
		return [await Promise.all(outputs)];
	},
};

/** Sends a request by the helper of today and by the older one that n8n's HTTP Request node uses. */
async function send(request: IDataObject) {
	const subject = { name: 'n8n-nodes-base.httpRequest', type: anyRequest, typeVersion: 1, parameters: {} };
	const { url, ...rest } = request;
	const { success } = await runNode(subject, {
		leads: [
			{ helper: 'httpRequestWithAuthentication', request },
			{ helper: 'requestWithAuthentication', request: { ...rest, uri: url, json: true } },
		],
	});
	return success.map(({ json: sent }) => sent);
}

const OTHER = 'https://pictures.example.com';

describe('The credential goes nowhere but to Wawp, as the HTTP client puts the address together:', () => {
	test.each<[IDataObject]>([
		[{ url: '\\\\api.wawp.net\\x', baseURL: OTHER }],
		[{ url: ' https://api.wawp.net/x', baseURL: OTHER }],
		[{ url: '/\\api.wawp.net', baseURL: OTHER }],
		[{ url: 'ht\ttps://api.wawp.net/x', baseURL: OTHER }],
		[{ url: '\nhttps://api.wawp.net/x', baseURL: OTHER }],
		[{ url: 'https:api.wawp.net/x', baseURL: OTHER }],
		[{ url: '/v2/session/me', baseURL: OTHER }],
		[{ url: '/v2/session/me', baseURL: 'http://api.wawp.net' }],
		[{ url: '//api.wawp.net/v2/session/me', baseURL: 'https://api.wawp.net' }],
		[{ url: `${OTHER}/x`, baseURL: 'https://api.wawp.net' }],
		[{ url: '//pictures.example.com/x', baseURL: 'https://api.wawp.net' }],
		[{ url: '.example.com/x', baseURL: 'https://api.wawp.net.example.com' }],
		[{ url: 'https://api.wawp.net@pictures.example.com/' }],
		[{ url: 'http://api.wawp.net/v2/session/me' }],
		[{ url: '/\\api.wawp.net' }],
	])('%j is not sent', async (request) => {
		for (const { refusal } of await send(request)) expect(refusal).toMatch(/only sent to https URLs under wawp\.net/);
		expect(suite.standIn.gateway.counts.strays).toEqual([]);
	});

	test.each<[IDataObject]>([
		[{ url: 'https://api.wawp.net/v2/session/me' }],
		[{ url: '/v2/session/me', baseURL: 'https://api.wawp.net' }],
		[{ url: 'v2/session/me', baseURL: 'https://api.wawp.net/' }],
		[{ url: 'HTTPS://API.WAWP.NET:443/v2/session/me' }],
		[{ url: ' https://api.wawp.net/v2/session/me' }],
	])('%j is sent', async (request) => {
		for (const { answer, refusal } of await send(request)) {
			expect([refusal, answer]).toEqual([undefined, expect.objectContaining({ pushName: 'Stand-in' })]);
		}
	});

	test.each([301, 302, 307, 308])(
		'and no redirect is followed with it (%d), though the request asks for that',
		async (status) => {
			const location = `${OTHER}/?access_token=${ACCESS_TOKEN}`;
			const { gateway } = suite.standIn;
			gateway.sessionScript.push(...Array<Behaviour>(2).fill({ status, headers: { location }, body: '' }));
			const options = { followRedirect: true, followAllRedirects: true, maxRedirects: 5 };
			await send({ method: 'POST', url: 'https://api.wawp.net/v2/session/info', ...options });
			expect([gateway.counts.sessionInfos, gateway.counts.strays]).toEqual([2, []]);
		},
	);
});

/** The context in which n8n tests a credential; n8n before 1.79 has a function that makes it. */
function testContext(): ICredentialTestFunctions {
	const { CredentialTestContext, getCredentialTestFunctions } = core as unknown as {
		CredentialTestContext?: new () => ICredentialTestFunctions;
		getCredentialTestFunctions?: () => ICredentialTestFunctions;
	};
	if (CredentialTestContext) return new CredentialTestContext();
	if (getCredentialTestFunctions) return getCredentialTestFunctions();
	throw new Error('This n8n has no context for the test of a credential');
}

async function tested(data: ICredentialDataDecryptedObject, says?: Behaviour) {
	if (says) suite.standIn.gateway.sessionScript.push(says);
	const credential = { id: '1', name: 'Wawp', type: 'wawpApi', data };
	return await new Wawp().methods.credentialTest.testCredential.call(testContext(), credential);
}

describe('The test of the credential', () => {
	const ME = { id: '15550000000@c.us', pushName: 'Ada' };

	test('passes where the session is WORKING', async () => {
		expect((await tested(GOOD_CREDENTIAL)).status).toBe('OK');
		expect((await tested({ instance_id: ' instance-working\n', access_token: `${ACCESS_TOKEN} ` })).status).toBe('OK');
	});

	test('passes where only GET is there', async () => {
		suite.standIn.gateway.sessionInfoBy = { method: 'GET', otherwise: 405 };
		expect((await tested(GOOD_CREDENTIAL)).status).toBe('OK');
	});

	test.each<[Behaviour]>([
		[json(200, { status: 'RUNNING', me: ME })],
		[json(200, { status: 'working', me: ME })],
		[json(200, { status: 'WORKING', me: false })],
		[json(200, { status: 'WORKING', me: {} })],
		[json(200, { me: ME })],
		[json(401, { status: 'WORKING', me: ME })],
		[json(500, { status: 'WORKING', me: ME })],
		[json(200, [{ status: 'WORKING', me: ME }])],
		[json(302, { status: 'WORKING', me: ME })],
		[text(200, 'WORKING')],
		[text(200, '')],
		[{ status: 200, type: 'text/html', body: '<html><body>Sign in</body></html>' }],
	])('does not pass with %j', async (says) => {
		const { status, message } = await tested(GOOD_CREDENTIAL, says);
		expect(status).toBe('Error');
		expect(message).toMatch(/did not confirm the credential/);
	});

	test.each([
		['instance-unpaired', /access token is good, but .* QR code/],
		['instance-stopped', /access token is good, but .* stopped/],
		['instance-starting', /access token is good, but .* starting/],
		['instance-failed', /access token is good, but .* failed/],
		['instance-unknown', /Check 'Instance ID' and 'Access Token'/],
		['instance-reset', /The connection to Wawp broke off\./],
	])('says what is wrong with %s', async (instance_id, message) => {
		expect(await tested({ ...GOOD_CREDENTIAL, instance_id })).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	test('says what is wrong with the token, or with an instance that has no session', async () => {
		expect((await tested(REFUSED_CREDENTIAL)).message).toMatch(/Check 'Instance ID' and 'Access Token'/);
		expect((await tested(GOOD_CREDENTIAL, json(404, { code: 'invalid_session' }))).message).toMatch(
			/no WhatsApp session/,
		);
	});

	test('follows no redirect, and repeats no token', async () => {
		const { gateway } = suite.standIn;
		const location = `${OTHER}/?access_token=${ACCESS_TOKEN}`;
		const { status, message } = await tested(GOOD_CREDENTIAL, {
			status: 307,
			headers: { location },
			body: ACCESS_TOKEN,
		});
		expect([status, gateway.counts.strays]).toEqual(['Error', []]);
		expect(message).not.toContain(ACCESS_TOKEN);
	});
});
