import { failure, type Failure } from '../../../nodes/Wawp/failure';
import {
	LARGEST_PICTURE,
	DOWNLOAD_FAILURES,
	downloadFailureByError,
	downloadFailureByStatus,
} from '../../../nodes/Wawp/picture/downloadFailure';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const TIMEOUT_MS = 4_321;

const refused = (overrides: Partial<Failure>) => ({ failure: failure('download-failed', overrides) });
const answered = (statusCode: number, retryAfter?: unknown) =>
	downloadFailureByStatus(statusCode, { 'retry-after': retryAfter }, NOW);

describe('A picture that cannot be had', () => {
	test.each(Object.entries(DOWNLOAD_FAILURES))(
		'by its %s says in words of its own what happened and what to do',
		(name, why) => {
			const { reason, ...overrides } = why.failure as Failure;
			const { message, description, retryable, isLasting } = overrides;
			expect(why).toStrictEqual(refused(overrides));
			expect(reason).toBe('download-failed');
			expect(description).toMatch(/\S/);
			const words = [failure('download-failed'), ...Object.values(DOWNLOAD_FAILURES).map((other) => other.failure)];
			expect(words.filter((other) => other.message === message)).toHaveLength(1);
			expect([retryable, isLasting]).toEqual(name === 'incomplete' ? [true, undefined] : [false, true]);
		},
	);

	const useUrl = 'If you trust the URL, use it as it is: it is in error.url';
	const whatIsTaken = `Only pictures from https URLs under whatsapp.net are downloaded. ${useUrl}`;

	test.each([
		['address', "The picture's URL is not one of WhatsApp's own", whatIsTaken],
		['redirect', "The picture's URL redirects to one that is not WhatsApp's own, which is not followed", whatIsTaken],
		[
			'manyRedirects',
			"The picture's URL redirects too many times",
			"Open the picture's URL in a browser to see what is there",
		],
		['size', 'The picture is larger than 5 MB', useUrl],
		[
			'content',
			'The downloaded file is not an image',
			'Check that no proxy or sign-in page stands between n8n and pps.whatsapp.net',
		],
		['incomplete', 'The picture arrived incomplete', 'Try this contact again later'],
	] as const)('by its %s says: %s. %s', (name, message, description) => {
		expect(DOWNLOAD_FAILURES[name].failure).toMatchObject({ message, description });
	});

	test('for its size is told the limit that is kept', () => {
		expect(LARGEST_PICTURE).toBe(5 * 2 ** 20);
	});
});

describe("An answer of the picture's server", () => {
	test.each([403, 404, 410])('with status %d says that this address has had its time', (statusCode) => {
		expect(answered(statusCode, '7')).toStrictEqual({
			...refused({
				message: `WhatsApp no longer serves the picture at this URL (status ${statusCode})`,
				description:
					'It may have been changed or removed just now. If it happens to many contacts, check that your proxy or firewall allows pps.whatsapp.net',
				retryable: false,
				isLasting: true,
				statusCode,
			}),
			hasExpired: true,
		});
	});

	test.each([408, 429, 500, 502, 503, 504, 599])('with status %d may be another one later', (statusCode) => {
		expect(answered(statusCode)).toStrictEqual(
			refused({
				message: `WhatsApp's picture server answered with status ${statusCode}`,
				description: 'Try this contact again later',
				retryable: true,
				statusCode,
			}),
		);
	});

	test.each([201, 204, 206, 300, 302, 304, 400, 401, 402, 405, 407, 409, 411, 418, 428, 430, 451, 499])(
		'with status %d is for good',
		(statusCode) => {
			expect(answered(statusCode, '7')).toStrictEqual(
				refused({
					message: `WhatsApp's picture server answered with status ${statusCode}`,
					description: "Open the picture's URL in a browser to see what is there",
					retryable: false,
					isLasting: true,
					statusCode,
				}),
			);
		},
	);

	test.each([
		['0', 0],
		['7', 7000],
		['3600', 3_600_000],
		['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
	])('that may be another one later is waited for as Retry-After says: %s', (header, retryAfterMs) => {
		expect(answered(429, header).failure).toHaveProperty('retryAfterMs', retryAfterMs);
		expect(answered(503, header).failure).toHaveProperty('retryAfterMs', retryAfterMs);
	});

	test.each([undefined, null, '', 'soon', ['7'], 7])('with the Retry-After %p names no wait', (header) => {
		expect(answered(429, header).failure).not.toHaveProperty('retryAfterMs');
	});

	test('without headers is judged as well', () => {
		expect(downloadFailureByStatus(503, {}, NOW)).toStrictEqual(answered(503));
	});
});

describe('A download that broke down', () => {
	const after = (code: unknown, timedOut = false) =>
		downloadFailureByError(
			Object.assign(new Error('GET https://pps.whatsapp.net/?oh=secret'), { code }),
			TIMEOUT_MS,
			timedOut,
		);
	const advice = "Try this contact again later, or raise 'Timeout' under Options";

	test.each(['ECONNRESET', 'ERR_CANCELED', 'CERT_HAS_EXPIRED', undefined])(
		'by the time-out says so, whatever its code (%s)',
		(code) => {
			expect(after(code, true)).toStrictEqual(
				refused({ message: `The picture did not arrive within ${TIMEOUT_MS} ms`, description: advice }),
			);
		},
	);

	test.each<[string, Partial<Failure>]>([
		['ETIMEDOUT', { message: 'The picture did not arrive in time', description: advice }],
		[
			'SELF_SIGNED_CERT_IN_CHAIN',
			{
				message: "The certificate that came from WhatsApp's picture server is not trusted",
				description:
					'If your company inspects encrypted traffic, ask your n8n administrator to add its certificate to n8n (NODE_EXTRA_CA_CERTS)',
				retryable: false,
				isLasting: true,
			},
		],
		['ENOTFOUND', { message: "WhatsApp's picture server, or your proxy, was not found on the network" }],
		['ECONNREFUSED', { message: "The connection to WhatsApp's picture server was refused" }],
		['ECONNRESET', { message: 'The download of the picture broke off', description: 'Try this contact again later' }],
		['EHOSTUNREACH', {}],
		['', {}],
	])('is judged by its code "%s", and can pass unless it is a certificate', (code, overrides) => {
		expect(after(code)).toStrictEqual(refused(overrides));
		expect(after(code).failure.retryable).toBe(code !== 'SELF_SIGNED_CERT_IN_CHAIN');
	});

	test.each([undefined, null, 'ECONNRESET', 42, {}])(
		'because %p was thrown is a failure without overrides',
		(error) => {
			expect(downloadFailureByError(error, TIMEOUT_MS, false)).toStrictEqual(refused({}));
		},
	);

	test('gives nothing of the texts of its error away', () => {
		for (const timedOut of [false, true]) expect(JSON.stringify(after('EPIPE', timedOut))).not.toContain('secret');
	});
});
