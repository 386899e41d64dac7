import { failure } from '../../../nodes/Wawp/failure';
import { classifyTransportError } from '../../../nodes/Wawp/gateway/classifyTransportError';

const TIMEOUT_MS = 4_321;
const TOKEN = 'tok-8f3a1c';
const URL = `https://api.wawp.net/v2/contacts/profile-picture?instance_id=i-77&access_token=${TOKEN}`;

/** What n8n's request helper throws: errors in errors, each of which may name the request. Outermost code first. */
function thrown(...codes: unknown[]): Error {
	return codes.reduceRight<Error | undefined>((cause, code) => {
		const error = new Error(`GET ${URL} failed`, { cause });
		return Object.assign(error, { code, description: URL, config: { url: URL, params: { access_token: TOKEN } } });
	}, undefined) as Error;
}

const judged = (error: unknown) => classifyTransportError(error, TIMEOUT_MS, false).failure;
const timeout = failure('timeout');
const network = (message: string) => failure('network', { message });
const unknownHost = failure('network', {
	message: 'api.wawp.net, or your proxy, was not found on the network',
	description: 'Check the DNS and proxy settings of the machine that runs n8n, then try again',
});
const untrusted = failure('network', {
	message: 'The certificate that came from api.wawp.net is not trusted',
	description:
		'If your company inspects encrypted traffic, ask your n8n administrator to add its certificate to n8n (NODE_EXTRA_CA_CERTS)',
});

const JUDGED = [
	['ENOTFOUND', unknownHost],
	['EAI_AGAIN', unknownHost],
	['ECONNREFUSED', network('The connection to Wawp was refused')],
	['ECONNRESET', network('The connection to Wawp broke off')],
	['EPIPE', network('The connection to Wawp broke off')],
	['ERR_BAD_RESPONSE', network('The connection to Wawp broke off')],
	['ETIMEDOUT', timeout],
	['ECONNABORTED', timeout],
	['ESOCKETTIMEDOUT', timeout],
	['CERT_HAS_EXPIRED', untrusted],
	['CERT_NOT_YET_VALID', untrusted],
	['CERT_UNTRUSTED', untrusted],
	['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
	['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
	['ERR_TLS_CERT_ALTNAME_INVALID', untrusted],
	['EHOSTUNREACH', failure('network')],
	['ENETUNREACH', failure('network')],
	['ERR_CANCELED', failure('network')],
	['constructor', failure('network')],
	['', failure('network')],
] as const;

describe('A request that broke down', () => {
	test.each(JUDGED)('is judged by its code "%s"', (code, expected) => {
		expect(judged(thrown(code))).toStrictEqual(expected);
	});

	test.each(JUDGED)('is judged by "%s" in its innermost cause', (code, expected) => {
		expect(judged(thrown(undefined, 'ERR_NETWORK', code))).toStrictEqual(expected);
	});

	test.each(JUDGED)('is worth another try at once, unless the certificate is bad: %s', (code, expected) => {
		const { isTransient } = classifyTransportError(thrown(code), TIMEOUT_MS, false);
		expect(isTransient).toBe(expected === untrusted ? undefined : true);
	});

	test('is judged by the innermost of several codes', () => {
		expect(judged(thrown('ETIMEDOUT', 'ENOTFOUND', 'ECONNREFUSED'))).toStrictEqual(
			network('The connection to Wawp was refused'),
		);
	});

	test('is judged by the last code there is where inner causes have none', () => {
		expect(judged(thrown('ERR_NETWORK', 'ENOTFOUND', undefined, 500))).toStrictEqual(unknownHost);
	});

	test.each(['constructor', '', '500', TOKEN])(
		'is not judged by the inner code "%s", which is no system code',
		(code) => {
			expect(judged(thrown('ENOTFOUND', code))).toStrictEqual(unknownHost);
		},
	);

	test.each(JUDGED)('is judged by "%s" as an httpCode, where n8n 1 leaves it', (httpCode, expected) => {
		expect(judged(Object.assign(thrown(undefined), { httpCode }))).toStrictEqual(expected);
	});

	test('is judged by its code before its httpCode', () => {
		expect(judged(Object.assign(thrown('ENOTFOUND'), { httpCode: 'ECONNREFUSED' }))).toStrictEqual(unknownHost);
	});

	test('is judged by its httpCode where its code is no system code', () => {
		expect(judged(Object.assign(thrown('api_error'), { httpCode: 'ENOTFOUND' }))).toStrictEqual(unknownHost);
	});

	test('broke off where n8n 1 leaves the status of an answer that had begun', () => {
		expect(judged(Object.assign(thrown(undefined), { httpCode: '200' }))).toStrictEqual(
			network('The connection to Wawp broke off'),
		);
	});

	test('is not judged by another HTTP status in its place', () => {
		expect(judged(Object.assign(thrown(undefined), { httpCode: '404' }))).toStrictEqual(failure('network'));
	});

	test('is judged by its code where it is no error but an object', () => {
		expect(judged({ cause: { code: 'ECONNREFUSED' } })).toStrictEqual(network('The connection to Wawp was refused'));
	});

	test.each(['ERR_CANCELED', 'ECONNRESET', 'CERT_HAS_EXPIRED', undefined])(
		'by the timeout is a timeout whatever its code (%s)',
		(code) => {
			expect(classifyTransportError(thrown(code), TIMEOUT_MS, true)).toStrictEqual({
				failure: failure('timeout', { message: `Wawp did not answer within ${TIMEOUT_MS} ms` }),
				isTransient: true,
			});
		},
	);

	test('is no timeout because its text speaks of one', () => {
		expect(judged(new Error('ETIMEDOUT: timed out'))).toStrictEqual(failure('network'));
	});

	test.each([
		['undefined', undefined],
		['null', null],
		['a string', 'ECONNREFUSED'],
		['a number', 42],
		['an empty object', {}],
		['an error without a code', new Error('ECONNREFUSED')],
		['an error whose code is a number', thrown(500)],
		['an error whose cause is a string', new Error('x', { cause: 'ECONNREFUSED' })],
	])('is a network failure without overrides where %s was thrown', (_what, error) => {
		expect(judged(error)).toStrictEqual(failure('network'));
	});

	test('is judged even where an error is its own cause', () => {
		const error = thrown('ECONNRESET');
		error.cause = error;
		expect(judged(error)).toStrictEqual(network('The connection to Wawp broke off'));
	});

	test('is judged even where causes go round in a circle', () => {
		const inner = thrown('ECONNREFUSED');
		const outer = Object.assign(thrown(undefined), { cause: inner });
		inner.cause = outer;
		expect(judged(outer)).toStrictEqual(network('The connection to Wawp was refused'));
	});

	test.each([...JUDGED.map(([code]) => code), TOKEN, URL])(
		'with code "%s" gives nothing of its texts and URL away',
		(code) => {
			for (const timedOut of [false, true]) {
				const result = JSON.stringify(classifyTransportError(thrown('ERR_NETWORK', code), TIMEOUT_MS, timedOut));
				expect(result).not.toContain(TOKEN);
				expect(result).not.toContain('i-77');
			}
		},
	);
});
