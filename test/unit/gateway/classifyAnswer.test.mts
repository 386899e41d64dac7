import type { Reason } from '../../../nodes/Wawp/failure';
import { classifyAnswer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import { failureOf, type Verdict } from '../../../nodes/Wawp/gateway/verdict';

const ASKED = '15551234567@c.us';
const NOW = Date.parse('2026-11-22T12:00:00Z');

const classify = (statusCode: number, body: object | string = '', headers = {}): Verdict =>
	classifyAnswer(
		{ statusCode, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
		{ contactId: ASKED, accessToken: 'tok-8f3a1c', now: NOW },
	);

/** In words: whether the answer is final or unclear, what it means, and what comes of it. */
function told(verdict: Verdict): string {
	const why = failureOf(verdict);
	const meaning = why ? why.reason : (verdict.kind === 'unclear' ? verdict.meaning : verdict).kind;
	const flags = ['isTransient', 'countsTwice', 'endsRun'].filter((flag) => flag in verdict);
	return [verdict.kind === 'unclear' ? 'unclear:' : 'final:', meaning, ...flags].join(' ');
}

const PAGE = '<!DOCTYPE html><html><title>not-authorized</title></html>';

test.each<[number, object | string, string]>([
	[200, { id: ASKED, url: 'https://pps.whatsapp.net/1.jpg' }, 'final: picture'],
	[203, { id: ASKED, url: 'https://pps.whatsapp.net/1.jpg' }, 'final: picture'],
	[201, { profilePictureURL: null }, 'final: none'],
	[200, { id: '15557654321@c.us', url: null }, 'final: unexpected-response'],
	[200, { id: ASKED, url: 'http://x' }, 'final: unexpected-response'],
	// Another good status, or another shape.
	[202, { id: ASKED, url: null }, 'unclear: unexpected-response'],
	[206, { id: ASKED, url: 'https://pps.whatsapp.net/1.jpg' }, 'unclear: unexpected-response'],
	[200, { id: ASKED }, 'unclear: unexpected-response'],
	[200, { id: ASKED, url: null, success: false }, 'unclear: unexpected-response'],
	[200, '', 'unclear: unexpected-response'],
	[200, 'OK', 'unclear: unexpected-response'],
	[204, '', 'unclear: unexpected-response'],
	// By status.
	[400, '', 'unclear: bad-request'],
	[401, '', 'unclear: unexpected-response'],
	[402, '', 'final: rate-limited endsRun'],
	[403, '', 'unclear: bad-request'],
	[404, '', 'unclear: none countsTwice'],
	[405, '', 'unclear: bad-request'],
	[407, '', 'final: network'],
	[408, '', 'unclear: temporarily-unavailable isTransient'],
	[422, '', 'unclear: bad-request'],
	[429, '', 'final: rate-limited isTransient'],
	[500, '', 'unclear: temporarily-unavailable isTransient'],
	[599, '', 'unclear: temporarily-unavailable isTransient'],
	[100, '', 'final: unexpected-response'],
	[302, '', 'final: unexpected-response'],
	// A web page.
	[200, PAGE, 'final: unexpected-response'],
	[401, PAGE, 'final: unexpected-response'],
	[404, PAGE, 'final: unexpected-response'],
	[502, PAGE, 'unclear: temporarily-unavailable isTransient'],
	// WAHA's body for a session, wherever it stands.
	[422, { status: 'STOPPED', expected: ['WORKING'] }, 'unclear: session-disconnected'],
	[200, { wawp_upstream_error: { status: 'FAILED', expected: ['WORKING'] } }, 'unclear: session-disconnected'],
	[422, { status: 'SCAN_QR_CODE', expected: ['WORKING'] }, 'unclear: session-disconnected'],
	[422, { status: 'STARTING', expected: ['WORKING'] }, 'unclear: temporarily-unavailable isTransient'],
	[422, { status: 'STOPPED' }, 'unclear: bad-request'],
	[422, { status: 'WORKING', expected: ['WORKING'] }, 'unclear: bad-request'],
])('%d %j: %s', (statusCode, body, expected) => {
	expect(told(classify(statusCode, body))).toBe(expected);
});

describe('A code has its meaning under any status', () => {
	const CODES: Array<[string, string]> = [
		['quota_reached', 'final: rate-limited endsRun'],
		['policy_day_limit', 'final: rate-limited endsRun'],
		['rate-overlimit', 'final: rate-limited isTransient'],
		['too_many_requests', 'final: rate-limited isTransient'],
		['policy_minute_limit', 'final: rate-limited isTransient'],
		['policy_concurrency_limit', 'final: rate-limited isTransient'],
		['invalid_session', 'unclear: session-disconnected'],
		['invalid_instance', 'unclear: session-disconnected'],
		['invalid_access_token', 'unclear: unexpected-response'],
		['rest_no_route', 'final: unexpected-response'],
		['bad-request', 'unclear: bad-request'],
		['not-authorized', 'unclear: none'],
		['item-not-found', 'unclear: none'],
		['the user has hidden their profile picture from you', 'unclear: none'],
		['that user or group does not have a profile picture', 'unclear: none'],
		['wawp_upstream_error', 'unclear: temporarily-unavailable isTransient'],
		['info query timed out', 'unclear: temporarily-unavailable isTransient'],
	];

	test.each(CODES)('%s: %s', (code, expected) => {
		const bodies = [
			{ code },
			{ error: { message: code } },
			{ exception: { message: `upstream: ${code}` } },
			{ [code]: {} },
			{ id: ASKED, url: null, reason: code },
			`<error><code>${code}</code></error>`,
			code,
		];
		for (const body of bodies) {
			for (const status of [200, 400, 404, 429, 500]) expect(told(classify(status, body))).toBe(expected);
		}
	});

	test.each(CODES)('%s is no code in a sentence, as part of a word, or in another case', (code) => {
		for (const message of [`It is ${code} now`, `${code}s`, `x-${code}`, code.toUpperCase()]) {
			expect(told(classify(404, { message }))).toBe('unclear: none countsTwice');
		}
	});

	test.each([
		['wawp_upstream_error', 'not-authorized', 'unclear: none'],
		['not-authorized', 'bad-request', 'unclear: bad-request'],
		['item-not-found', 'invalid_session', 'unclear: session-disconnected'],
		['invalid_session', 'rate-overlimit', 'final: rate-limited isTransient'],
	])('%s beside %s: %s', (code, message, expected) => {
		expect(told(classify(400, { code, message }))).toBe(expected);
		expect(told(classify(400, { code: message, message: code }))).toBe(expected);
	});
});

describe('A failure', () => {
	test.each<[number, object | string, Reason, RegExp]>([
		[407, '', 'network', /proxy requires a sign-in/],
		[402, '', 'rate-limited', /plan allows no more/],
		[403, '', 'bad-request', /does not allow/],
		[401, '', 'unexpected-response', /refused this contact/],
		[500, { message: 'bad-request' }, 'bad-request', /does not accept this contact ID/],
		[200, { id: '15557654321@c.us', url: null }, 'unexpected-response', /another contact/],
		[200, { url: 'http://x' }, 'unexpected-response', /cannot be used/],
		[404, { code: 'rest_no_route' }, 'unexpected-response', /no profile picture endpoint/],
		[404, { code: 'invalid_session' }, 'session-disconnected', /contradictory/],
		[422, { status: 'STARTING', expected: [] }, 'temporarily-unavailable', /still starting/],
		[302, '', 'unexpected-response', /redirected/],
		[200, PAGE, 'unexpected-response', /web page/],
		[200, '', 'unexpected-response', /empty answer/],
		[400, '', 'bad-request', /refused the request/],
	])('says what happened, and has the status: %d %j', (statusCode, body, reason, message) => {
		expect(failureOf(classify(statusCode, body))).toMatchObject({
			reason,
			statusCode,
			message: expect.stringMatching(message),
		});
	});

	test.each([
		[400, false],
		[422, false],
		[403, true],
	])('by status %d, which no check explains, may pass: %s', (statusCode, retryable) => {
		expect(failureOf(classify(statusCode))).toMatchObject({ reason: 'bad-request', retryable });
	});

	test.each([408, 429, 503])('by status %d has the wait that was asked for', (statusCode) => {
		expect(failureOf(classify(statusCode, '', { 'retry-after': '7' }))?.retryAfterMs).toBe(7000);
		expect(failureOf(classify(statusCode))).not.toHaveProperty('retryAfterMs');
	});
});

test('An unclear answer has its status and what it says without digits', () => {
	expect(classify(404, { message: `nothing for ${ASKED}` })).toMatchObject({
		statusCode: 404,
		text: '404 {"message":"nothing for @c.us"}',
	});
});
