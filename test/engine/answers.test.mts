import type { IDataObject } from 'n8n-workflow';

import { CONTACTS } from '../stand-in/contacts.mts';
import { AMPLE_MS, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

/** Nothing but a timeout ends these. */
const ENDLESS: string[] = [CONTACTS.hang.id, CONTACTS.trickle.id];

async function lookUp(contactId: string): Promise<{ success?: IDataObject; error?: IDataObject }> {
	const { success, failed } = await runInEngine({
		leads: [{ phone: contactId }],
		parameters: { options: { timeout: ENDLESS.includes(contactId) ? 500 : AMPLE_MS, maxRetries: 0 } },
		onError: 'continueErrorOutput',
	});
	expect(success.length + failed.length).toBe(1);
	return { success: success[0]?.json, error: failed[0]?.json.error as IDataObject | undefined };
}

describe('an answer over TLS, through the request helper of n8n', () => {
	test('with a picture becomes id and url, and nothing else', async () => {
		const { success } = await lookUp('15551234567@c.us');
		expect(success).toEqual({
			id: '15551234567@c.us',
			url: expect.stringMatching(/^https:\/\/pps\.whatsapp\.net\/v\/.*15551234567.*&oe=[0-9A-F]{8}$/),
		});
	});

	test('with another id than the one asked for hands that id on', async () => {
		const { success } = await lookUp(CONTACTS.renumbered.id);
		expect(success).toEqual({ id: '551187654321@c.us', url: 'https://pps.whatsapp.net/v/renumbered.jpg' });
	});

	test.each(['emptyUrl', 'nullUrl', 'hidden401', 'notFound404', 'itemNotFound500'] as const)(
		'%s means that there is no picture to see',
		async (name) => {
			const { id } = CONTACTS[name];
			expect((await lookUp(id)).success).toEqual({ id, url: null });
		},
	);

	test.each([
		['errorUnder200', 'temporarily-unavailable', 200],
		['empty200', 'unexpected-response', 200],
		['page200', 'unexpected-response', 200],
		['notJson200', 'unexpected-response', 200],
		['redirect', 'unexpected-response', 302],
		['unauthorized401', 'unexpected-response', 401],
		['badRequest', 'bad-request', 400],
		['badRequestEcho', 'bad-request', 400],
		['forbidden403', 'bad-request', 403],
		['sessionGone404', 'session-disconnected', 404],
		['page404', 'unexpected-response', 404],
		['rateLimited', 'rate-limited', 429],
		['serverError', 'temporarily-unavailable', 500],
		['timedOut500', 'temporarily-unavailable', 500],
		['page502', 'temporarily-unavailable', 502],
		['unavailable', 'temporarily-unavailable', 503],
		['hang', 'timeout', undefined],
		['trickle', 'timeout', undefined],
		['reset', 'network', undefined],
		['cutShort', 'network', undefined],
	] as const)('%s fails as %s (status %s)', async (name, reason, statusCode) => {
		const { id } = CONTACTS[name];
		const { error } = await lookUp(id);
		expect(error).toMatchObject({ reason, attempts: 1, contactId: id });
		expect(error?.statusCode).toBe(statusCode);
		expect(error?.message).toEqual(expect.any(String));
		expect(error?.description).toEqual(expect.any(String));
		expect(suite.standIn.gateway.counts.lookUps).toBe(1);
	});

	test('that says how long to wait carries the time in milliseconds', async () => {
		expect((await lookUp(CONTACTS.rateLimited.id)).error).toMatchObject({ retryable: true, retryAfterMs: 1000 });
	});

	test.each([
		['reset', 'The connection to Wawp broke off'],
		['cutShort', 'The connection to Wawp broke off'],
		['hang', 'Wawp did not answer within 500 ms'],
	] as const)('%s says in words what happened', async (name, message) => {
		expect((await lookUp(CONTACTS[name].id)).error?.message).toBe(message);
	});
});

describe('a gateway out of reach', () => {
	const proxy = () => process.env.HTTPS_PROXY;
	let ownProxy: string | undefined;
	beforeEach(() => {
		ownProxy = proxy();
	});
	afterEach(() => {
		process.env.HTTPS_PROXY = ownProxy;
	});

	test.each([
		['http://127.0.0.1:1', 'The connection to Wawp was refused'],
		['http://no-such-host.invalid:3128', 'api.wawp.net, or your proxy, was not found on the network'],
	])('through %s fails as network: %s', async (url, message) => {
		process.env.HTTPS_PROXY = url;
		expect((await lookUp('15551234567@c.us')).error).toMatchObject({
			reason: 'network',
			message,
			retryable: true,
			attempts: 1,
		});
	});
});
