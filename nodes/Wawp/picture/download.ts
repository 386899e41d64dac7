import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { TIMED_OUT } from '../gateway/request';
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
			const { statusCode, headers, body } = await get(context, address, signal);
			if (statusCode === 200) return await readPicture(headers, body, signal);
			body.destroy();
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

interface Response {
	statusCode: number;
	headers: Record<string, unknown>;
	body: Body;
}

/** A stream, as far as it is used here. */
interface Body extends AsyncIterable<Buffer> {
	destroy(): void;
}

async function get(context: IExecuteFunctions, { href }: URL, signal: AbortSignal): Promise<Response> {
	const response = (await context.helpers.httpRequest({
		method: 'GET',
		url: href,
		// n8n's request helper has no limit for the length of an answer, so it is read, and counted, here.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// n8n would follow to any host, and to http.
		disableFollowRedirect: true,
		abortSignal: signal,
	})) as IN8nHttpFullResponse;
	return { statusCode: response.statusCode, headers: response.headers, body: response.body as unknown as Body };
}

async function readPicture(headers: Response['headers'], body: Body, signal: AbortSignal): Promise<Download> {
	const bytes = await readUpTo(LARGEST_PICTURE, headers, body, signal);
	if (!bytes) return REFUSED.size;
	const type = imageTypeOf(bytes);
	if (type === 'incomplete') return REFUSED.incomplete;
	return type ? { bytes, type } : REFUSED.content;
}

/** @returns `undefined` where there is more, of which nothing is kept */
async function readUpTo(
	most: number,
	headers: Response['headers'],
	body: Body,
	signal: AbortSignal,
): Promise<Buffer | undefined> {
	const end = () => body.destroy();
	signal.addEventListener('abort', end);
	try {
		signal.throwIfAborted();
		if (Number(headers['content-length']) > most) return undefined;
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of body) {
			size += chunk.length;
			if (size > most) return undefined;
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} finally {
		signal.removeEventListener('abort', end);
		end();
	}
}
