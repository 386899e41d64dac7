import { failure, type Failure } from '../failure';
import { RETRY, retryAfterMs } from '../limits/retryPolicy';
import { type TransportError, transportErrorOf } from '../n8n/transportError';

/** In bytes. WhatsApp's own pictures have some tens of thousands. */
export const LARGEST_PICTURE = 5 * 1024 * 1024;

/** The failure of one download, and what may help at once. */
export interface DownloadFailure {
	failure: Failure;
	/** A fresh URL may help: this one has expired, or the picture was changed or removed. */
	hasExpired?: true;
	/** The same URL may work in a moment. Independent of `failure.retryable`. */
	isTransient?: true;
}

const failed = (words: Partial<Failure>, kind?: 'hasExpired' | 'isTransient'): DownloadFailure => ({
	failure: failure('download-failed', words),
	...(kind && { [kind]: true }),
});

const USE_URL = 'If you trust the URL, use it as it is: it is in error.url';
const ONLY_WHATSAPP = `Only pictures from https URLs under whatsapp.net are downloaded. ${USE_URL}`;
const LATER = 'Try this contact again later';
const LOOK = "Open the picture's URL in a browser to see what is there";

const unusable = (message: string, description: string) => failed({ message, description, retryable: false });

/** Failures of a URL, or of what it returns. */
export const DOWNLOAD_FAILURES = {
	address: unusable("The picture's URL is not one of WhatsApp's own", ONLY_WHATSAPP),
	redirect: unusable("The picture's URL redirects to one that is not WhatsApp's own", ONLY_WHATSAPP),
	manyRedirects: unusable("The picture's URL redirects too many times", LOOK),
	size: unusable(`The picture is larger than ${LARGEST_PICTURE / 1024 ** 2} MB`, USE_URL),
	content: unusable(
		'The downloaded file is not an image',
		'Check that no proxy or sign-in page answers between n8n and pps.whatsapp.net',
	),
	incomplete: failed({ message: 'The picture arrived incomplete', description: LATER }, 'isTransient'),
} satisfies Record<string, DownloadFailure>;

const EXPIRED_STATUSES = [403, 404, 410];

/** @param now milliseconds since 1970 */
export function downloadFailureByStatus(
	statusCode: number,
	headers: Record<string, unknown>,
	now: number,
): DownloadFailure {
	if (EXPIRED_STATUSES.includes(statusCode)) {
		const message = `WhatsApp no longer serves the picture at this URL (status ${statusCode})`;
		const description =
			'It may have been changed or removed just now: try this contact again later. If it happens to many contacts, check that your proxy or firewall allows pps.whatsapp.net';
		return failed({ message, description, statusCode }, 'hasExpired');
	}
	const message = `WhatsApp's picture server answered with status ${statusCode}`;
	if (!RETRY.isTemporary(statusCode)) return failed({ message, description: LOOK, statusCode });
	const wait = retryAfterMs(headers, now);
	const asked = wait === undefined ? {} : { retryAfterMs: wait };
	return failed({ message, description: LATER, statusCode, ...asked }, 'isTransient');
}

/** @param timedOut whether `timeoutMs` ended the download */
export function downloadFailureByError(error: unknown, timeoutMs: number, timedOut: boolean): DownloadFailure {
	const message = `The picture did not arrive within ${timeoutMs} ms`;
	if (timedOut) return failed({ ...TIMEOUT, message }, 'isTransient');
	const kind = transportErrorOf(error);
	return failed(BY_TRANSPORT_ERROR[kind], kind === 'certificate' ? undefined : 'isTransient');
}

const TIMEOUT = {
	message: 'The picture did not arrive in time',
	description: "Try this contact again later, or raise 'Timeout' under Options",
};

const BY_TRANSPORT_ERROR: Record<TransportError, Partial<Failure>> = {
	timeout: TIMEOUT,
	certificate: {
		message: "The certificate of WhatsApp's picture server is not trusted",
		description:
			'If your company inspects encrypted traffic, ask your n8n administrator to add its certificate to n8n (NODE_EXTRA_CA_CERTS)',
	},
	'unknown-host': { message: "WhatsApp's picture server, or your proxy, was not found on the network" },
	refused: { message: "The connection to WhatsApp's picture server was refused" },
	'broke-off': { message: 'The download of the picture broke off', description: LATER },
	other: {},
};
