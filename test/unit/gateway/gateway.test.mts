import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { Readable } from 'node:stream';

import { failure } from '../../../nodes/Wawp/failure';
import { gatewayWith, noGateway } from '../../../nodes/Wawp/gateway/gateway';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';

const ID = '15551234567@c.us';
const TIMEOUT_MS = 4_321;
const NOW = Date.parse('2026-11-22T12:00:00Z');
const CREDENTIAL: ICredentialsDecrypted = {
	id: '',
	name: '',
	type: 'wawpApi',
	data: { instance_id: ' instance-1\n', access_token: ' token-1 ' } as ICredentialDataDecryptedObject,
};

interface Reply {
	statusCode: number;
	headers?: Record<string, unknown>;
	chunks?: string[];
}

/** A gateway that gives these answers, one after the other. */
function gatewayOf(replies: Array<Reply | Error>) {
	const sent: Array<{ type: string; options: IHttpRequestOptions; more: unknown; signal?: AbortSignal }> = [];
	const bodies: Readable[] = [];
	const helpers = {
		async httpRequestWithAuthentication(
			this: IExecuteFunctions,
			type: string,
			options: IHttpRequestOptions,
			more: unknown,
		) {
			sent.push({ type, options, more, signal: this.getExecutionCancelSignal?.() });
			const reply = replies[sent.length - 1] ?? new Error('No more was expected');
			if (reply instanceof Error) throw reply;
			const body = Readable.from((reply.chunks ?? []).map((chunk) => Buffer.from(chunk)));
			bodies.push(body);
			return { headers: {}, ...reply, body };
		},
	};
	const context = { helpers, getExecutionCancelSignal: () => undefined } as unknown as IExecuteFunctions;
	return { gateway: gatewayWith(context, CREDENTIAL, TIMEOUT_MS), sent, bodies };
}

beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

/** A request of an account that was asked for nothing before. */
const sending = (controller = new AbortController()) => ({ controller, shared: {} });

const lookup = (refresh = false) => ({ kind: 'lookup' as const, contactId: ID, refresh });

describe('A lookup', () => {
	test.each([true, false])('goes out as Wawp documents it, with refresh=%p', async (refresh) => {
		const { gateway, sent } = gatewayOf([{ statusCode: 200 }]);
		await gateway.send(lookup(refresh), sending());
		expect(sent.map(({ options }) => options)).toEqual([
			{
				method: 'GET',
				url: 'https://api.wawp.net/v2/contacts/profile-picture',
				qs: { contactId: ID, refresh },
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: TIMEOUT_MS + 10_000,
				agentOptions: { pskCallback: expect.any(Function) },
			},
		]);
	});

	test('has n8n add the credential, which it need not decrypt again', async () => {
		const { gateway, sent } = gatewayOf([{ statusCode: 200 }]);
		await gateway.send(lookup(), sending());
		expect(sent).toMatchObject([{ type: 'wawpApi', more: { credentialsDecrypted: CREDENTIAL } }]);
	});

	test('gives the answer as it came, and closes its connection', async () => {
		const headers = { date: 'Sun, 22 Nov 2026 12:00:00 GMT' };
		const { gateway, sent, bodies } = gatewayOf([{ statusCode: 503, headers, chunks: ['{"url"', ':null}'] }]);
		const response = await gateway.send(lookup(), sending());
		expect(response).toEqual({ answer: { statusCode: 503, headers, body: '{"url":null}' } });
		expect([sent[0]?.signal?.aborted, bodies[0]?.destroyed]).toEqual([true, true]);
	});

	test.each([
		[64 * 1024, ''],
		[64 * 1024 + 1, '…'],
	])('reads 64 kB of an answer, and says where there is more: of %d bytes', async (length, end) => {
		const { gateway } = gatewayOf([
			{ statusCode: 200, chunks: [' '.repeat(length), 'not read'].slice(0, end ? 2 : 1) },
		]);
		const response = await gateway.send(lookup(), sending());
		expect(response).toEqual({ answer: { statusCode: 200, headers: {}, body: ' '.repeat(length) + end } });
	});

	test('is aborted by its own controller, and by no other signal of n8n', async () => {
		const controller = new AbortController();
		const { gateway, sent } = gatewayOf([new Error('aborted')]);
		await gateway.send(lookup(), sending(controller));
		expect(sent[0]?.signal).toBe(controller.signal);
	});

	test('that gets no answer is a failure of the network, or of the time that it had', async () => {
		const { gateway } = gatewayOf([new Error('reset'), new Error('aborted'), new Error('aborted')]);
		const ask = async (controller: AbortController) => await gateway.send(lookup(), sending(controller));
		expect(await ask(new AbortController())).toEqual({ failure: failure('network'), isTransient: true });
		const stopped = new AbortController();
		stopped.abort();
		expect(await ask(stopped)).toEqual({ failure: failure('network'), isTransient: true });
		const late = new AbortController();
		late.abort(TIMED_OUT);
		const message = `Wawp did not answer within ${TIMEOUT_MS} ms`;
		expect(await ask(late)).toEqual({ failure: failure('timeout', { message }), isTransient: true });
	});
});

describe('An answer', () => {
	const answered = (body: unknown, headers = {}) => ({ statusCode: 200, headers, body: JSON.stringify(body) });

	test('is judged by the contact, and by the token as it was sent', () => {
		const { gateway } = gatewayOf([]);
		const url = 'https://pps.whatsapp.net/1.jpg';
		expect(gateway.classifyAnswer(answered({ id: ID, url }), ID)).toEqual({
			kind: 'picture',
			id: ID,
			url,
			isNamed: true,
		});
		const repeated = answered({ id: ID, url: `${url}?t=token-1` });
		expect(gateway.classifyAnswer(repeated, ID)).toMatchObject({ failure: { reason: 'unexpected-response' } });
	});

	test('asks for a wait until a moment, by the time of day here where it has no date of its own', () => {
		const { gateway } = gatewayOf([]);
		const headers = { 'retry-after': new Date(NOW + 60_000).toUTCString() };
		expect(gateway.classifyAnswer({ statusCode: 429, headers, body: '' }, ID)).toMatchObject({
			failure: { retryAfterMs: 60_000 },
		});
	});
});

describe('What is about no contact', () => {
	test.each([
		[
			{ kind: 'session info', method: 'POST' },
			{ method: 'POST', url: 'https://api.wawp.net/v2/session/info' },
		],
		[
			{ kind: 'session info', method: 'GET' },
			{ method: 'GET', url: 'https://api.wawp.net/v2/session/info' },
		],
		[{ kind: 'control lookup' }, { method: 'GET', url: 'https://api.wawp.net/v2/contacts/profile-picture' }],
	] as const)('goes out as Wawp documents it, with the credential alone: %j', async (request, expected) => {
		const { gateway, sent } = gatewayOf([{ statusCode: 200 }]);
		await gateway.send(request, sending());
		expect(sent).toMatchObject([
			{ options: { ...expected, disableFollowRedirect: true }, more: { credentialsDecrypted: CREDENTIAL } },
		]);
		expect(sent[0]?.options).not.toHaveProperty('qs');
	});
});

test('The account is named by the credential, without what was copied along with it', () => {
	expect(gatewayOf([]).gateway.accountId).toBe('instance-1');
});

test('A gateway that cannot be asked fails every contact with the reason', async () => {
	const why = failure('credential-invalid');
	const gateway = noGateway(why);
	expect(gateway).toMatchObject({ fatalFailure: why, accountId: '' });
	expect(await gateway.send(lookup(), sending())).toEqual({ failure: why });
	const answer = { statusCode: 200, headers: {}, body: '' };
	expect(gateway.classifyAnswer(answer, ID)).toEqual({ kind: 'failure', failure: why });
});
