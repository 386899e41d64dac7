import type { Reason } from '../../../nodes/Wawp/failure';
import { classifyAnswer, type AnswerContext } from '../../../nodes/Wawp/gateway/classifyAnswer';
import type { Classified, Outcome } from '../../../nodes/Wawp/gateway/outcome';

const ASKED = '15551234567@c.us';
const URL = 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg?ccb=11-4&oh=01_Q5Aa&oe=66BC702E';
const NOW = Date.parse('2026-11-22T12:00:00Z');
const TOKEN = 'tok-8f3a1c';
const REQUEST = `https://api.wawp.net/v2/contacts/profile-picture?instance_id=i-77&access_token=${TOKEN}&contactId=1`;

type Body = string | object;
type Expected = 'none' | 'unconfirmed' | Reason;
type Row = [what: string, statusCode: number, body: Body, expected: Expected];

const page = (title: string) =>
	`<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
const xml = (code: string, message: string) =>
	`<?xml version="1.0" encoding="UTF-8"?><error><code>${code}</code><message>${message}</message></error>`;

type Context = Partial<AnswerContext> & { headers?: Record<string, unknown> };

function classified(statusCode: number, body: Body, { headers = {}, ...context }: Context = {}): Classified {
	return classifyAnswer(
		{ statusCode, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
		{ contactId: ASKED, accessToken: TOKEN, now: NOW, ...context },
	);
}

const judged = (statusCode: number, body: Body, context?: Context) => classified(statusCode, body, context).outcome;

/** The whole outcome; of its words, only that there are some. */
function outcome(expected: Expected, statusCode: number, overrides: { retryAfterMs?: number } = {}): unknown {
	if (expected === 'none') return { kind: 'none', id: ASKED };
	if (expected === 'unconfirmed') return expect.objectContaining({ kind: 'unconfirmed', statusCode });
	return {
		kind: 'failure',
		failure: {
			reason: expected,
			message: expect.stringMatching(/\S/),
			description: expect.stringMatching(/\S/),
			retryable: ['rate-limited', 'temporarily-unavailable'].includes(expected),
			statusCode,
			...overrides,
		},
	};
}

/** A failure that another try may mend, though its reason is none of those. */
const doubted = (message: RegExp) => (statusCode: number) => ({
	kind: 'failure',
	failure: {
		reason: 'unexpected-response',
		message: expect.stringMatching(message),
		description: expect.stringMatching(/try this contact again/),
		retryable: true,
		statusCode,
	},
});
const UNCONFIRMED = doubted(/not known whether/);
const CONTRADICTION = doubted(/does not work, and that it does/);

describe('A 2xx answer', () => {
	test.each<[string, Body, Outcome]>([
		['a picture', { id: ASKED, url: URL }, { kind: 'picture', id: ASKED, url: URL }],
		[
			'a picture under the ID as WhatsApp has it',
			{ id: '15551234567:3@s.whatsapp.net', url: URL },
			{ kind: 'picture', id: '15551234567:3@s.whatsapp.net', url: URL },
		],
		['a picture under a @lid', { id: '98765@lid', url: URL }, { kind: 'picture', id: '98765@lid', url: URL }],
		['a picture without an ID', { url: URL }, { kind: 'picture', id: ASKED, url: URL }],
		['a picture with an empty ID', { id: '', url: URL }, { kind: 'picture', id: ASKED, url: URL }],
		[
			'a picture with the number as its ID',
			{ id: 15551234567, url: URL },
			{ kind: 'picture', id: '15551234567', url: URL },
		],
		['a picture with a code', { code: 'ok', id: ASKED, url: URL }, { kind: 'picture', id: ASKED, url: URL }],
		[
			'a picture whose URL speaks of a session',
			{ id: ASKED, url: 'https://pps.whatsapp.net/invalid_session.jpg' },
			{ kind: 'picture', id: ASKED, url: 'https://pps.whatsapp.net/invalid_session.jpg' },
		],
		['a picture with more fields', { id: ASKED, url: URL, cached: true }, { kind: 'picture', id: ASKED, url: URL }],
		[
			'a picture whose URL is in capitals',
			{ id: ASKED, url: 'HTTPS://X.Y/1' },
			{ kind: 'picture', id: ASKED, url: 'HTTPS://X.Y/1' },
		],
		['a picture in data', { success: true, data: { id: ASKED, url: URL } }, { kind: 'picture', id: ASKED, url: URL }],
		['a picture as WAHA names it', { profilePictureURL: URL }, { kind: 'picture', id: ASKED, url: URL }],
		['a picture as its siblings name it', { id: ASKED, picture: URL }, { kind: 'picture', id: ASKED, url: URL }],
		['a picture under imgUrl', { imgUrl: URL }, { kind: 'picture', id: ASKED, url: URL }],
		['a picture under profile_picture_url', { profile_picture_url: URL }, { kind: 'picture', id: ASKED, url: URL }],
		[
			'a picture beside a good message',
			{ id: ASKED, url: URL, message: 'Found in session default' },
			{ kind: 'picture', id: ASKED, url: URL },
		],
		['no picture, as WAHA says it', { profilePictureURL: null }, { kind: 'none', id: ASKED }],
		['no picture in data', { success: true, data: { id: ASKED, url: null } }, { kind: 'none', id: ASKED }],
		[
			'no picture of a person whose name is odd',
			{ id: ASKED, url: null, pushname: 'Session expired' },
			{ kind: 'none', id: ASKED },
		],
		[
			'a picture with blanks and a byte-order mark around',
			`\ufeff\r\n ${JSON.stringify({ id: ASKED, url: URL })} \n`,
			{ kind: 'picture', id: ASKED, url: URL },
		],
		['no picture: an empty URL', { id: ASKED, url: '' }, { kind: 'none', id: ASKED }],
		['no picture: null for a URL', { id: ASKED, url: null }, { kind: 'none', id: ASKED }],
		['no picture: no ID', { url: null }, { kind: 'none', id: ASKED }],
		['no picture: null for both', { id: null, url: null }, { kind: 'none', id: ASKED }],
	])('can be %s', (_what, body, expected) => {
		expect(judged(200, body)).toStrictEqual(expected);
		expect(judged(201, body)).toStrictEqual(expected);
	});

	test.each<[string, Body, Expected]>([
		['invalid_session', { code: 'invalid_session', message: 'Session is not connected' }, 'session-disconnected'],
		['item-not-found as a code', { code: 'item-not-found', message: 'x' }, 'none'],
		['item-not-found as a message', { code: 'error', message: 'item-not-found' }, 'none'],
		['not-authorized', { code: 401, message: 'not-authorized' }, 'none'],
		['item-not-found and an empty URL', { code: 'item-not-found', url: '' }, 'none'],
		['missing_param', { code: 'missing_param', message: 'contactId is required' }, 'bad-request'],
		[
			'missing_param access_token',
			{ code: 'missing_param', message: 'access_token is required' },
			'credential-invalid',
		],
		['missing_param instance_id', { code: 'missing_param', message: 'Missing: instance_id' }, 'credential-invalid'],
		['bad_request', { code: 'bad_request', message: 'x' }, 'bad-request'],
		['an invalid parameter', { code: 'error', message: 'Invalid Parameter Format' }, 'bad-request'],
		['unauthorized', { code: 'unauthorized', message: 'x' }, 'credential-invalid'],
		['an invalid access token', { code: 'error', message: 'Invalid or missing access token' }, 'credential-invalid'],
		['wawp_upstream_error as a code', { code: 'wawp_upstream_error', message: 'x' }, 'temporarily-unavailable'],
		['wawp_upstream_error as a key', { wawp_upstream_error: { status: 500 } }, 'temporarily-unavailable'],
		[
			'wawp_upstream_error and the ID asked for',
			{ code: 'wawp_upstream_error', id: ASKED, url: null },
			'temporarily-unavailable',
		],
		['a time-out', { code: 'error', message: 'info query timed out' }, 'temporarily-unavailable'],
		['too_many_requests', { code: 'too_many_requests', message: 'x' }, 'rate-limited'],
		['a rate limit', { code: 'error', message: 'Rate limit exceeded' }, 'rate-limited'],
		["WhatsApp's rate-overlimit", { code: 'error', message: 'rate-overlimit' }, 'rate-limited'],
		['a rate limit in one word', { code: 'error', message: 'RateLimit exceeded' }, 'rate-limited'],
		[
			'item-not-found in words that a router has as well',
			{ code: 'item-not-found', message: 'The requested resource was not found' },
			'none',
		],
		['an unknown code', { code: 'teapot', message: 'Short and stout' }, 'unexpected-response'],
	])('can have an error body: %s', (_what, body, expected) => {
		expect(judged(200, body)).toStrictEqual(outcome(expected, 200));
	});

	test.each<[string, Body]>([
		['empty', ''],
		['blank', ' \r\n'],
		['text', 'OK'],
		['broken JSON', `{"id":"${ASKED}","url":"${URL}"`],
		['a JSON array', [{ id: ASKED, url: URL }]],
		['JSON text', JSON.stringify(URL)],
		['JSON null', 'null'],
		['an empty JSON object', {}],
		['an ID alone', { id: ASKED }],
		['an address under a name that nobody knows', { id: ASKED, photo_link: URL }],
		['an address under such a name beside an empty one', { id: ASKED, url: null, photo_link: URL }],
		['two addresses', { id: ASKED, url: URL, imgUrl: 'https://pps.whatsapp.net/2.jpg' }],
		['a picture inside an object of another name', { answer: { id: ASKED, url: URL } }],
		['an empty URL that waits', { id: ASKED, url: null, status: 'pending' }],
		['an empty URL with words that nobody knows', { id: ASKED, url: null, message: 'Come back soon' }],
		["another contact's picture", { id: '15557654321@c.us', url: URL }],
		["another contact's empty URL", { id: '15557654321@c.us', url: null }],
		["a group's picture", { id: '120363025246125244@g.us', url: URL }],
		['XML', '<picture><url>https://pps.whatsapp.net/1.jpg</url></picture>'],
		['an HTML page', page('Sign in')],
		['an HTML page that speaks of an invalid session', page('invalid_session: Unauthorized, item-not-found')],
		['an HTML page behind a comment', `<!-- portal -->\n<html>invalid_session</html>`],
	])('makes no sense where it is %s', (_what, body) => {
		expect(judged(200, body)).toStrictEqual(outcome('unexpected-response', 200));
	});

	test.each([
		'none',
		'/avatars/1.jpg',
		'//pps.whatsapp.net/1.jpg',
		'ftp://pps.whatsapp.net/1.jpg',
		'javascript:alert(1)',
		'data:image/png;base64,AAAA',
		'https://',
		'https://[bad',
		'http://x',
		'http://pps.whatsapp.net/1.jpg',
		'https://localhost/1.jpg',
		'https://pps.whatsapp.net/1.jpg, https://pps.whatsapp.net/2.jpg',
		' ',
		5,
		true,
		{ href: 'https://pps.whatsapp.net/1.jpg' },
	])('makes no sense where its URL is %p', (url) => {
		expect(judged(200, { id: ASKED, url })).toStrictEqual(outcome('unexpected-response', 200));
	});

	test('keeps its own status in a failure', () => {
		expect(judged(204, '')).toStrictEqual(outcome('unexpected-response', 204));
		expect(judged(202, { id: ASKED, url: 'soon' })).toStrictEqual(outcome('unexpected-response', 202));
	});

	test('with a rate limit has its Retry-After', () => {
		const body = { code: 'too_many_requests', message: 'x' };
		expect(judged(200, body, { headers: { 'retry-after': '9' } })).toStrictEqual(
			outcome('rate-limited', 200, { retryAfterMs: 9_000 }),
		);
	});

	test.each([202, 204, 206, 226])('under %d is no answer yet', (statusCode) => {
		expect(judged(statusCode, { id: ASKED, url: URL })).toStrictEqual(outcome('unexpected-response', statusCode));
		expect(judged(statusCode, { id: ASKED, url: null })).toStrictEqual(outcome('unexpected-response', statusCode));
	});
});

describe('A picture under another status than 2xx', () => {
	test.each<[number, Expected]>([
		[302, 'unexpected-response'],
		[400, 'bad-request'],
		[500, 'temporarily-unavailable'],
	])('is none (%d)', (statusCode, expected) => {
		expect(judged(statusCode, { id: ASKED, url: URL })).toStrictEqual(outcome(expected, statusCode));
	});
});

describe('A 400', () => {
	test.each<Row>([
		['JSON', 400, { code: 'bad_request', message: 'Invalid Parameter Format' }, 'bad-request'],
		['XML', 400, xml('bad_request', 'Invalid Parameter Format'), 'bad-request'],
		['text', 400, 'Bad Request - Invalid Parameter Format', 'bad-request'],
		['nothing', 400, '', 'bad-request'],
		['broken JSON', 400, '{"code":', 'bad-request'],
		['missing_param contactId', 400, { code: 'missing_param', message: 'contactId is required' }, 'bad-request'],
		['a page', 400, page('400 Bad Request'), 'unexpected-response'],
		['a page that speaks of the token', 400, page('Missing access token'), 'unexpected-response'],
		[
			'missing_param access_token',
			400,
			{ code: 'missing_param', message: 'access_token is required' },
			'credential-invalid',
		],
		['missing_param, then access_token', 400, { code: 'missing_param', message: 'access_token' }, 'credential-invalid'],
		['a missing parameter instance_id', 400, 'Missing required parameter: instance_id', 'credential-invalid'],
		['an access token that is not valid', 400, xml('error', 'The access token is not valid'), 'credential-invalid'],
		['an expired token', 400, { message: 'Token has expired' }, 'credential-invalid'],
		['invalid_session', 400, { code: 'invalid_session', message: 'x' }, 'session-disconnected'],
		['item-not-found', 400, { code: 'error', message: 'item-not-found' }, 'none'],
		['not-authorized', 400, 'not-authorized', 'none'],
		['a time-out of WhatsApp', 400, { code: 'error', message: 'info query timed out' }, 'temporarily-unavailable'],
		['wawp_upstream_error as a code', 400, { code: 'wawp_upstream_error' }, 'temporarily-unavailable'],
		['wawp_upstream_error as a key', 400, { wawp_upstream_error: 'x' }, 'temporarily-unavailable'],
		['a text about the session', 400, 'Invalid contactId in session request', 'bad-request'],
		['a text about the service', 400, 'This service cannot read the contactId', 'bad-request'],
		['words about the route', 400, 'no Route matched with those values', 'unexpected-response'],
	])('with %s', (_what, statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});

	test.each<[string, Body]>([
		['the access token', `Invalid Parameter Format (${TOKEN})`],
		['the access token in JSON', { code: 'bad_request', message: `Cannot read ${TOKEN}` }],
		['the URL', `Invalid Parameter Format: ${REQUEST}`],
		['the URL in JSON', { code: 'bad_request', message: 'Invalid Parameter Format', request: `GET ${REQUEST}` }],
		['the URL before the verdict', `${REQUEST}: invalid parameter`],
		['the URL with the token right before the verdict', `?contactId=1&access_token=${TOKEN} is invalid`],
		['the path and query', `Invalid contactId in ${REQUEST.replace('https://api.wawp.net', '')}`],
		['the query', `Invalid Parameter Format: ?instance_id=i-77&access_token=${TOKEN}&contactId=1`],
		['the parameters behind the message', { message: 'Invalid Parameter Format', access_token: TOKEN }],
		['the parameters before the message', { access_token: TOKEN, message: 'Invalid Parameter Format' }],
		['the instance', { code: 'bad_request', message: 'Invalid Parameter Format', instance_id: 'i-77' }],
		[
			'the parameters in an object',
			{ message: 'Invalid contactId', params: { instance_id: 'i-77', access_token: TOKEN } },
		],
		[
			'the parameters in XML',
			`<error><message>Invalid contactId</message><access_token>${TOKEN}</access_token></error>`,
		],
		[
			'the parameters in XML before the message',
			`<error><access_token>${TOKEN}</access_token><message>Invalid contactId</message></error>`,
		],
	])('that echoes %s still blames the request', (_what, body) => {
		expect(judged(400, body)).toStrictEqual(outcome('bad-request', 400));
	});
});

describe('A 401', () => {
	test.each<[string, Body]>([
		['JSON', { code: 'unauthorized', message: 'Unauthorized' }],
		['text', 'Unauthorized'],
		['nothing', ''],
		['other words', { message: 'Not authorized' }],
		['a list', { statusCode: 401, message: 'Unauthorized' }],
	])('with %s can be a hidden photo or a dead credential, and none where nothing can tell', (_what, body) => {
		expect(judged(401, body)).toStrictEqual({
			kind: 'unconfirmed',
			statusCode: 401,
			abortsRun: false,
			isAboutSession: false,
			ifTheyWork: outcome('none', 401),
			ifUnknown: UNCONFIRMED(401),
		});
	});

	test.each<[string, Body]>([
		['JSON', { code: 'unauthorized', message: 'Invalid or Missing Access Token' }],
		['XML', xml('unauthorized', 'Invalid or Missing Access Token')],
		['text', 'Unauthorized - Invalid or Missing Access Token'],
	])('with words about the credential (%s) is to be confirmed at once', (_what, body) => {
		expect(judged(401, body)).toStrictEqual({
			kind: 'unconfirmed',
			statusCode: 401,
			abortsRun: true,
			isAboutSession: false,
			ifTheyWork: outcome('none', 401),
			ifUnknown: outcome('credential-invalid', 401),
		});
	});

	test.each<[Body]>([
		[{ code: 'invalid_access_token' }],
		[{ code: 'invalid_access_token', message: `No look-up of ${ASKED}` }],
	])("with Wawp's own code for the credential is to be confirmed at once, and none in no case: %j", (body) => {
		expect(judged(401, body)).toStrictEqual({
			kind: 'unconfirmed',
			statusCode: 401,
			abortsRun: true,
			isAboutSession: false,
			ifTheyWork: CONTRADICTION(401),
			ifUnknown: outcome('credential-invalid', 401),
		});
	});

	test.each([
		'WhatsApp session is invalid, please re-authenticate',
		'Instance is not authorized',
		'This device was revoked',
	])('that only mentions a session can be about it: %s', (message) => {
		expect(judged(401, { message })).toMatchObject({ kind: 'unconfirmed', abortsRun: false, isAboutSession: true });
	});

	test('with words about the session is to be confirmed at once, and none in no case', () => {
		expect(judged(401, { message: 'logged out, scan QR' })).toStrictEqual({
			kind: 'unconfirmed',
			statusCode: 401,
			abortsRun: true,
			isAboutSession: true,
			ifTheyWork: CONTRADICTION(401),
			ifUnknown: outcome('session-disconnected', 401),
		});
	});

	test.each<[string, Body]>([
		['a code', { code: 'not-authorized', message: 'x' }],
		['a message', { code: 401, message: 'not-authorized' }],
		['XML', xml('not-authorized', 'x')],
		['text', 'not-authorized'],
	])("with WhatsApp's not-authorized as %s is a hidden photo", (_what, body) => {
		expect(judged(401, body)).toStrictEqual(outcome('none', 401));
	});

	test.each<[Body, Reason]>([
		[{ code: 'not-authorized', message: 'Invalid or missing access token' }, 'credential-invalid'],
		[{ code: 'not-authorized', message: 'Session not found' }, 'session-disconnected'],
		[{ code: 'not-authorized', message: 'Account suspended' }, 'credential-invalid'],
	])(
		"with WhatsApp's word for no picture beside words about credential or session is unconfirmed: %p",
		(body, reason) => {
			const unconfirmed = { kind: 'unconfirmed', abortsRun: true, ifUnknown: { failure: { reason } } };
			expect(judged(401, body)).toMatchObject(unconfirmed);
			expect(judged(404, body)).toMatchObject(unconfirmed);
		},
	);

	test('with invalid_session is the session', () => {
		const body = { code: 'invalid_session', message: 'x' };
		expect(judged(401, body)).toStrictEqual(outcome('session-disconnected', 401));
	});
});

describe('A 403', () => {
	test.each<Row>([
		['JSON', 403, { code: 'forbidden', message: 'Not on this plan' }, 'bad-request'],
		['text', 403, 'Forbidden', 'bad-request'],
		['nothing', 403, '', 'bad-request'],
		['a message about the token', 403, { code: 'forbidden', message: 'Invalid access token' }, 'credential-invalid'],
		['a message about the instance ID', 403, 'Unknown instance_id', 'credential-invalid'],
		['a page', 403, page('403 Forbidden'), 'unexpected-response'],
		['a page about the token', 403, page('Invalid access token'), 'unexpected-response'],
		['not-authorized', 403, { code: 'not-authorized', message: 'x' }, 'none'],
		['invalid_session', 403, { code: 'invalid_session', message: 'x' }, 'session-disconnected'],
	])('with %s', (_what, statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});

	test.each([
		'Unauthorized',
		'unauthorised',
		'Invalid access_token',
		'Missing access token',
		'Expired token',
		'Wrong instance ID',
		'Unknown API key',
		'Revoked api_key',
		'Invalid credentials',
		'Wrong credential',
		'access_token is required',
		'The instance_id is missing',
		'The token is invalid',
		'The token has been revoked',
		'This API key is unknown',
		'The credentials are wrong',
		'The access token is expired',
		'The instance ID is not valid',
	])('blames the credential with "%s"', (text) => {
		expect(judged(403, text)).toStrictEqual(outcome('credential-invalid', 403));
	});

	test.each([
		'This access token may not look up contacts',
		'Invalid contactId. The access token was accepted',
		'Invalid contactId, the access token was accepted',
		'Accepted the access token, but contactId is missing',
		'Accepted the access token. contactId is missing',
		'Tokenless access is required by nobody',
	])('does not blame the credential with "%s"', (text) => {
		expect(judged(403, text)).toStrictEqual(outcome('bad-request', 403));
	});
});

describe('A 404', () => {
	test.each<Row>([
		['the code invalid_session', 404, { code: 'invalid_session', message: 'x' }, 'session-disconnected'],
		['the code invalid_session alone', 404, { code: 'invalid_session' }, 'session-disconnected'],
		['invalid_session in XML', 404, xml('invalid_session', 'x'), 'session-disconnected'],
		['a text about the session', 404, 'Session not found', 'unconfirmed'],
		['a JSON text about the session', 404, { message: 'The session is not connected' }, 'unconfirmed'],
		['a text about the instance', 404, 'Instance does not exist', 'unconfirmed'],
		['a JSON text about the instance', 404, { message: 'This instance is disconnected' }, 'unconfirmed'],
		['a text about the instance_id', 404, 'No such instance_id', 'unconfirmed'],
		['a code about the session', 404, { code: 'session_not_found' }, 'unconfirmed'],
		['a code about the instance', 404, { code: 'INSTANCE_NOT_FOUND' }, 'unconfirmed'],
		['a list of errors', 404, { errors: [{ code: 'invalid_session' }] }, 'session-disconnected'],
		['a list of messages', 404, { message: ['Session not found'] }, 'unconfirmed'],
		['an error in an error', 404, { error: { code: 'invalid_session' } }, 'session-disconnected'],
		[
			'the instance and the path asked for',
			404,
			{ message: 'Instance not found', path: '/v2/contacts/profile-picture' },
			'unconfirmed',
		],
		[
			'a repeated URL with a session in its path',
			404,
			'Cannot GET /v2/session/picture?contactId=1',
			'unexpected-response',
		],
		['nothing found and the instance asked for', 404, { message: 'Not Found', instance_id: 'i-77' }, 'unconfirmed'],
		['not found', 404, 'not found', 'unconfirmed'],
		['not found in JSON', 404, { code: 'not_found', message: 'Profile picture not found' }, 'none'],
		['not found in XML', 404, xml('not_found', 'Profile picture not found'), 'none'],
		['nothing', 404, '', 'unconfirmed'],
		['item-not-found', 404, { code: 'item-not-found', message: 'x' }, 'none'],
		['no picture for this instance', 404, 'No profile picture found for this instance', 'none'],
		['no photo for this instance', 404, { message: 'Photo not available on this instance' }, 'none'],
		['no avatar for this instance', 404, { message: 'This instance sees no avatar' }, 'none'],
		['an unknown access token', 404, { message: 'Unknown access token' }, 'unconfirmed'],
		['unauthorized', 404, { code: 'unauthorized', message: 'x' }, 'unconfirmed'],
		['a time-out of WhatsApp', 404, { message: 'info query timed out' }, 'temporarily-unavailable'],
		['a page', 404, page('404 Not Found'), 'unexpected-response'],
		['a page about a session', 404, page('Session expired'), 'unexpected-response'],
	])('with %s', (_what, statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});

	test.each<[string, Body, object]>([
		['without a body', '', { ifUnknown: UNCONFIRMED(404) }],
		['as text', 'Not Found', { ifUnknown: UNCONFIRMED(404) }],
		["in another's envelope", { detail: 'Not Found' }, { ifUnknown: UNCONFIRMED(404) }],
		[
			"in Wawp's own envelope",
			{ code: 'not_found', message: 'Contact not found' },
			{ ifUnknown: outcome('none', 404) },
		],
		["in Wawp's own envelope, a code alone", { code: 'not_found' }, { ifUnknown: outcome('none', 404) }],
		[
			"in Wawp's own envelope, a message alone",
			{ type: 'error', message: 'Contact not found' },
			{ ifUnknown: outcome('none', 404) },
		],
		[
			"in Wawp's own envelope, with a session in its words",
			{ message: 'Number is not registered on WhatsApp (session: default)' },
			{ ifUnknown: UNCONFIRMED(404) },
		],
		[
			'with an instance that is none',
			{ message: 'For instance, this number may not be on WhatsApp' },
			{ ifUnknown: UNCONFIRMED(404) },
		],
	])('%s is the answer for its contact if the session works', (_what, body, meanings) => {
		const none = outcome('none', 404);
		const unconfirmed = {
			kind: 'unconfirmed',
			statusCode: 404,
			abortsRun: false,
			isAboutSession: true,
			ifTheyWork: none,
		};
		expect(judged(404, body)).toStrictEqual({ ...unconfirmed, ...meanings });
	});

	test.each<Body>([
		'Session not found',
		{ message: 'Device not connected' },
		{ message: 'not logged in' },
		"We didn't find a session with name 'default'",
		'No active sessions',
	])('that says that the session is gone is to be confirmed at once, and no picture in no case: %p', (body) => {
		expect(judged(404, body)).toStrictEqual({
			kind: 'unconfirmed',
			statusCode: 404,
			abortsRun: true,
			isAboutSession: true,
			ifTheyWork: CONTRADICTION(404),
			ifUnknown: outcome('session-disconnected', 404),
		});
	});

	test('that says that the account is suspended is to be confirmed at once', () => {
		expect(judged(404, { message: 'account suspended. Contact our support team' })).toMatchObject({
			abortsRun: true,
			isAboutSession: true,
			ifTheyWork: CONTRADICTION(404),
			ifUnknown: { failure: { reason: 'credential-invalid', message: 'Wawp says that the account is suspended' } },
		});
	});

	test.each<Body>([
		{ code: 'rest_no_route', message: 'No route was found matching the URL and request method.' },
		'404 page not found',
		{ statusCode: 404, message: 'Cannot GET /v2/contacts/profile-picture?contactId=1', error: 'Not Found' },
		{ message: 'no Route matched with those values' },
		'default backend - 404',
		'response 404 (backend NotFound), service rules for the path non-existent',
		'The requested URL /v2/contacts/profile-picture was not found on this server.',
		{ status: 'error', code: 404, message: 'Application not found' },
		'The deployment could not be found on this platform. DEPLOYMENT_NOT_FOUND',
		{ message: 'The route v2/contacts/profile-picture could not be found.' },
		{ code: 'not_found', message: 'No endpoint /v2/contacts/profile-picture' },
		{ timestamp: '2026-11-22T12:00:00Z', status: 404, error: 'Not Found', path: '/v2/contacts/profile-picture' },
		{ type: 'https://tools.ietf.org/html/rfc9110', title: 'Not Found', status: 404, traceId: '00-1' },
	])('of something that does not know the endpoint says nothing of the contact: %p', (body) => {
		expect(judged(404, body)).toStrictEqual(outcome('unexpected-response', 404));
	});
});

describe('Words and shapes of a route that is not there say nothing under a status that has another meaning:', () => {
	const problem = (status: number) => ({ type: 'https://example.com/problem', title: 'No', status, detail: 'No' });
	const exception = (status: number) => ({ timestamp: '2026-11-22T12:00:00Z', status, error: 'No', path: '/v2/x' });

	test.each<[number, Body, Expected]>([
		[429, problem(429), 'rate-limited'],
		[429, exception(429), 'rate-limited'],
		[429, 'The requested resource is not available', 'rate-limited'],
		[408, exception(408), 'temporarily-unavailable'],
		[408, 'Application not found', 'temporarily-unavailable'],
		[500, { message: 'Cannot get profile picture' }, 'temporarily-unavailable'],
		[503, problem(503), 'temporarily-unavailable'],
		[503, 'The service is currently not available', 'temporarily-unavailable'],
		[599, 'no healthy backend, no such host', 'temporarily-unavailable'],
	])('%d %p', (statusCode, body, expected) => {
		const headers = { 'retry-after': '60' };
		const expectedOutcome = outcome(expected, statusCode, { retryAfterMs: 60_000 });
		expect(judged(statusCode, body, { headers })).toStrictEqual(expectedOutcome);
	});

	test.each<[number, Body, Expected]>([
		[400, exception(400), 'bad-request'],
		[401, exception(401), 'unconfirmed'],
		[401, problem(401), 'unconfirmed'],
		[403, problem(403), 'bad-request'],
	])('%d %p', (statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});

	test.each([
		{ type: 'a', title: 'b' },
		{ title: 'b', status: 404 },
		{ type: 'a', status: 404 },
		{ timestamp: '2026-11-22T12:00:00Z' },
		{ path: '/v2/x' },
	])('404 %j, a part of such a shape', (body) => {
		expect(judged(404, body)).toStrictEqual(outcome('unconfirmed', 404));
	});

	test('but a method that is not allowed there is such a route', () => {
		expect(judged(405, exception(405))).toStrictEqual(outcome('unexpected-response', 405));
		expect(judged(405, problem(405))).toStrictEqual(outcome('unexpected-response', 405));
	});
});

describe('A 429', () => {
	test.each<[string, unknown, number]>([
		['seconds', '7', 7_000],
		['zero seconds', '0', 0],
		['more than two minutes', '3600', 3_600_000],
		['a month', '2678400', 2_678_400_000],
		['a date', 'Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
		['a date in the past', 'Sun, 22 Nov 2026 11:00:00 GMT', 0],
	])('has the wait of its Retry-After in %s', (_what, header, retryAfterMs) => {
		expect(judged(429, '', { headers: { 'retry-after': header } })).toStrictEqual(
			outcome('rate-limited', 429, { retryAfterMs }),
		);
	});

	test.each([undefined, '', 'soon', '-5', '1e9', '2678401', '1000000000000', '9'.repeat(30), ['7'], 7])(
		'has no wait where its Retry-After is %p',
		(header) => {
			expect(judged(429, '', { headers: { 'retry-after': header } })).toStrictEqual(outcome('rate-limited', 429));
		},
	);

	test('has no wait where it has no Retry-After', () => {
		expect(judged(429, '')).toStrictEqual(outcome('rate-limited', 429));
	});

	test.each<Row>([
		['JSON', 429, { code: 'too_many_requests', message: 'Slow down' }, 'rate-limited'],
		['XML', 429, xml('too_many_requests', 'Slow down'), 'rate-limited'],
		['text', 429, 'Too Many Requests', 'rate-limited'],
		['a page', 429, page('429 Too Many Requests'), 'rate-limited'],
		['words about the token', 429, 'Too many requests with an invalid access token', 'rate-limited'],
		['words about a time-out', 429, 'You are timed out', 'rate-limited'],
		['invalid_session', 429, { code: 'invalid_session', message: 'x' }, 'session-disconnected'],
	])('with %s', (_what, statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});
});

describe('A 408 or 5xx', () => {
	const STATUSES = [408, 500, 502, 503, 504, 520];
	const BODIES: Array<[string, Body]> = [
		['JSON', { code: 'internal_error', message: 'Unexpected Failure' }],
		['XML', xml('internal_error', 'Unexpected Failure')],
		['text', 'Internal Server Error - Unexpected Failure'],
		['a page', page('Bad Gateway')],
		['nothing', ''],
		['words about the token', { message: 'Could not look up the access token: invalid' }],
		['words about the session', 'The session is busy'],
		['info query timed out', { code: 'error', message: 'info query timed out' }],
		['wawp_upstream_error as a code', { code: 'wawp_upstream_error', message: 'x' }],
		['wawp_upstream_error as a key', { wawp_upstream_error: 'x' }],
		['a page about an invalid session', page('invalid_session')],
	];

	test.each(STATUSES.flatMap((statusCode) => BODIES.map(([what, body]) => [statusCode, what, body] as const)))(
		'is temporary: %d with %s',
		(statusCode, _what, body) => {
			expect(judged(statusCode, body)).toStrictEqual(outcome('temporarily-unavailable', statusCode));
		},
	);

	test.each<Row>([
		['item-not-found as a code', 500, { code: 'item-not-found', message: 'x' }, 'none'],
		['item-not-found as a message', 500, { code: 'error', message: 'item-not-found' }, 'none'],
		['item-not-found in XML', 500, xml('item-not-found', 'x'), 'none'],
		['item-not-found in text', 502, 'Error: item-not-found', 'none'],
		['not-authorized as a code', 500, { code: 'not-authorized', message: 'x' }, 'none'],
		['not-authorized in an upstream error', 500, { wawp_upstream_error: 'not-authorized' }, 'none'],
		['not-authorized in text', 503, 'not-authorized', 'none'],
		['invalid_session', 500, { code: 'invalid_session', message: 'x' }, 'session-disconnected'],
	])('is an answer after all: %s (%d)', (_what, statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});
});

describe('A 3xx', () => {
	test.each<[number, string, Body]>([
		[300, 'words about the credential', 'Unauthorized'],
		[301, 'nothing', ''],
		[302, 'a page', page('Found')],
		[304, 'nothing', ''],
		[307, 'text', 'Temporary Redirect'],
		[308, 'JSON', { location: 'https://example.com/' }],
		[399, 'words about a parameter', { code: 'missing_param' }],
	])('(%d with %s) is not followed', (statusCode, _what, body) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome('unexpected-response', statusCode));
	});
});

describe('A status below 200', () => {
	test.each([0, 101, 199])('(%d) makes no sense, whatever is said with it', (statusCode) => {
		for (const body of ['', 'Unauthorized', { code: 'missing_param' }, { id: ASKED, url: URL }]) {
			expect(judged(statusCode, body)).toStrictEqual(outcome('unexpected-response', statusCode));
		}
	});
});

describe('Any other 4xx', () => {
	test.each([405, 406, 409, 410, 413, 418, 422, 451])('(%d) refuses the request', (statusCode) => {
		expect(judged(statusCode, '')).toStrictEqual(outcome('bad-request', statusCode));
		expect(judged(statusCode, { code: 'error', message: 'No' })).toStrictEqual(outcome('bad-request', statusCode));
	});

	test.each([402, 405, 407, 451])('(%d) as a page does not come from the gateway', (statusCode) => {
		expect(judged(statusCode, page('No'))).toStrictEqual(outcome('unexpected-response', statusCode));
	});

	test.each<Row>([
		['a time-out of WhatsApp', 422, 'info query timed out', 'temporarily-unavailable'],
		['a time-out with a hyphen', 422, 'timed-out', 'temporarily-unavailable'],
		['a time-out in one word', 422, 'TimedOut', 'temporarily-unavailable'],
		['item-not-found', 410, { code: 'item-not-found' }, 'none'],
		['an invalid token', 422, 'Invalid token', 'credential-invalid'],
		['invalid_session', 409, { code: 'invalid_session' }, 'session-disconnected'],
	])('tells of %s (%d)', (_what, statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});
});

describe('The words of a failed answer', () => {
	const words = (statusCode: number, body: Body) => {
		const judgedOutcome = judged(statusCode, body);
		return judgedOutcome.kind === 'failure' ? judgedOutcome.failure.message : undefined;
	};

	test.each<[string, number, Body, RegExp]>([
		['a redirect', 302, '', /redirected the request, which is not followed/],
		['a redirect with a page', 302, page('Found'), /redirected the request, which is not followed/],
		['a page', 200, page('Sign in'), /web page came back/],
		['a page under 404', 404, page('Not Found'), /web page came back/],
		['an empty answer', 200, '', /sent an empty answer/],
		['a blank answer', 200, ' \n', /sent an empty answer/],
		['a URL that is none', 200, { id: ASKED, url: 'soon' }, /picture URL that cannot be used/],
		["another contact's picture", 200, { id: '15557654321@c.us', url: URL }, /returned another contact's answer/],
		['something that has no such endpoint', 404, '404 page not found', /does not know the look-up/],
		['a session that is starting', 422, { error: 'The session is starting' }, /session .* is still starting/],
		['any other nonsense', 200, 'OK', /something that is not a profile picture/],
		['a refusal by policy', 403, '', /does not allow this look-up/],
		['another refusal', 400, '', /refused the request/],
	])('name %s', (_what, statusCode, body, message) => {
		expect(words(statusCode, body)).toMatch(message);
	});

	test('advise what gets another URL in the place of one that is none', () => {
		expect(judged(200, { id: ASKED, url: 'soon' })).toHaveProperty(
			'failure.description',
			"Try this contact again with 'Refresh' turned on; if it keeps happening, contact Wawp",
		);
	});
});

// Quadratic or worse where it fails: n8n would stand still for minutes over a body of some hundred kilobytes.
describe('A long answer', () => {
	test.each<[string, string]>([
		['letters', 'a'.repeat(30_000)],
		['letters in JSON', JSON.stringify({ message: 'a'.repeat(30_000) })],
		['slashes', '/'.repeat(30_000)],
		['blanks', `x${' '.repeat(30_000)}x`],
		['equals signs', '='.repeat(30_000)],
		['words of blame', 'invalid missing '.repeat(10_000)],
		['words for the credential', 'access token '.repeat(10_000)],
		['open comments', '<!--'.repeat(10_000)],
		['comments', '<!---->'.repeat(28)],
	])('of %s is judged at once', (_what, body) => {
		const start = performance.now();
		judged(400, body);
		expect(performance.now() - start).toBeLessThan(500);
	});

	test('of objects in objects is judged at all', () => {
		const depth = 50_000;
		const body = `${'{"error":'.repeat(depth)}{}${'}'.repeat(depth)}`;
		expect(judged(500, body)).toStrictEqual(outcome('temporarily-unavailable', 500));
	});
});

describe('An outcome', () => {
	const ECHOES: Array<[string, Body]> = [
		['the token', TOKEN],
		['the URL', `GET ${REQUEST} failed`],
		['the token as a code', { code: TOKEN, message: TOKEN, access_token: TOKEN }],
		['an invalid token', { code: 'unauthorized', message: `Invalid access token ${TOKEN}` }],
		['a missing parameter', { code: 'missing_param', message: `contactId is missing in ${REQUEST}` }],
		['an invalid session', { code: 'invalid_session', message: REQUEST }],
		['no picture', { code: 'item-not-found', message: REQUEST }],
		['an upstream error', { wawp_upstream_error: { url: REQUEST } }],
		['a rate limit', { code: 'too_many_requests', message: REQUEST }],
		['XML', xml(TOKEN, REQUEST.replaceAll('&', '&amp;'))],
		['a page', page(REQUEST)],
		['an ID under an error', { code: 'error', id: TOKEN }],
		['a URL that is none', { id: ASKED, url: `access_token=${TOKEN}` }],
		['a list', [{ id: TOKEN, url: REQUEST }]],
		['broken JSON', `{"id":"${TOKEN}","url":"${REQUEST}`],
	];

	test.each(ECHOES)('does not hold the token that the gateway echoes in %s', (_what, body) => {
		const headers = { 'retry-after': TOKEN, location: REQUEST };
		for (const statusCode of [200, 204, 302, 400, 401, 403, 404, 408, 418, 429, 500, 503]) {
			expect(JSON.stringify(judged(statusCode, body, { headers }))).not.toContain(TOKEN);
		}
	});

	test.each<[string, Body]>([
		['the URL', { id: ASKED, url: REQUEST }],
		['the ID', { id: `${ASKED}?access_token=${TOKEN}`, url: URL }],
		['the ID, without a picture', { id: TOKEN, url: null }],
	])('that would repeat the token that was sent in %s makes no sense', (_what, body) => {
		const result = judged(200, body, { accessToken: TOKEN });
		expect(result).toStrictEqual(outcome('unexpected-response', 200));
		expect(JSON.stringify(result)).not.toContain(TOKEN);
	});

	test('of a picture stands where another token was sent, or an empty one', () => {
		const picture = { kind: 'picture', id: ASKED, url: URL };
		expect(judged(200, { id: ASKED, url: URL }, { accessToken: TOKEN })).toStrictEqual(picture);
		expect(judged(200, { id: ASKED, url: URL }, { accessToken: '' })).toStrictEqual(picture);
	});
});

describe('Words that only look like another meaning', () => {
	test.each<Row>([
		['a 404 that misses the picture, not the session', 404, 'Profile picture not found in this session', 'none'],
		['a 404 about several sessions', 404, 'No active sessions', 'unconfirmed'],
		['a 404 with a code in a nested object', 404, { data: { code: 'invalid_session' } }, 'session-disconnected'],
		['a 404 with a code in an attribute', 404, "<error code='invalid_session'/>", 'session-disconnected'],
		['a 400 about a token of JSON', 400, 'Invalid JSON: Unexpected token o', 'bad-request'],
		[
			'a 400 that names the instance in another field',
			400,
			{ message: 'Invalid Parameter Format', details: 'instance_id i-77' },
			'bad-request',
		],
		['a 401 whose own code is not_authorized', 401, { code: 'not_authorized', message: 'x' }, 'unconfirmed'],
		['a 401 page', 401, page('Sign in'), 'unexpected-response'],
		['a 404 page that starts with its head', 404, '<head><title>x</title></head>', 'unexpected-response'],
		["WhatsApp's rate-overlimit under 400", 400, 'rate-overlimit', 'rate-limited'],
		['a rate limit under 403', 403, { message: 'Rate limit exceeded' }, 'rate-limited'],
		['a request that timed out under 400', 400, 'Request timeout', 'temporarily-unavailable'],
	])('%s', (_what, statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});

	test.each([
		['secret-token-1', 'https://pps.whatsapp.net/?t=secret-token-1'],
		['a+b/c=1', 'https://pps.whatsapp.net/?t=a%2Bb%2Fc%3D1'],
	])('a picture address that repeats the access token %s is not handed on', (accessToken, url) => {
		const judgement = judged(200, { id: '1@c.us', url }, { accessToken });
		expect(judgement).toMatchObject({ kind: 'failure', failure: { reason: 'unexpected-response' } });
		expect(JSON.stringify(judgement)).not.toContain(url);
	});

	test('Retry-After counts under 503 as well', () => {
		const answer = { statusCode: 503, headers: { 'retry-after': '9' }, body: '' };
		const context = { contactId: '1@c.us', accessToken: TOKEN, now: 0 };
		expect(classifyAnswer(answer, context).outcome).toMatchObject({ failure: { retryAfterMs: 9000 } });
	});
});

describe('A 404 is to be confirmed at once only where the session or the instance is what it misses:', () => {
	test.each<[Body, boolean]>([
		['Session not found', true],
		['The instance is offline, scan the QR code', true],
		[{ code: 'session_not_found' }, true],
		['Session disconnected. Please contact support', true],
		['This session has no phone number any more', true],
		[{ message: 'Not found', details: 'instance_id i-77' }, false],
		[{ message: 'Not found', instance: 'instance-working' }, false],
		['<error><instance_id>i-77</instance_id><message>Not found</message></error>', false],
		['Contact 1@c.us not found on instance i-77', false],
	])('%p', (body, abortsRun) => {
		expect(judged(404, body)).toMatchObject({ kind: 'unconfirmed', abortsRun });
	});

	test('and a picture that is missed is no picture', () => {
		expect(judged(404, 'Could not find a picture for this contact in the session')).toStrictEqual(outcome('none', 404));
	});
});

describe('Pictures that nobody may look up, or that are not there yet, are not missing:', () => {
	test.each<[number, Body, Expected]>([
		[403, { code: 'forbidden', message: 'Profile pictures are not available on this plan' }, 'bad-request'],
		[404, { message: 'This plan does not include profile pictures' }, 'bad-request'],
		[200, { message: 'No profile pictures with your subscription' }, 'bad-request'],
		[401, { message: 'Profile pictures are not available on your current plan' }, 'bad-request'],
		[400, 'Your tier does not come with profile pictures', 'bad-request'],
		[403, { message: 'No access to profile pictures' }, 'bad-request'],
		[403, 'Profile pictures are not available on the free plan', 'bad-request'],
		[200, { message: 'Profile picture feature is not available for your account' }, 'bad-request'],
		[404, { message: 'Profile pictures are a premium feature' }, 'bad-request'],
		[404, { message: 'No profile pictures without an upgrade' }, 'bad-request'],
		[403, 'Profile picture look-ups are restricted to paid users', 'bad-request'],
		[403, 'Profile picture look-ups are restricted by the administrator', 'bad-request'],
		[403, 'This account is restricted: no profile pictures', 'bad-request'],
		[400, 'No photo: this tier has no such feature', 'bad-request'],
		[403, { code: 'premium_required', message: 'Profile picture not available' }, 'bad-request'],
		[404, { code: 'feature_not_available', message: 'Profile picture not available' }, 'bad-request'],
		[403, 'Profile pictures are not available. This feature requires a paid plan.', 'bad-request'],
		[403, { message: 'Profile picture look-ups are restricted for this instance' }, 'bad-request'],
		[200, { message: 'Profile pictures are temporarily not available' }, 'temporarily-unavailable'],
		[
			200,
			{ id: ASKED, url: null, status: 'pending', message: 'Profile picture not available' },
			'temporarily-unavailable',
		],
		[200, { message: 'Profile picture not available', status: 'queued' }, 'temporarily-unavailable'],
		[
			200,
			{ id: ASKED, url: null, status: 'in_progress', message: 'Profile picture not found' },
			'temporarily-unavailable',
		],
		[404, { code: 'temporarily_unavailable', message: 'Profile picture not found' }, 'temporarily-unavailable'],
		[401, { message: 'Profile picture not synced yet' }, 'temporarily-unavailable'],
		[404, { message: 'Temporarily unable to fetch the profile picture' }, 'temporarily-unavailable'],
		[404, { message: 'Profile picture is pending' }, 'temporarily-unavailable'],
		[200, { message: 'Profile picture not available, still processing' }, 'temporarily-unavailable'],
		[200, { id: ASKED, url: null, message: 'No profile picture yet: processing' }, 'temporarily-unavailable'],
		[400, 'No photo: the look-up is queued', 'temporarily-unavailable'],
		[400, 'No avatar: the look-up is in progress', 'temporarily-unavailable'],
		[404, { message: 'Profile picture not available yet' }, 'temporarily-unavailable'],
		[404, 'No picture cached yet', 'temporarily-unavailable'],
		[202, { message: 'Profile picture not found' }, 'unexpected-response'],
		[206, { message: 'Profile picture not found' }, 'unexpected-response'],
	])('%d %p', (statusCode, body, expected) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome(expected, statusCode));
	});

	test.each<[number, Body]>([
		[200, { message: 'This person has not set a profile picture yet' }],
		[201, { message: 'No profile picture' }],
		[203, { message: 'No profile picture' }],
		[403, { message: 'Profile picture is private' }],
		[404, { message: 'No profile picture: the explanation is that it is hidden' }],
		[404, { error: 'Error processing request', message: 'Profile picture not found' }],
		[403, 'Access denied: profile picture is hidden by privacy settings'],
		[404, { message: "You have no access to this contact's profile picture" }],
		[404, { message: 'The contact does not allow access to the profile picture' }],
		[403, 'Profile picture is restricted by privacy settings'],
		[200, 'Profile picture is restricted by privacy settings'],
		[403, { message: 'Profile picture hidden or the account is blocked' }],
		[403, { message: "No profile picture: the contact's account was closed" }],
		[404, 'Error while processing your request: profile picture not found'],
		[403, { message: "Profile picture is restricted by the account's privacy settings" }],
		[404, { message: 'The account has restricted who can see the profile picture' }],
		[400, { message: 'No profile picture', stack: 'at /app/src/features/contacts/plan.js' }],
		[404, 'Profile picture not found. Your plan is fine, and nothing is pending'],
	])('but one that is not set, or not shown, is: %d %p', (statusCode, body) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome('none', statusCode));
	});
});

describe('Words about the contact do not condemn the credential:', () => {
	test.each<[number, Body]>([
		[400, 'Invalid contactId for instance_id i-77'],
		[400, 'Invalid contactId for this token'],
		[403, 'Unauthorized to view this contact'],
		[403, { message: 'Your account has been blocked by this contact' }],
		[400, { message: 'This WhatsApp account has been deactivated' }],
		[422, { message: "The contact's WhatsApp account has been banned" }],
		[400, "The user's account was closed"],
		[403, 'This account has blocked you'],
		[403, 'Your account was blocked by that user'],
	])('%d %p', (statusCode, body) => {
		expect(judged(statusCode, body)).toStrictEqual(outcome('bad-request', statusCode));
	});

	test('but an invitation to contact someone is not about a contact', () => {
		expect(judged(403, 'Invalid access token, contact us')).toStrictEqual(outcome('credential-invalid', 403));
	});
});

describe('An error body under 200 is none the less a failure', () => {
	test.each<[Body, Reason]>([
		[{ id: 'req_123', error: 'invalid_session' }, 'session-disconnected'],
		[{ id: 'req_123', status: 'error', message: 'Invalid token' }, 'credential-invalid'],
		[{ code: 'invalid_session', url: 'https://wawp.net/docs' }, 'session-disconnected'],
		[{ id: ASKED, url: { toString: 1 } }, 'unexpected-response'],
		['{"id":"1","url":' + '['.repeat(20_000) + ']'.repeat(20_000) + '}', 'unexpected-response'],
	])('%#', (body, expected) => {
		expect(judged(200, body)).toMatchObject({ kind: 'failure', failure: { reason: expected } });
	});

	test.each<[Body, Reason]>([
		[{ id: ASKED, url: null, error: 'Something' }, 'unexpected-response'],
		[{ id: ASKED, url: null, errors: ['Something'] }, 'unexpected-response'],
		[{ id: ASKED, url: null, success: false }, 'unexpected-response'],
		[{ id: ASKED, url: null, status: 'error' }, 'unexpected-response'],
		[{ id: ASKED, url: null, statusCode: 500 }, 'unexpected-response'],
		[{ id: ASKED, url: null, code: 'teapot' }, 'unexpected-response'],
		[{ id: ASKED, url: null, reason: 'rate-overlimit' }, 'rate-limited'],
		[{ id: ASKED, url: null, error: 'info query timed out' }, 'temporarily-unavailable'],
		[{ id: ASKED, url: null, message: 'Session is not connected' }, 'session-disconnected'],
		[{ error: 'Invalid access token', url: 'https://docs.wawp.net/errors' }, 'credential-invalid'],
		[{ message: 'Session not found', url: 'https://docs.wawp.net/errors' }, 'session-disconnected'],
		[{ success: false, data: { id: ASKED, url: URL } }, 'unexpected-response'],
		[{ success: true, data: { id: ASKED, url: URL, error: 'x' } }, 'unexpected-response'],
		[{ id: ASKED, url: null, data: 'Session is not connected' }, 'session-disconnected'],
		[{ id: ASKED, url: null, data: { message: 'Session is not connected' } }, 'session-disconnected'],
		[{ id: ASKED, url: null, data: { code: 'invalid_session' } }, 'session-disconnected'],
		[{ url: 'https://docs.wawp.net/errors', data: { message: 'Session not found' } }, 'session-disconnected'],
	])('also beside an address or an empty one: %p', (body, expected) => {
		expect(judged(200, body)).toMatchObject({ kind: 'failure', failure: { reason: expected } });
	});

	test("but WhatsApp's own word for no picture stays one", () => {
		expect(judged(200, { id: ASKED, url: null, error: 'item-not-found' })).toStrictEqual(outcome('none', 200));
		expect(judged(200, { error: 'No profile picture' })).toStrictEqual(outcome('none', 200));
	});

	test.each<[Body]>([[{ code: 200, id: ASKED, url: '' }], [{ code: null, id: ASKED, url: null }]])(
		'but %p is an answer without a picture',
		(body) => {
			expect(judged(200, body)).toEqual({ kind: 'none', id: ASKED });
		},
	);
});

describe("A session's trouble ends the run under every status that is not about the contact:", () => {
	const waha = (status: string) => ({
		error: 'Session status is not as expected. Try again later or restart the session',
		session: 'default',
		status,
		expected: ['WORKING'],
	});

	test.each<[number, Body]>([
		...['STOPPED', 'SCAN_QR_CODE', 'FAILED'].map((status): [number, Body] => [422, waha(status)]),
		[400, { message: 'No sessions' }],
		[403, { error: 'Session is not connected' }],
		[409, 'Instance is not logged in'],
		[422, { message: 'session under FAILED status' }],
		[500, { wawp_upstream_error: waha('STOPPED') }],
		[503, xml('error', 'The session is not connected')],
		[200, { message: 'Session is disconnected, scan the QR code' }],
		[200, { code: 'invalid_instance' }],
		[400, { code: 'invalid_instance', message: 'x' }],
		[403, { message: 'invalid_instance' }],
		[404, { code: 'invalid_instance', message: `No look-up of ${ASKED}` }],
	])('%d %p', (statusCode, body) => {
		const judgement = classified(statusCode, body);
		expect(judgement).toStrictEqual({ outcome: outcome('session-disconnected', statusCode), abortsRun: true });
	});

	test.each<[number, Body]>([
		[200, { code: 'invalid_access_token' }],
		[400, { code: 'invalid_access_token', message: `No look-up of ${ASKED}` }],
		[403, { message: 'invalid_access_token' }],
		[404, { code: 'invalid_access_token' }],
		[500, { code: 'invalid_access_token', message: 'x' }],
		[403, { message: 'The account has been suspended' }],
		[403, { message: 'Your WhatsApp account has been banned' }],
		[403, { message: 'Account suspended: profile pictures are not available' }],
		[403, { message: 'Account suspended. Please contact our support team' }],
		[200, { message: 'The account was blocked by the billing department' }],
		[403, { message: 'Your instance or account has been suspended: profile pictures are not available' }],
	])('or that of the credential: %d %p', (statusCode, body) => {
		const judgement = classified(statusCode, body);
		expect(judgement).toStrictEqual({ outcome: outcome('credential-invalid', statusCode), abortsRun: true });
	});

	test.each([
		'Protocol error (Runtime.callFunctionOn): Session closed. Most likely the page has been closed.',
		'Protocol error (Target.createTarget): Session closed',
		'Session closed: the browser has been closed',
		'Session with given id not found: Target closed',
	])("but that of the gateway's own browser passes: %s", (message) => {
		const body = { statusCode: 500, timestamp: '2026-11-22', exception: { message, stack: `Error: ${message}` } };
		expect(classified(500, body)).toStrictEqual({ outcome: outcome('temporarily-unavailable', 500) });
		expect(classified(503, message, { headers: { 'retry-after': '9' } })).toStrictEqual({
			outcome: outcome('temporarily-unavailable', 503, { retryAfterMs: 9_000 }),
		});
		expect(judged(404, message)).toMatchObject({ kind: 'unconfirmed', abortsRun: true });
	});

	test('but a session that is starting is asked again later', () => {
		expect(classified(422, waha('STARTING'))).toStrictEqual({ outcome: outcome('temporarily-unavailable', 422) });
	});
});

describe("The account's limit", () => {
	test.each<[number, Body]>([
		[402, ''],
		[402, { message: 'Payment required' }],
		[403, { code: 'policy_day_limit' }],
		[403, { code: 'quota_reached', message: 'x' }],
		[400, { message: 'Your monthly limit is reached' }],
		[200, { code: 'quota_reached' }],
	])('ends the run as a rate limit, in words about the plan: %d %p', (statusCode, body) => {
		const judgement = classified(statusCode, body);
		expect(judgement).toStrictEqual({ outcome: outcome('rate-limited', statusCode), abortsRun: true });
		expect(judgement).toHaveProperty('outcome.failure.message', expect.stringContaining('plan'));
	});

	test('of a minute is one like any other', () => {
		expect(classified(403, { code: 'policy_minute_limit' })).toStrictEqual({ outcome: outcome('rate-limited', 403) });
	});
});

describe('A number that WhatsApp does not take', () => {
	test.each<[number, Body]>([
		[500, { statusCode: 500, exception: { message: 'bad-request', data: 400 } }],
		[400, 'bad-request'],
	])('is not asked for again: %d %p', (statusCode, body) => {
		const judgement = judged(statusCode, body);
		expect(judgement).toStrictEqual(outcome('bad-request', statusCode));
		expect(judgement).toHaveProperty('failure.description', expect.stringMatching(/Check the number/));
	});
});

describe('What proves that the credential works', () => {
	test.each<[string, number, Body, boolean]>([
		['a picture under the ID asked for', 200, { id: ASKED, url: URL }, true],
		['no picture under the ID asked for', 200, { id: ASKED, url: null }, true],
		['a picture under the ID asked for, in data', 200, { data: { id: ASKED, url: URL } }, true],
		['a picture without an ID', 200, { url: URL }, false],
		['a picture under a @lid', 200, { id: '98765@lid', url: URL }, false],
		["WhatsApp's not-authorized under 401", 401, 'not-authorized', false],
	])('%s: %d %p %p', (_what, statusCode, body, expected) => {
		expect(classified(statusCode, body).isProof === true).toBe(expected);
	});

	test('a picture that does not name its contact is marked', () => {
		expect(classified(200, { url: URL }).isUnnamed).toBe(true);
		expect(classified(200, { id: '98765@lid', url: URL }).isUnnamed).toBe(true);
		expect(classified(200, { id: ASKED, url: URL }).isUnnamed).toBeUndefined();
		expect(classified(200, { url: null })).toStrictEqual({ outcome: outcome('none', 200) });
	});
});

describe('An answer that makes no sense', () => {
	test.each<[number, Body, string]>([
		[200, { id: ASKED, photo_link: URL }, 'status 200 and JSON with id, photo_link.'],
		[206, { data: { a: 1, 'x y': 2 }, 15551234567: 3, [ASKED]: 4 }, 'status 206 and JSON with data, data.a.'],
		[200, { [TOKEN]: 1 }, 'status 200 and JSON.'],
		[200, 'OK', 'status 200 and no JSON object.'],
	])('names its status and its keys, never values: %d %p', (statusCode, body, words) => {
		expect(judged(statusCode, body)).toHaveProperty('failure.description', expect.stringContaining(words));
	});
});
