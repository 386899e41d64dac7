import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { failure } from '../failure';
import { errorMessage } from '../n8n/errors';
import { expiryOf } from './address';
import { downloadPicture } from './download';
import type { DownloadFailure } from './downloadFailure';

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
				return { failure: failure('download-failed', { message, description }) };
			}
		},
	};
}

/** The digits of a person's ID, or the ID of a group: nothing that could name another folder. */
function nameOf(id: string): string | undefined {
	return /^\d[\d-]{3,39}(?=[@:])/.exec(id)?.[0];
}
