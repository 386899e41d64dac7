import type { IBinaryData, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { failure } from '../failure';
import { TIMED_OUT } from '../limits/inFlightRequests';
import { errorMessage } from '../n8n/errors';
import { clientTimeout, readUpTo, type Reply, replyOf } from '../n8n/streamedResponse';
import { pictureAddress } from './address';
import {
	DOWNLOAD_FAILURES,
	type DownloadFailure,
	downloadFailureByError,
	downloadFailureByStatus,
	LARGEST_PICTURE,
} from './downloadFailure';
import { type ImageType, imageTypeOf } from './image';

const MOST_REDIRECTS = 3;

/** A picture that can be downloaded. */
export interface PictureReference {
	/** From the gateway, as `url`. */
	id: string;
	url: string;
	/** Canonical, as it was looked up. */
	contactId: string;
}

/** The picture servers, as a run needs them. */
export interface Pictures {
	/**
	 * Downloads a picture from WhatsApp's own servers, without the gateway's credential. Never rejects.
	 *
	 * @param signal aborts the download, as a timeout if its reason is `TIMED_OUT`
	 */
	fetch(picture: PictureReference, signal: AbortSignal): Promise<{ file: IBinaryData } | DownloadFailure>;
}

/** Hands pictures to n8n, whose settings decide where they are kept. */
export function picturesFor(context: IExecuteFunctions, timeoutMs: number): Pictures {
	return {
		fetch: async ({ id, url, contactId }, signal) => {
			const picture = await download(context, url, timeoutMs, signal);
			if ('failure' in picture) return picture;
			const { bytes, type } = picture;
			const fileName = `${digitsOf(id) ?? digitsOf(contactId)}.${type.extension}`;
			try {
				return { file: await context.helpers.prepareBinaryData(bytes, fileName, type.mimeType) };
			} catch (error) {
				const message = 'n8n could not store the picture';
				const description = `Check n8n's storage for binary data and its free space. ${errorMessage(error)}`;
				return { failure: failure('download-failed', { message, description }) };
			}
		},
	};
}

/** For the file name: digits cannot name another folder. */
function digitsOf(id: string): string | undefined {
	return /^\d[\d-]{3,39}(?=[@:])/.exec(id)?.[0];
}

type Download = { bytes: Buffer; type: ImageType } | DownloadFailure;

async function download(
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
		// n8n would follow to any host, also by http.
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
