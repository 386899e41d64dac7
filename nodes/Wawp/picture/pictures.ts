import type { IBinaryData, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { failure } from '../failure';
import { TIMED_OUT } from '../limits/inFlightRequests';
import { errorMessage } from '../n8n/errors';
import { clientTimeout, readUpTo, type Reply, replyOf } from '../n8n/streamedResponse';
import { expiryOf, pictureAddress } from './address';
import {
	LARGEST_PICTURE,
	type DownloadFailure,
	downloadFailureByError,
	downloadFailureByStatus,
	DOWNLOAD_FAILURES,
} from './downloadFailure';
import { type ImageType, imageTypeOf } from './image';

/** A picture that the gateway has given the URL of. */
export interface PictureReference {
	/** As the gateway returned it. */
	id: string;
	url: string;
	/** The canonical ID that was asked for. */
	contactId: string;
}

/** WhatsApp's pictures, as a run needs them. */
export interface Pictures {
	/** Whether an address says of itself that it has expired. */
	hasExpired(url: string): boolean;
	/** Downloads a picture, once. Settles soon after the signal has fired, and does not reject. */
	fetch(picture: PictureReference, signal: AbortSignal): Promise<{ file: IBinaryData } | DownloadFailure>;
}

/**
 * The pictures, handed to n8n as binary data: it keeps them in memory, on disk or elsewhere, as it is set up.
 *
 * @param timeoutMs for one download
 * @param timeOfDay in milliseconds since 1970; by the gateway's clock, because this machine's can be wrong
 */
export function picturesFor(context: IExecuteFunctions, timeoutMs: number, timeOfDay: () => number): Pictures {
	return {
		hasExpired: (url) => (expiryOf(url)?.getTime() ?? Infinity) <= timeOfDay(),
		fetch: async (picture, signal) => {
			const download = await downloadPicture(context, picture.url, timeoutMs, signal);
			if ('failure' in download) return download;
			const { bytes, type } = download;
			const fileName = `${nameOf(picture.id) ?? nameOf(picture.contactId)}.${type.extension}`;
			try {
				return { file: await context.helpers.prepareBinaryData(bytes, fileName, type.mimeType) };
			} catch (error) {
				const message = 'n8n could not store the picture';
				const description = `Check n8n's storage for binary data and its free space. ${errorMessage(error)}`;
				return { failure: failure('download-failed', { message, description, retryable: false }) };
			}
		},
	};
}

/** The digits of a person's ID, or the ID of a group: nothing that could name another folder. */
function nameOf(id: string): string | undefined {
	return /^\d[\d-]{3,39}(?=[@:])/.exec(id)?.[0];
}

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
