import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { TIMED_OUT } from '../limits/inFlightRequests';
import { clientTimeout, readUpTo, type Reply, replyOf } from '../n8n/streamedResponse';
import { pictureAddress } from './address';
import {
	LARGEST_PICTURE,
	type DownloadFailure,
	downloadFailureByError,
	downloadFailureByStatus,
	DOWNLOAD_FAILURES,
} from './downloadFailure';
import { type ImageType, imageTypeOf } from './image';

const MOST_REDIRECTS = 3;

/** A whole picture, or why there is none. */
export type Download = { bytes: Buffer; type: ImageType } | DownloadFailure;

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
		if (!address) return DOWNLOAD_FAILURES.address;
		for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
			const reply = await get(context, address, timeoutMs, signal);
			const { statusCode, headers } = reply;
			if (statusCode === 200) return await readPicture(reply);
			reply.close();
			const { location } = headers;
			if (statusCode < 300 || statusCode >= 400 || typeof location !== 'string') {
				return downloadFailureByStatus(statusCode, headers, Date.now());
			}
			address = pictureAddress(location, address);
			if (!address) return DOWNLOAD_FAILURES.redirect;
		}
		return DOWNLOAD_FAILURES.manyRedirects;
	} catch (error) {
		return downloadFailureByError(error, timeoutMs, signal.reason === TIMED_OUT);
	}
}

async function get(context: IExecuteFunctions, { href }: URL, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
	const unwanted = new AbortController();
	const response = (await context.helpers.httpRequest({
		method: 'GET',
		url: href,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// n8n would follow to any host, and to http.
		disableFollowRedirect: true,
		timeout: clientTimeout(timeoutMs),
		abortSignal: AbortSignal.any([signal, unwanted.signal]),
	})) as IN8nHttpFullResponse;
	return replyOf(response, unwanted);
}

async function readPicture(reply: Reply): Promise<Download> {
	if (Number(reply.headers['content-length']) > LARGEST_PICTURE) {
		reply.close();
		return DOWNLOAD_FAILURES.size;
	}
	const { chunks, isWhole } = await readUpTo(LARGEST_PICTURE, reply);
	if (!isWhole) return DOWNLOAD_FAILURES.size;
	const bytes = Buffer.concat(chunks);
	const type = imageTypeOf(bytes);
	if (type === 'incomplete') return DOWNLOAD_FAILURES.incomplete;
	return type ? { bytes, type } : DOWNLOAD_FAILURES.content;
}
