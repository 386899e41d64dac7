import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { WawpApi } from '../../../credentials/WawpApi.credentials';

type Authenticate = (data: ICredentialDataDecryptedObject, request: object) => Promise<IHttpRequestOptions>;

const data = { instance_id: ' instance-1\n', access_token: '\ttoken-1 ' };
const authenticate = new WawpApi().authenticate as unknown as Authenticate;

describe('The credential', () => {
	test('is called what workflows and n8n know it by', () => {
		const { name, displayName, documentationUrl, httpRequestNode } = new WawpApi();
		expect([name, displayName, documentationUrl]).toEqual(['wawpApi', 'Wawp API', 'https://wawp.net']);
		const request = { name: 'Wawp', docsUrl: 'https://wawp.net', apiBaseUrl: 'https://api.wawp.net/v2/' };
		expect(httpRequestNode).toEqual(request);
	});

	test('goes as empty values where nothing is stored', async () => {
		const { qs } = await authenticate({}, { url: 'https://api.wawp.net/' });
		expect(qs).toEqual({ instance_id: '', access_token: '' });
	});

	test.each([
		{ url: 'https://api.wawp.net/v2/session/me' },
		{ url: '/v2/session/info', baseURL: 'https://api.wawp.net' },
		{ uri: 'https://api.wawp.net/v2/session/me' },
		{ url: 'HTTPS://API.WAWP.NET:443/v2/session/me' },
		{ url: 'https://eu.wawp.net/v2/session/me' },
		{ url: null, uri: 'https://api.wawp.net/v2/session/me' },
		{ url: ' https://api.wawp.net/v2/session/me' },
		{ url: ' https://api.wawp.net/v2/session/me', baseURL: null },
		{ url: 'v2/session/me', baseURL: 'https://api.wawp.net/' },
		{ url: 'v2/session/me?next=https://example.com', baseURL: 'https://api.wawp.net' },
		{ url: 'session/me://example.com', baseURL: 'https://api.wawp.net' },
		{ url: 'api.wawp.net/v2/session/me', baseURL: 'https://' },
		{ url: '', baseURL: 'https://api.wawp.net' },
	])('goes into the query of a request to Wawp, trimmed, beside what is there: %p', async (request) => {
		const { qs, ...rest } = await authenticate(data, { ...request, qs: { contactId: '1' } });
		expect(qs).toEqual({ contactId: '1', instance_id: 'instance-1', access_token: 'token-1' });
		expect(rest).toMatchObject(request);
	});

	test.each([
		{ url: 'http://api.wawp.net/v2/session/me' },
		{ url: 'https://example.com/' },
		{ url: 'https://api.wawp.net.example.com/' },
		{ url: 'https://notwawp.net/' },
		{ url: 'https://api.wawp.net@example.com/' },
		{ url: '//example.com/', baseURL: 'https://api.wawp.net' },
		{ url: 'https://example.com/', baseURL: 'https://api.wawp.net' },
		{ uri: 'https://example.com/' },
		{ url: 'https://api.wawp.net/', uri: 'https://example.com/' },
		{ url: 'no address' },
		{},
	])('goes nowhere else, and says so: %p', async (request) => {
		const refused = await authenticate(data, request).catch((error: Error) => error);
		expect(refused).toBeInstanceOf(Error);
		expect((refused as Error).message).toBe('This credential is only sent to https URLs under wawp.net');
	});

	test('follows no redirect, whatever the request says, and keeps to the domains that are allowed', async () => {
		const request = { url: 'https://api.wawp.net/', followRedirect: true, maxRedirects: 3 };
		const options = {
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		expect(await authenticate(data, request)).toMatchObject({ ...options, allowedDomains: 'wawp.net, *.wawp.net' });
		const narrow = { ...request, allowedDomains: 'api.wawp.net' };
		expect(await authenticate(data, narrow)).toMatchObject({ allowedDomains: 'api.wawp.net' });
	});
});
