import { failure, type Failure } from '../failure';
import { retryAfterMs } from '../limits/retryAfter';
import { type TransportError, transportErrorOf } from '../n8n/transportError';

/** The largest picture that is taken, in bytes. WhatsApp's own have some tens of thousands. */
export const LARGEST_PICTURE = 5 * 1024 * 1024;

/** Why a picture could not be had. */
export interface DownloadFailure {
	failure: Failure;
	/** Whether a fresh address may help: this one has expired, or its picture has been changed or removed. */
	hasExpired?: true;
}

const downloadFailed = (overrides: Partial<Failure>): DownloadFailure => ({
	failure: failure('download-failed', overrides),
});

const USE_URL = 'If you trust the URL, use it as it is: it is in error.url';

const NOT_FOLLOWED = {
	description: `Only pictures from https URLs under whatsapp.net are downloaded. ${USE_URL}`,
	retryable: false,
};

const LATER = 'Try this contact again later';
const LOOK = "Open the picture's URL in a browser to see what is there";

/** What is wrong with an address, or with what came from it. */
export const DOWNLOAD_FAILURES = {
	address: downloadFailed({ ...NOT_FOLLOWED, message: "The picture's URL is not one of WhatsApp's own" }),
	redirect: downloadFailed({
		...NOT_FOLLOWED,
		message: "The picture's URL redirects to one that is not WhatsApp's own, which is not followed",
	}),
	manyRedirects: downloadFailed({
		message: "The picture's URL redirects too many times",
		description: LOOK,
		retryable: false,
	}),
	size: downloadFailed({
		message: `The picture is larger than ${LARGEST_PICTURE / 1024 ** 2} MB`,
		description: USE_URL,
		retryable: false,
	}),
	content: downloadFailed({
		message: 'The downloaded file is not an image',
		description: 'Check that no proxy or sign-in page stands between n8n and pps.whatsapp.net',
		retryable: false,
	}),
	incomplete: downloadFailed({ message: 'The picture arrived incomplete', description: LATER }),
} satisfies Record<string, DownloadFailure>;

const EXPIRED_STATUSES = new Set([403, 404, 410]);

/**
 * Judges an answer of the picture's server that is no picture, by its status.
 *
 * @param statusCode any but 200
 * @param headers names in lower case
 * @param now milliseconds since 1970; a Retry-After date is measured against it
 */
export function downloadFailureByStatus(
	statusCode: number,
	headers: Record<string, unknown>,
	now: number,
): DownloadFailure {
	if (EXPIRED_STATUSES.has(statusCode)) {
		const expired = downloadFailed({
			message: `WhatsApp no longer serves the picture at this URL (status ${statusCode})`,
			description:
				'It may have been changed or removed just now. If it happens to many contacts, check that your proxy or firewall allows pps.whatsapp.net',
			statusCode,
		});
		return { ...expired, hasExpired: true };
	}
	const mayPass = statusCode === 408 || statusCode === 429 || statusCode >= 500;
	const wait = mayPass ? retryAfterMs(headers, now) : undefined;
	return downloadFailed({
		message: `WhatsApp's picture server answered with status ${statusCode}`,
		description: mayPass ? LATER : LOOK,
		statusCode,
		...(wait !== undefined && { retryAfterMs: wait }),
	});
}

/**
 * Judges a download that broke down.
 *
 * @param error what was thrown
 * @param timeoutMs the time-out that applied, in milliseconds
 * @param timedOut whether that time-out ended the download
 */
export function downloadFailureByError(error: unknown, timeoutMs: number, timedOut: boolean): DownloadFailure {
	return downloadFailed(
		timedOut
			? { ...TOO_SLOW, message: `The picture did not arrive within ${timeoutMs} ms` }
			: BY_TRANSPORT_ERROR[transportErrorOf(error)],
	);
}

const TOO_SLOW = {
	message: 'The picture did not arrive in time',
	description: "Try this contact again later, or raise 'Timeout' under Options",
};

const BY_TRANSPORT_ERROR: Record<TransportError, Partial<Failure>> = {
	timeout: TOO_SLOW,
	certificate: {
		message: "The certificate that came from WhatsApp's picture server is not trusted",
		description:
			'If your company inspects encrypted traffic, ask your n8n administrator to add its certificate to n8n (NODE_EXTRA_CA_CERTS)',
	},
	'unknown-host': { message: "WhatsApp's picture server, or your proxy, was not found on the network" },
	refused: { message: "The connection to WhatsApp's picture server was refused" },
	'broke-off': { message: 'The download of the picture broke off', description: LATER },
	other: {},
};
