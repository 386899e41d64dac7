import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { Readable } from 'node:stream';

import { failure } from '../../../nodes/Wawp/failure';
import { gatewayWith, noGateway, type SendInTurn } from '../../../nodes/Wawp/gateway/gateway';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';

const ID = '15551234567@c.us';
const TIMEOUT_MS = 4_321;
const NOW = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;
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

/** A request of an instance that was asked for nothing before. */
const sending = (controller = new AbortController()) => ({ controller, shared: {} });

const inTurn: SendInTurn = async (request) => await request(sending());

describe('A look-up', () => {
	test.each([true, false])('goes out as Wawp documents it, with refresh=%p', async (refresh) => {
		const { gateway, sent } = gatewayOf([{ statusCode: 200 }]);
		await gateway.ask({ contactId: ID, refresh }, sending());
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
		await gateway.ask({ contactId: ID, refresh: false }, sending());
		expect(sent).toMatchObject([{ type: 'wawpApi', more: { credentialsDecrypted: CREDENTIAL } }]);
	});

	test('gives the answer as it came, and closes its connection', async () => {
		const headers = { date: 'Sun, 22 Nov 2026 12:00:00 GMT' };
		const { gateway, sent, bodies } = gatewayOf([{ statusCode: 503, headers, chunks: ['{"url"', ':null}'] }]);
		const response = await gateway.ask({ contactId: ID, refresh: false }, sending());
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
		const response = await gateway.ask({ contactId: ID, refresh: false }, sending());
		expect(response).toEqual({ answer: { statusCode: 200, headers: {}, body: ' '.repeat(length) + end } });
	});

	test('is aborted by its own controller, and by no other signal of n8n', async () => {
		const controller = new AbortController();
		const { gateway, sent } = gatewayOf([new Error('aborted')]);
		await gateway.ask({ contactId: ID, refresh: false }, sending(controller));
		expect(sent[0]?.signal).toBe(controller.signal);
	});

	test('that gets no answer is a failure of the network, or of the time that it had', async () => {
		const { gateway } = gatewayOf([new Error('reset'), new Error('aborted'), new Error('aborted')]);
		const ask = async (controller: AbortController) =>
			await gateway.ask({ contactId: ID, refresh: false }, sending(controller));
		expect(await ask(new AbortController())).toEqual({ failure: failure('network') });
		const stopped = new AbortController();
		stopped.abort();
		expect(await ask(stopped)).toEqual({ failure: failure('network') });
		const late = new AbortController();
		late.abort(TIMED_OUT);
		const message = `Wawp did not answer within ${TIMEOUT_MS} ms`;
		expect(await ask(late)).toEqual({ failure: failure('timeout', { message }) });
	});
});

describe('An answer', () => {
	const answered = (body: unknown, headers = {}) => ({ statusCode: 200, headers, body: JSON.stringify(body) });

	test('is judged by the contact, and by the token as it was sent', () => {
		const { gateway } = gatewayOf([]);
		const url = 'https://pps.whatsapp.net/1.jpg';
		expect(gateway.classifyAnswer(answered({ id: ID, url }), ID).outcome).toEqual({ kind: 'picture', id: ID, url });
		const repeated = answered({ id: ID, url: `${url}?t=token-1` });
		expect(gateway.classifyAnswer(repeated, ID).outcome).toMatchObject({ failure: { reason: 'unexpected-response' } });
	});

	test('tells the time of day by the gateway’s clock, until another one tells it', () => {
		const { gateway } = gatewayOf([]);
		const told = (date?: number) => {
			const headers = date === undefined ? {} : { date: new Date(date).toUTCString() };
			gateway.classifyAnswer(answered({}, headers), ID);
			return gateway.timeOfDay() - NOW;
		};
		expect(gateway.timeOfDay()).toBe(NOW);
		expect([told(NOW - HOUR), told(), told(NOW + HOUR), told()]).toEqual([-HOUR, -HOUR, HOUR, HOUR]);
	});

	test('asks for a wait until a moment, by the time of day here where it has no date of its own', () => {
		const { gateway } = gatewayOf([]);
		const headers = { 'retry-after': new Date(NOW + 60_000).toUTCString() };
		expect(gateway.classifyAnswer({ statusCode: 429, headers, body: '' }, ID).outcome).toMatchObject({
			failure: { retryAfterMs: 60_000 },
		});
	});
});

describe('The session', () => {
	const working = { statusCode: 200, chunks: ['{"status":"WORKING"}'] };

	test('is asked about when its turn has come, by POST', async () => {
		const { gateway, sent } = gatewayOf([working]);
		expect(await gateway.askForSession(inTurn)).toEqual({ kind: 'works' });
		const request = { method: 'POST', url: 'https://api.wawp.net/v2/session/info', disableFollowRedirect: true };
		expect(sent).toMatchObject([{ options: request, more: { credentialsDecrypted: CREDENTIAL } }]);
		expect(sent[0]?.options).not.toHaveProperty('qs');
	});

	test('is asked about by GET from then on where there is no POST', async () => {
		const { gateway, sent } = gatewayOf([{ statusCode: 404 }, working, working]);
		for (let asked = 0; asked < 2; asked += 1) expect(await gateway.askForSession(inTurn)).toEqual({ kind: 'works' });
		expect(sent.map(({ options }) => options.method)).toEqual(['POST', 'GET', 'GET']);
	});

	test('is unknown where no answer came, or the request was not sent', async () => {
		const { gateway, sent } = gatewayOf([new Error('reset')]);
		expect(await gateway.askForSession(inTurn)).toEqual({ kind: 'unknown', isInTrouble: true });
		expect(await gateway.askForSession(async () => undefined)).toMatchObject({ kind: 'unknown' });
		expect(sent).toHaveLength(1);
	});
});

describe('The instance', () => {
	test('is named by the credential, without what was copied along with it', () => {
		expect(gatewayOf([]).gateway.instanceId).toBe('instance-1');
	});
});

describe('A gateway that cannot be asked', () => {
	const why = failure('credential-invalid');
	const gateway = noGateway(why);

	test('fails every contact with the reason, and knows nothing of the session', async () => {
		expect(gateway).toMatchObject({ fatalFailure: why, instanceId: '' });
		expect(await gateway.ask({ contactId: ID, refresh: false }, sending())).toEqual({ failure: why });
		const answer = { statusCode: 200, headers: {}, body: '' };
		expect(gateway.classifyAnswer(answer, ID)).toEqual({ outcome: { kind: 'failure', failure: why } });
		expect(await gateway.askForSession(inTurn)).toEqual({ kind: 'unknown' });
	});

	test('has the time of day of this machine', () => {
		expect(gateway.timeOfDay()).toBe(NOW);
	});
});
