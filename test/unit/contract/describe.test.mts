import { describeReply } from '../../../scripts/contract/describe.mts';
import { planFor } from '../../../scripts/contract/plan.mts';

const ASKED = '15551234567@c.us';
const CREDENTIAL = { instance_id: 'wawp-84729105', access_token: 'tok-8f3a1c9b' };
const [SESSION, LOOK_UP] = planFor(CREDENTIAL, [ASKED]);
const CONTEXT = {
	credential: CREDENTIAL,
	contactIds: [ASKED],
	now: Date.parse('2026-11-22T12:00:00Z'),
};

function row(status: number, body: unknown, type = 'application/json; charset=utf-8', planned = LOOK_UP) {
	if (!planned) throw new Error('Not planned');
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const answer = { statusCode: status, headers: { 'content-type': type }, body: text };
	return describeReply(planned, { answer }, CONTEXT);
}

describe('A row of the contract', () => {
	test("holds status, content type, the body's keys with types, and what the node makes of it", () => {
		expect(row(200, { id: ASKED, url: 'https://pps.whatsapp.net/v/1.jpg?oe=1' })).toEqual({
			request: 'look-up: contact 1, a number',
			status: 200,
			contentType: 'application/json',
			body: 'JSON object',
			fields: { id: 'the contact ID', url: 'url of whatsapp.net (37 characters)' },
			outcome: 'picture',
		});
	});

	test.each<[what: string, body: unknown, fields: Record<string, string>]>([
		[
			'nested keys with dots',
			{ success: true, data: { id: ASKED, url: null } },
			{ success: 'true', 'data.id': 'the contact ID', 'data.url': 'null' },
		],
		[
			'elements of an array together',
			{ list: [{ a: 1 }, { a: '' }, { b: [] }] },
			{ 'list[].a': 'number | empty string', 'list[].b': 'empty array' },
		],
		['the contact in another form', { id: '15551234567' }, { id: 'the contact ID, in another form' }],
		['a privacy-preserving ID', { id: '99887766554433@lid' }, { id: 'a privacy-preserving ID (LID)' }],
		['another contact', { id: '5511987654321@c.us' }, { id: 'another contact ID' }],
		[
			'an address elsewhere',
			{ icon: 'http://cdn.example.com/1.png', bad: 'https://[bad' },
			{ icon: 'http url (28 characters)', bad: 'broken url (12 characters)' },
		],
		[
			'a status, and no other number',
			{ statusCode: 500, exception: { data: 401 }, count: 401, code: 15551 },
			{ statusCode: 'number 500', 'exception.data': 'number 401', count: 'number', code: 'number' },
		],
		['a code', { code: 'invalid_access_token' }, { code: 'string (20 characters): invalid_access_token' }],
		[
			'known words of a message',
			{ message: 'Invalid Zugangs-Token for Jane: 15551234567' },
			{ message: 'string (43 characters): invalid … for …' },
		],
		[
			'that a message repeats what was sent',
			{ message: `No session for ${CREDENTIAL.instance_id}` },
			{ message: 'string (28 characters) with the instance ID in it: no session for …' },
		],
		[
			'nothing of a key that is a number',
			{ [ASKED]: { url: '' }, a1234: 1, v2: 1 },
			{ '(16 characters).url': 'empty string', '(5 characters)': 'number', 'v#': 'number' },
		],
		[
			'nothing of a key that holds the token',
			{ [`x_${CREDENTIAL.access_token}`]: 1, [Buffer.from(CREDENTIAL.access_token).toString('hex')]: 1 },
			{ '(14 characters)': 'number', '(24 characters)': 'number' },
		],
		['keys only so deep', { a: { b: { c: { d: { e: { f: 1 } } } } } }, { 'a.b.c.d.e': 'object' }],
	])('tells %s', (_what, body, fields) => {
		expect(row(400, body).fields).toEqual(fields);
	});

	test('has room for forty keys', () => {
		const letters = 'abcdefghijklmnopqrstuvwxyz';
		const many = Object.fromEntries([...letters].flatMap((one) => ['x', 'y'].map((other) => [one + other, null])));
		const { fields } = row(200, many);
		expect(Object.keys(fields)).toHaveLength(41);
		expect(fields['…']).toBe('more keys');
	});

	test.each<[body: string, type: string, kind: string, shownType: string]>([
		['', '', 'empty', 'another'],
		['Unauthorized', 'text/plain', 'text (12 characters): unauthorized', 'text/plain'],
		[
			'<!DOCTYPE html><html><head><style>a{}</style><title>Bad Gateway</title></head></html>',
			'text/html',
			'page (85 characters): bad gateway',
			'text/html',
		],
		[
			'<error><code>item-not-found</code></error>',
			'application/xml',
			'XML (42 characters): item-not-found',
			'application/xml',
		],
		['[]', 'application/problem+json', 'JSON array', 'application/problem+json'],
		['"Not Found"', 'text/x-15551234567', 'JSON string', 'another'],
	])('tells what kind of body %j is', (body, type, kind, shownType) => {
		expect(row(404, body, type)).toMatchObject({ body: kind, contentType: shownType });
	});

	test.each<[status: number, body: object, outcome: string]>([
		[200, { id: ASKED, url: '' }, 'none'],
		[200, { profilePictureURL: 'https://pps.whatsapp.net/1.jpg' }, 'picture without an ID'],
		[400, { code: 'bad_request' }, 'failure: bad-request'],
		[
			401,
			{ message: 'Invalid token' },
			'unconfirmed: none if the session works, failure: credential-invalid if nothing tells',
		],
	])('says what the node makes of %i %j', (status, body, outcome) => {
		expect(row(status, body).outcome).toBe(outcome);
	});

	test('says whether the session works', () => {
		expect(row(200, { status: 'STOPPED' }, 'application/json', SESSION).outcome).toBe('failure: session-disconnected');
		expect(row(404, 'Cannot POST /v2/session/info', 'text/html', SESSION).outcome).toBe('unknown');
	});

	test('says so where no answer came', () => {
		if (!LOOK_UP) throw new Error('Not planned');
		expect(describeReply(LOOK_UP, { transportError: 'refused' }, CONTEXT)).toMatchObject({
			outcome: 'no answer: refused',
		});
	});

	test('shows the state of a session, but no account', () => {
		const body = { name: 'wawp-84729105', status: 'WORKING', me: { id: '201012345678@c.us', pushName: 'John Doe' } };
		expect(row(200, body, 'application/json', SESSION)).toMatchObject({
			fields: {
				name: 'the instance ID',
				status: 'string (7 characters): working',
				'me.id': 'a contact ID',
				'me.pushName': 'string (8 characters)',
			},
			outcome: 'works',
		});
	});
});
