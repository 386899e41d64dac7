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
		['beside data that is nothing', { status: 'WORKING', data: null }],
		['beside data of another kind', { status: 'WORKING', me: ME, data: { region: 'eu' } }],
	])('where the gateway says so %s', (_what, body) => {
		expect(judged(200, body)).toStrictEqual({ kind: 'works' });
	});

	test.each([201, 203])('where the gateway says so under %d, as some answer a POST', (statusCode) => {
		expect(judged(statusCode, { name: 'wawp-84729105', status: 'WORKING', me: ME })).toStrictEqual({ kind: 'works' });
	});

	test.each<[number, unknown]>([
		[200, { status: 'working', me: ME }],
		[200, { status: 'RUNNING', me: ME }],
		[200, { me: ME }],
		[200, { status: 'WORKING', me: false }],
		[200, { status: 'WORKING', me: null }],
		[200, { status: 'WORKING', me: {} }],
		[200, { status: 'WORKING', me: { id: '' } }],
		[200, { status: 'WORKING', me: { id: 15550000000 } }],
		[200, { status: 5, me: ME }],
		[200, [{ status: 'WORKING', me: ME }]],
		[200, ''],
		[200, 'WORKING'],
		[202, { status: 'WORKING', me: ME }],
		[404, { code: 'not_found', message: 'No endpoint /v2/session/info' }],
		[405, ''],
		[401, '<html><body>Unauthorized</body></html>'],
	])('and nothing else says that, or that they do not: %d %p', (statusCode, body) => {
		expect(judged(statusCode, body)).toStrictEqual({ kind: 'unknown' });
	});

	test.each<[number, unknown]>([
		[408, { message: 'Unauthorized' }],
		[429, { message: 'Too many requests, invalid token' }],
		[500, { message: 'Unauthorized' }],
		[500, { status: 'WORKING', me: ME }],
		[502, '<html><body>Unauthorized</body></html>'],
		[501, ''],
		[429, '<html><body>429 Too Many Requests</body></html>'],
		[408, '<html><body>Unauthorized</body></html>'],
		[503, { error: 'Service unavailable' }],
	])('and where the gateway is in trouble, it may say so later: %d %p', (statusCode, body) => {
		expect(judged(statusCode, body)).toStrictEqual({ kind: 'unknown', isInTrouble: true });
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
		[401, { timestamp: '2026-11-22', status: 401, error: 'Unauthorized', path: '/v2' }, 'credential-invalid'],
		[403, { code: 'invalid_access_token' }, 'credential-invalid'],
		[400, { code: 'missing_param', message: 'access_token is required' }, 'credential-invalid'],
		[403, { message: 'account suspended' }, 'credential-invalid'],
		[200, { code: 'unauthorized', message: 'x' }, 'credential-invalid'],
	])('where the gateway says so: %d %p', (statusCode, body, reason) => {
		expect(judged(statusCode, body)).toMatchObject({ kind: 'failure', failure: { reason } });
	});

	test.each([
		['SCAN_QR_CODE', /waits for its QR code/, /scan the QR code/],
		['STOPPED', /is stopped/, /^Start the instance/],
		['FAILED', /has failed/, /^Restart the instance .* scan its QR code/],
		['STARTING', /is still starting/, /again in a minute/],
	])('and where the status is %s, that is told, and what helps', (status, message, description) => {
		expect(judged(200, { name: 'wawp-84729105', status })).toMatchObject({
			status,
			failure: { message: expect.stringMatching(message), description: expect.stringMatching(description) },
		});
	});

	test('and no status is told where the session is not known', () => {
		expect(judged(404, { code: 'invalid_session' })).not.toHaveProperty('status');
		expect(judged(401, { status: 'WORKING' })).not.toHaveProperty('status');
	});
});
