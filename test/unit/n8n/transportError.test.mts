import { type TransportError, transportErrorOf } from '../../../nodes/Wawp/n8n/transportError';

const CODES: Array<[code: string, kind: TransportError]> = [
	['ETIMEDOUT', 'timeout'],
	['ECONNABORTED', 'timeout'],
	['ESOCKETTIMEDOUT', 'timeout'],
	['ENOTFOUND', 'unknown-host'],
	['EAI_AGAIN', 'unknown-host'],
	['ECONNREFUSED', 'refused'],
	['ECONNRESET', 'broke-off'],
	['EPIPE', 'broke-off'],
	['ERR_BAD_RESPONSE', 'broke-off'],
	['CERT_HAS_EXPIRED', 'certificate'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
	['EHOSTUNREACH', 'other'],
];

describe('What ended a request', () => {
	test.each(CODES)('is told by the code %s: %s', (code, kind) => {
		expect(transportErrorOf({ code })).toBe(kind);
		expect(transportErrorOf({ httpCode: code })).toBe(kind);
	});

	test('is told by the innermost error that has such a code', () => {
		const reset = { code: 'ECONNRESET', cause: { cause: { code: 'ENOTFOUND', cause: { message: 'no code' } } } };
		expect(transportErrorOf(reset)).toBe('unknown-host');
		expect(transportErrorOf({ code: 'ECONNRESET', cause: { code: 'EHOSTUNREACH' } })).toBe('other');
	});

	test.each([
		...['', 'E', 'econnrefused', 'XECONNREFUSED', 'ECONNREFUSED2', 'ECONNREFUSED ', 'constructor'],
		...['200', '404', 200, null, undefined, ['ECONNREFUSED'], Symbol('ECONNREFUSED'), { code: 'ECONNREFUSED' }],
	])('is told past %p inside it, which is no such code', (code) => {
		expect(transportErrorOf({ code: 'EPIPE', cause: { code } })).toBe('broke-off');
		expect(transportErrorOf({ httpCode: 'ENOTFOUND', code })).toBe('unknown-host');
	});

	test('is told by the error’s own code where n8n has put another one beside it', () => {
		expect(transportErrorOf({ code: 'ECONNREFUSED', httpCode: 'ECONNRESET' })).toBe('refused');
		expect(transportErrorOf({ code: 'EHOSTUNREACH', httpCode: 'ECONNRESET' })).toBe('other');
		expect(transportErrorOf({ code: 'ECONNREFUSED', httpCode: '200' })).toBe('refused');
	});

	test('is an answer that broke off where n8n has kept the status with which it began', () => {
		expect(transportErrorOf({ httpCode: '200' })).toBe('broke-off');
		expect(transportErrorOf({ cause: { httpCode: '200', cause: { message: 'no code' } } })).toBe('broke-off');
	});

	test.each([
		undefined,
		null,
		'ECONNRESET',
		{},
		{ code: 'constructor' },
		{ code: 'econnreset' },
		{ code: 'XECONNRESET' },
		{ code: 'ECONNRESET2' },
		{ code: 200 },
		{ httpCode: '404' },
		{ cause: 'ECONNRESET' },
	])('is not known of %p', (error) => {
		expect(transportErrorOf(error)).toBe('other');
	});

	test('is looked for in errors that are their own cause, and in those of another realm', () => {
		const error: { code: string; cause?: unknown } = { code: 'EPIPE' };
		error.cause = error;
		expect(transportErrorOf(error)).toBe('broke-off');
		expect(transportErrorOf(Object.assign(Object.create(null) as object, { code: 'EPIPE' }))).toBe('broke-off');
	});
});
