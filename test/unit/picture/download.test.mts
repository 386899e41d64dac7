import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { Readable } from 'node:stream';

import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import { downloadPicture } from '../../../nodes/Wawp/picture/pictures';
import {
	DOWNLOAD_FAILURES,
	downloadFailureByError,
	downloadFailureByStatus,
	LARGEST_PICTURE,
} from '../../../nodes/Wawp/picture/downloadFailure';

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

/** What comes of a download, which requests were sent for it, and whether what came of each was closed. */
async function download(replies: Array<Reply | Error>, url = URL, signal = new AbortController().signal) {
	const sent: IHttpRequestOptions[] = [];
	const bodies: Readable[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		sent.push(options);
		const reply = replies[sent.length - 1] ?? new Error('No more was expected');
		if (reply instanceof Error) throw reply;
		const body = Readable.from(reply.chunks ?? []);
		bodies.push(body);
		return { headers: {}, ...reply, body };
	};
	const context = { helpers: { httpRequest } } as unknown as IExecuteFunctions;
	const result = await downloadPicture(context, url, TIMEOUT_MS, signal);
	const areClosed = bodies.every(({ destroyed }, index) => destroyed && sent[index]?.abortSignal?.aborted === true);
	return { result, sent, asked: sent.map((options) => options.url), areClosed };
}

describe('A download', () => {
	test('gets the bytes of the picture, and what kind they are', async () => {
		const { result, areClosed } = await download([picture]);
		expect(result).toEqual({ bytes: JPEG, type: { extension: 'jpg', mimeType: 'image/jpeg' } });
		expect(areClosed).toBe(true);
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
		const { sent } = await download([new Error('aborted')], URL, stop.signal);
		expect(sent[0]?.abortSignal?.aborted).toBe(false);
		stop.abort();
		expect(sent[0]?.abortSignal?.aborted).toBe(true);
	});

	test.each([300, 301, 302, 303, 307, 308, 399])('follows a redirect with status %d', async (statusCode) => {
		const { result, asked, areClosed } = await download([redirect('/v/2.jpg', statusCode), picture]);
		expect(result).toHaveProperty('bytes', JPEG);
		expect(asked).toEqual([URL, 'https://pps.whatsapp.net/v/2.jpg']);
		expect(areClosed).toBe(true);
	});

	test('follows three redirects, each from where the one before it led, and no more', async () => {
		const leads = [redirect('https://mmg.whatsapp.net/a/1'), redirect('2'), redirect('3')];
		const { result, asked } = await download([...leads, picture]);
		expect(result).toHaveProperty('bytes', JPEG);
		expect(asked.slice(1)).toEqual(['1', '2', '3'].map((name) => `https://mmg.whatsapp.net/a/${name}`));
		const { result: failed, asked: last } = await download([...leads, redirect('4'), picture]);
		expect(failed).toBe(DOWNLOAD_FAILURES.manyRedirects);
		expect(last).toHaveLength(4);
	});

	test.each<[string, Buffer[]]>([
		['in one piece', [jpegOf(LARGEST_PICTURE)]],
		['in pieces', [jpegOf(LARGEST_PICTURE).subarray(0, 7), jpegOf(LARGEST_PICTURE).subarray(7)]],
	])('takes a picture of exactly the largest size, %s', async (_what, chunks) => {
		const headers = { 'content-length': String(LARGEST_PICTURE) };
		for (const given of [{ headers }, {}]) {
			expect((await download([{ statusCode: 200, chunks, ...given }])).result).toHaveProperty(
				'bytes.length',
				LARGEST_PICTURE,
			);
		}
	});
});

describe('There is no picture', () => {
	afterEach(() => jest.restoreAllMocks());

	test.each(['https://example.com/1.jpg', 'http://pps.whatsapp.net/1.jpg', 'no address'])(
		'at an address that is not one of WhatsApp’s, and no request: %s',
		async (url) => {
			const { result, asked } = await download([picture], url);
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
		['below a redirect’s', redirect('/v/2.jpg', 299)],
		['above a redirect’s', redirect('/v/2.jpg', 400)],
		['of a success without a picture', redirect('/v/2.jpg', 204)],
		['of a redirect to nowhere', { statusCode: 302 }],
		['of a redirect to what is no text', redirect(['/v/2.jpg'])],
		['of an address that has expired', { statusCode: 410 }],
		['of trouble', { statusCode: 503, headers: { 'retry-after': '7' } }],
	])('under a status %s', async (_what, reply) => {
		const { result, asked, areClosed } = await download([reply, picture]);
		expect(result).toEqual(downloadFailureByStatus(reply.statusCode, reply.headers ?? {}, Date.now()));
		expect(asked).toEqual([URL]);
		expect(areClosed).toBe(true);
	});

	test('before the moment that the server names, by this machine’s clock where the answer has no date', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-22T12:00:00Z'));
		const headers = { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' };
		const { result } = await download([{ statusCode: 429, headers }]);
		expect(result).toHaveProperty('failure.retryAfterMs', 30_000);
	});

	test('that is larger than is taken, by its own word, or once too much of it has come', async () => {
		const tooLong = { 'content-length': String(LARGEST_PICTURE + 1) };
		const declared = await download([{ ...picture, headers: tooLong }]);
		expect(declared).toMatchObject({ result: DOWNLOAD_FAILURES.size, areClosed: true });
		const arrived = await download([{ statusCode: 200, chunks: [jpegOf(LARGEST_PICTURE), Buffer.alloc(1)] }]);
		expect(arrived).toMatchObject({ result: DOWNLOAD_FAILURES.size, areClosed: true });
	});

	test('in what is no image, or not a whole one', async () => {
		const page = { statusCode: 200, chunks: [Buffer.from('<html>Sign in</html>')] };
		expect((await download([page])).result).toBe(DOWNLOAD_FAILURES.content);
		const half = { statusCode: 200, chunks: [JPEG.subarray(0, 18)] };
		expect((await download([half])).result).toBe(DOWNLOAD_FAILURES.incomplete);
	});

	test('where the connection breaks down, and why is told', async () => {
		const reset = Object.assign(new Error(), { code: 'ECONNRESET' });
		expect((await download([reset])).result).toEqual(downloadFailureByError(reset, TIMEOUT_MS, false));
		const { result } = await download([reset], URL, AbortSignal.abort());
		expect(result).toEqual(downloadFailureByError(reset, TIMEOUT_MS, false));
	});

	test('where its time was up', async () => {
		const { result } = await download([new Error('aborted')], URL, AbortSignal.abort(TIMED_OUT));
		expect(result).toMatchObject({ failure: { message: 'The picture did not arrive within 4321 ms' } });
	});
});
