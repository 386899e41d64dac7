import { failure, type Failure } from '../../../nodes/Wawp/failure';
import {
	DOWNLOAD_FAILURES,
	type DownloadFailure,
	downloadFailureByError,
	downloadFailureByStatus,
	LARGEST_PICTURE,
} from '../../../nodes/Wawp/picture/downloadFailure';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const TIMEOUT_MS = 4_321;
const LATER = 'Try this contact again later';
const LOOK = "Open the picture's URL in a browser to see what is there";

type Kind = Omit<DownloadFailure, 'failure'>;
const failed = (overrides: Partial<Failure>, kind: Kind = {}): DownloadFailure => ({
	failure: failure('download-failed', overrides),
	...kind,
});
const TRANSIENT: Kind = { isTransient: true };

describe('What is no picture', () => {
	const useUrl = 'If you trust the URL, use it as it is: it is in error.url';
	const whatIsTaken = `Only pictures from https URLs under whatsapp.net are downloaded. ${useUrl}`;

	test.each([
		['address', "The picture's URL is not one of WhatsApp's own", whatIsTaken],
		['redirect', "The picture's URL redirects to one that is not WhatsApp's own", whatIsTaken],
		['manyRedirects', "The picture's URL redirects too many times", LOOK],
		['size', 'The picture is larger than 5 MB', useUrl],
		[
			'content',
			'The downloaded file is not an image',
			'Check that no proxy or sign-in page answers between n8n and pps.whatsapp.net',
		],
	] as const)('cannot be had later: %s', (name, message, description) => {
		expect(DOWNLOAD_FAILURES[name]).toStrictEqual(failed({ message, description, retryable: false }));
	});

	test('may only be incomplete, and whole the next time', () => {
		const words = { message: 'The picture arrived incomplete', description: LATER };
		expect(DOWNLOAD_FAILURES.incomplete).toStrictEqual(failed(words, TRANSIENT));
		expect(DOWNLOAD_FAILURES.incomplete.failure.retryable).toBe(true);
	});

	test('has its limit of 5 MB', () => {
		expect(LARGEST_PICTURE).toBe(5 * 2 ** 20);
	});
});

describe("An answer of the picture's server", () => {
	const answered = (statusCode: number, retryAfter?: unknown) =>
		downloadFailureByStatus(statusCode, { 'retry-after': retryAfter }, NOW);
	const message = (statusCode: number) => `WhatsApp's picture server answered with status ${statusCode}`;

	test.each([403, 404, 410])('with status %d asks for a fresh URL', (statusCode) => {
		const words = {
			message: `WhatsApp no longer serves the picture at this URL (status ${statusCode})`,
			description:
				'It may have been changed or removed just now: try this contact again later. If it happens to many contacts, check that your proxy or firewall allows pps.whatsapp.net',
			statusCode,
		};
		expect(answered(statusCode, '7')).toStrictEqual(failed(words, { hasExpired: true }));
	});

	test.each([408, 429, 500, 502, 503, 504, 599])('with status %d is worth trying again at once', (statusCode) => {
		const words = { message: message(statusCode), description: LATER, statusCode };
		expect(answered(statusCode)).toStrictEqual(failed(words, TRANSIENT));
		expect(downloadFailureByStatus(statusCode, {}, NOW)).toStrictEqual(failed(words, TRANSIENT));
	});

	test.each([201, 204, 206, 300, 302, 304, 400, 401, 402, 405, 407, 409, 411, 418, 428, 430, 451, 499])(
		'with status %d is not, but the lead may succeed later',
		(statusCode) => {
			const words = { message: message(statusCode), description: LOOK, statusCode };
			expect(answered(statusCode, '7')).toStrictEqual(failed(words));
			expect(answered(statusCode).failure.retryable).toBe(true);
		},
	);

	test.each<[unknown, number | undefined]>([
		['0', 0],
		['7', 7000],
		['3600', 3_600_000],
		['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
		...[undefined, null, '', 'soon', ['7'], 7].map((header): [unknown, undefined] => [header, undefined]),
	])('with the Retry-After %p names a wait of %p ms', (header, retryAfterMs) => {
		for (const status of [429, 503]) expect(answered(status, header).failure.retryAfterMs).toBe(retryAfterMs);
	});
});

describe('A download without an answer', () => {
	const after = (code: unknown, timedOut = false) =>
		downloadFailureByError(
			Object.assign(new Error('GET https://pps.whatsapp.net/?oh=secret'), { code }),
			TIMEOUT_MS,
			timedOut,
		);
	const advice = "Try this contact again later, or raise 'Timeout' under Options";

	test.each(['ECONNRESET', 'ERR_CANCELED', 'CERT_HAS_EXPIRED', undefined])(
		'timed out, whatever the code of its error (%s)',
		(code) => {
			const words = { message: `The picture did not arrive within ${TIMEOUT_MS} ms`, description: advice };
			expect(after(code, true)).toStrictEqual(failed(words, TRANSIENT));
		},
	);

	test.each<[string, Partial<Failure>]>([
		['ETIMEDOUT', { message: 'The picture did not arrive in time', description: advice }],
		['ENOTFOUND', { message: "WhatsApp's picture server, or your proxy, was not found on the network" }],
		['ECONNREFUSED', { message: "The connection to WhatsApp's picture server was refused" }],
		['ECONNRESET', { message: 'The download of the picture broke off', description: LATER }],
		['EHOSTUNREACH', {}],
		['', {}],
	])('is worth trying again at once, and told by its code "%s"', (code, words) => {
		expect(after(code)).toStrictEqual(failed(words, TRANSIENT));
	});

	test('is not worth trying again at once if it is about a certificate, but may succeed later', () => {
		const words = {
			message: "The certificate of WhatsApp's picture server is not trusted",
			description:
				'If your company inspects encrypted traffic, ask your n8n administrator to add its certificate to n8n (NODE_EXTRA_CA_CERTS)',
		};
		expect(after('SELF_SIGNED_CERT_IN_CHAIN')).toStrictEqual(failed(words));
		expect(after('SELF_SIGNED_CERT_IN_CHAIN').failure.retryable).toBe(true);
	});

	test.each([undefined, null, 'ECONNRESET', 42, {}])('is one without more words if %p was thrown', (error) => {
		expect(downloadFailureByError(error, TIMEOUT_MS, false)).toStrictEqual(failed({}, TRANSIENT));
	});

	test('gives nothing of the text of its error away', () => {
		for (const timedOut of [false, true]) expect(JSON.stringify(after('EPIPE', timedOut))).not.toContain('secret');
	});
});
