import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { Readable } from 'node:stream';

import { failure } from '../../../nodes/Wawp/failure';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import {
	DOWNLOAD_FAILURES,
	downloadFailureByError,
	downloadFailureByStatus,
	LARGEST_PICTURE,
} from '../../../nodes/Wawp/picture/downloadFailure';
import { picturesFor } from '../../../nodes/Wawp/picture/pictures';

const ID = '15551234567@c.us';
const URL = 'https://pps.whatsapp.net/v/1.jpg?oe=66BC702E';
const TIMEOUT_MS = 4_321;

interface Reply {
	statusCode: number;
	headers?: Record<string, unknown>;
	chunks?: Buffer[];
}

/** The shortest JPEG there is, and any longer one. */
const jpegOf = (size: number) => {
	const end = Buffer.from('ffd9', 'hex');
	return Buffer.concat([Buffer.from('ffd8ffda', 'hex'), Buffer.alloc(size - 6), end], size);
};
const JPEG = jpegOf(20);
const picture: Reply = { statusCode: 200, chunks: [JPEG.subarray(0, 9), JPEG.subarray(9)] };
const redirect = (location: unknown, statusCode = 302): Reply => ({ statusCode, headers: { location } });
const FILE = { data: 'kept', mimeType: 'image/jpeg' };

interface Given {
	url?: string;
	id?: string;
	contactId?: string;
	signal?: AbortSignal;
	store?: () => unknown;
}

/** What comes of a download, which requests were sent for it, what n8n was given, and whether each answer was closed. */
async function download(replies: Array<Reply | Error>, given: Given = {}) {
	const { url = URL, id = ID, contactId = ID, signal = new AbortController().signal, store = () => FILE } = given;
	const sent: IHttpRequestOptions[] = [];
	const bodies: Readable[] = [];
	const stored: unknown[][] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		sent.push(options);
		const reply = replies[sent.length - 1] ?? new Error('No more was expected');
		if (reply instanceof Error) throw reply;
		const body = Readable.from(reply.chunks ?? []);
		bodies.push(body);
		return { headers: {}, ...reply, body };
	};
	const prepareBinaryData = async (...file: unknown[]) => {
		stored.push(file);
		return store();
	};
	const context = { helpers: { httpRequest, prepareBinaryData } } as unknown as IExecuteFunctions;
	const result = await picturesFor(context, TIMEOUT_MS).fetch({ id, url, contactId }, signal);
	const areClosed = bodies.every(({ destroyed }, index) => destroyed && sent[index]?.abortSignal?.aborted === true);
	return { result, sent, stored, asked: sent.map((options) => options.url), areClosed };
}

describe('A download', () => {
	test('hands the bytes of the picture to n8n, with their type', async () => {
		const { result, stored, areClosed } = await download([picture]);
		expect(result).toEqual({ file: FILE });
		expect(stored).toEqual([[JPEG, '15551234567.jpg', 'image/jpeg']]);
		expect(areClosed).toBe(true);
	});

	test.each<[string, string]>([
		['15551234567:12@s.whatsapp.net', '15551234567'],
		['15551234567-1500000000@g.us', '15551234567-1500000000'],
		['1234@lid', '1234'],
		...['123@lid', '../../etc/passwd@c.us', '../15551234567@c.us', '15551234567'].map((id): [string, string] => [
			id,
			'4920',
		]),
		[`${'1'.repeat(40)}@c.us`, '1'.repeat(40)],
		[`${'1'.repeat(41)}@c.us`, '4920'],
	])("names the file after the picture's ID, or else the contact's: %s", async (id, name) => {
		expect((await download([picture], { id, contactId: '4920@c.us' })).stored[0]?.[1]).toBe(`${name}.jpg`);
	});

	test('leaves redirects, statuses, length and time to this node', async () => {
		const { sent } = await download([picture]);
		expect(sent).toEqual([
			{
				method: 'GET',
				url: URL,
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: TIMEOUT_MS + 10_000,
				abortSignal: expect.any(AbortSignal) as AbortSignal,
			},
		]);
	});

	test('ends with the signal that it was given', async () => {
		const stop = new AbortController();
		const { sent } = await download([new Error('aborted')], { signal: stop.signal });
		expect(sent[0]?.abortSignal?.aborted).toBe(false);
		stop.abort();
		expect(sent[0]?.abortSignal?.aborted).toBe(true);
	});

	test.each([300, 301, 302, 303, 307, 308, 399])('follows a redirect with status %d', async (statusCode) => {
		const { result, asked, areClosed } = await download([redirect('/v/2.jpg', statusCode), picture]);
		expect(result).toEqual({ file: FILE });
		expect(asked).toEqual([URL, 'https://pps.whatsapp.net/v/2.jpg']);
		expect(areClosed).toBe(true);
	});

	test('follows three redirects, each from where the one before it led, and no more', async () => {
		const leads = [redirect('https://mmg.whatsapp.net/a/1'), redirect('2'), redirect('3')];
		const { result, asked } = await download([...leads, picture]);
		expect(result).toEqual({ file: FILE });
		expect(asked.slice(1)).toEqual(['1', '2', '3'].map((name) => `https://mmg.whatsapp.net/a/${name}`));
		const { result: failed, asked: last } = await download([...leads, redirect('4'), picture]);
		expect(failed).toBe(DOWNLOAD_FAILURES.manyRedirects);
		expect(last).toHaveLength(4);
	});

	test.each<[string, Buffer[]]>([
		['in one piece', [jpegOf(LARGEST_PICTURE)]],
		['in pieces', [jpegOf(LARGEST_PICTURE).subarray(0, 7), jpegOf(LARGEST_PICTURE).subarray(7)]],
	])('takes a picture of exactly the largest size, %s', async (_what, chunks) => {
		for (const headers of [{ 'content-length': String(LARGEST_PICTURE) }, {}]) {
			const { stored } = await download([{ statusCode: 200, chunks, headers }]);
			expect(stored[0]?.[0]).toHaveLength(LARGEST_PICTURE);
		}
	});
});

describe('There is no picture', () => {
	afterEach(() => jest.restoreAllMocks());

	test.each(['https://example.com/1.jpg', 'http://pps.whatsapp.net/1.jpg', 'no address'])(
		"at a URL that is not one of WhatsApp's own, and no request: %s",
		async (url) => {
			const { result, asked } = await download([picture], { url });
			expect(result).toBe(DOWNLOAD_FAILURES.address);
			expect(asked).toEqual([]);
		},
	);

	test('where a redirect leads elsewhere, which is not followed', async () => {
		const { result, asked, areClosed } = await download([redirect('https://example.com/1.jpg'), picture]);
		expect(result).toBe(DOWNLOAD_FAILURES.redirect);
		expect(asked).toEqual([URL]);
		expect(areClosed).toBe(true);
	});

	test.each<[string, Reply]>([
		["below a redirect's", redirect('/v/2.jpg', 299)],
		["above a redirect's", redirect('/v/2.jpg', 400)],
		['of a success without a picture', redirect('/v/2.jpg', 204)],
		['of a redirect to nowhere', { statusCode: 302 }],
		['of a redirect to something other than text', redirect(['/v/2.jpg'])],
		['of a URL that has expired', { statusCode: 410 }],
		['of trouble', { statusCode: 503, headers: { 'retry-after': '7' } }],
	])('under a status %s', async (_what, reply) => {
		const { result, asked, areClosed } = await download([reply, picture]);
		expect(result).toEqual(downloadFailureByStatus(reply.statusCode, reply.headers ?? {}, Date.now()));
		expect(asked).toEqual([URL]);
		expect(areClosed).toBe(true);
	});

	test("before the moment that the server names, by this machine's clock if the answer has no date", async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-22T12:00:00Z'));
		const headers = { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' };
		const { result } = await download([{ statusCode: 429, headers }]);
		expect(result).toHaveProperty('failure.retryAfterMs', 30_000);
	});

	test.each<[string, Reply]>([
		['as it is announced', { ...picture, headers: { 'content-length': String(LARGEST_PICTURE + 1) } }],
		['as it arrives', { statusCode: 200, chunks: [jpegOf(LARGEST_PICTURE), Buffer.alloc(1)] }],
	])('that is larger than the limit, %s', async (_what, reply) => {
		expect(await download([reply])).toMatchObject({ result: DOWNLOAD_FAILURES.size, stored: [], areClosed: true });
	});

	test('in what is no image, or not a whole one', async () => {
		const page = { statusCode: 200, chunks: [Buffer.from('<html>Sign in</html>')] };
		expect(await download([page])).toMatchObject({ result: DOWNLOAD_FAILURES.content, stored: [] });
		const half = { statusCode: 200, chunks: [JPEG.subarray(0, 18)] };
		expect(await download([half])).toMatchObject({ result: DOWNLOAD_FAILURES.incomplete, stored: [] });
	});

	test('where the connection breaks down, or the time is up', async () => {
		const reset = Object.assign(new Error(), { code: 'ECONNRESET' });
		const broken = downloadFailureByError(reset, TIMEOUT_MS, false);
		expect((await download([reset])).result).toEqual(broken);
		expect((await download([reset], { signal: AbortSignal.abort() })).result).toEqual(broken);
		const { result } = await download([reset], { signal: AbortSignal.abort(TIMED_OUT) });
		expect(result).toEqual(downloadFailureByError(reset, TIMEOUT_MS, true));
	});

	test('that n8n can store, and trying again at once would not help', async () => {
		const store = () => {
			throw new Error('no space left on device');
		};
		const message = 'n8n could not store the picture';
		const description = "Check n8n's storage for binary data and its free space. n8n says: no space left on device";
		expect((await download([picture], { store })).result).toStrictEqual({
			failure: failure('download-failed', { message, description, retryable: true }),
		});
	});
});
