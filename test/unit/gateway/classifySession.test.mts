import type { Reason } from '../../../nodes/Wawp/failure';
import { classifySession } from '../../../nodes/Wawp/gateway/classifySession';

const ME = { id: '15550000000@c.us', pushName: 'Ada' };

const judged = (statusCode: number, body: unknown) =>
	classifySession({ statusCode, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('Credential and session work', () => {
	test.each([
		['as documented', { name: 'wawp-84729105', status: 'WORKING', config: {}, me: ME }],
		['without an account', { name: 'wawp-84729105', status: 'WORKING' }],
		['in data', { success: true, data: { status: 'WORKING', me: ME } }],
	])('where the gateway says so %s', (_what, body) => {
		expect(judged(200, body)).toStrictEqual({ kind: 'works' });
	});

	test.each<[number, unknown]>([
		[200, { status: 'working', me: ME }],
		[200, { status: 'RUNNING', me: ME }],
		[200, { me: ME }],
		[200, { status: 'WORKING', me: false }],
		[200, { status: 'WORKING', me: null }],
		[200, { status: 'WORKING', me: {} }],
		[200, [{ status: 'WORKING', me: ME }]],
		[200, ''],
		[200, 'WORKING'],
		[202, { status: 'WORKING', me: ME }],
		[404, { code: 'not_found', message: 'No endpoint /v2/session/info' }],
		[405, ''],
		[429, { message: 'Too many requests, invalid token' }],
		[500, { status: 'WORKING', me: ME }],
		[502, '<html><body>Unauthorized</body></html>'],
		[401, '<html><body>Unauthorized</body></html>'],
	])('and nothing else says that, or that they do not: %d %p', (statusCode, body) => {
		expect(judged(statusCode, body)).toStrictEqual({ kind: 'unknown' });
	});
});

describe('Credential or session do not work', () => {
	test.each<[number, unknown, Reason]>([
		[200, { status: 'SCAN_QR_CODE', me: null }, 'session-disconnected'],
		[200, { status: 'STOPPED' }, 'session-disconnected'],
		[200, { status: 'FAILED', me: ME }, 'session-disconnected'],
		[200, { status: 'STARTING' }, 'temporarily-unavailable'],
		[422, { error: 'Session status is not as expected', status: 'STARTING' }, 'temporarily-unavailable'],
		[404, { code: 'invalid_session' }, 'session-disconnected'],
		[404, { message: 'Session not found' }, 'session-disconnected'],
		[400, { code: 'invalid_instance' }, 'session-disconnected'],
		[401, '', 'credential-invalid'],
		[401, { code: 'unauthorized', message: 'Invalid or Missing Access Token' }, 'credential-invalid'],
		[401, { status: 'WORKING', me: ME }, 'credential-invalid'],
		[403, { code: 'invalid_access_token' }, 'credential-invalid'],
		[400, { code: 'missing_param', message: 'access_token is required' }, 'credential-invalid'],
		[403, { message: 'account suspended' }, 'credential-invalid'],
		[200, { code: 'unauthorized', message: 'x' }, 'credential-invalid'],
	])('where the gateway says so: %d %p', (statusCode, body, reason) => {
		expect(judged(statusCode, body)).toMatchObject({ kind: 'failure', failure: { reason } });
	});
});
