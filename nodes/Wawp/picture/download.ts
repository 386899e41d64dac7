import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { TIMED_OUT } from '../batch/openRequests';
import { pictureAddress } from './address';
import { type ImageType, imageTypeOf } from './image';
import { LARGEST_PICTURE, type Refusal, refusalAfter, refusalBy, REFUSED } from './refusal';

const MOST_REDIRECTS = 3;

/** A whole picture, or why there is none. */
export type Download = { bytes: Buffer; type: ImageType } | Refusal;

/**
 * Downloads a picture, once, from WhatsApp's own servers and without the gateway's credential.
 *
 * @param url as the gateway gave it
 * @param timeoutMs the time after which `signal` fires, for the words of the failure
 * @param signal aborts the download; the reason `TIMED_OUT` makes that a time-out
 * @returns never rejects
 */
export async function downloadPicture(
	context: IExecuteFunctions,
	url: string,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<Download> {
	try {
		let address = pictureAddress(url);
		if (!address) return REFUSED.address;
		for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
			const reply = await get(context, address, signal);
			const { statusCode, headers } = reply;
			if (statusCode === 200) return await readPicture(reply);
			reply.hangUp();
			const { location } = headers;
			if (statusCode < 300 || statusCode >= 400 || typeof location !== 'string') {
				return refusalBy(statusCode, headers, Date.now());
			}
			address = pictureAddress(location, address);
			if (!address) return REFUSED.redirect;
		}
		return REFUSED.manyRedirects;
	} catch (error) {
		return refusalAfter(error, timeoutMs, signal.reason === TIMED_OUT);
	}
}

/** An answer whose body has not been read yet. */
interface Reply {
	statusCode: number;
	headers: Record<string, unknown>;
	chunks: AsyncIterable<Buffer>;
	/** To be called once, whether or not the body was read: else its connection stays open. */
	hangUp(): void;
}

async function get(context: IExecuteFunctions, { href }: URL, signal: AbortSignal): Promise<Reply> {
	const unwanted = new AbortController();
	const response = (await context.helpers.httpRequest({
		method: 'GET',
		url: href,
		// n8n's request helper has no limit for the length of an answer, so it is read, and counted, here.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// n8n would follow to any host, and to http.
		disableFollowRedirect: true,
		abortSignal: AbortSignal.any([signal, unwanted.signal]),
	})) as IN8nHttpFullResponse;
	const body = response.body as unknown as AsyncIterable<Buffer> & { destroy(): void };
	return {
		statusCode: response.statusCode,
		headers: response.headers,
		chunks: body,
		hangUp: () => {
			// In n8n 2 that does not reach the connection where nothing was read, and to abort alone would make the body
			// throw where nobody listens.
			body.destroy();
			unwanted.abort();
		},
	};
}

async function readPicture(reply: Reply): Promise<Download> {
	const bytes = await readUpTo(LARGEST_PICTURE, reply);
	if (!bytes) return REFUSED.size;
	const type = imageTypeOf(bytes);
	if (type === 'incomplete') return REFUSED.incomplete;
	return type ? { bytes, type } : REFUSED.content;
}

/** @returns `undefined` where there is more, of which nothing is kept */
async function readUpTo(most: number, { headers, chunks, hangUp }: Reply): Promise<Buffer | undefined> {
	try {
		if (Number(headers['content-length']) > most) return undefined;
		const read: Buffer[] = [];
		let size = 0;
		for await (const chunk of chunks) {
			size += chunk.length;
			if (size > most) return undefined;
			read.push(chunk);
		}
		return Buffer.concat(read);
	} finally {
		hangUp();
	}
}
