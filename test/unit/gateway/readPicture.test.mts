import { readBody } from '../../../nodes/Wawp/gateway/body';
import { readPicture } from '../../../nodes/Wawp/gateway/readPicture';

const ASKED = '15551234567@c.us';
const OTHER = '15557654321@c.us';
const WHATSAPP = 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg?ccb=11-4&oe=66BC702E';
const ELSEWHERE = 'https://cdn.example.com/1.jpg';

const read = (body: object | string, contactId = ASKED) =>
	readPicture(readBody(typeof body === 'string' ? body : JSON.stringify(body)), contactId, 'tok-8f3a1c');
const picture = (url: string, id = ASKED) => ({ kind: 'picture', id, url, isNamed: true });
const unnamed = (url: string, id = ASKED) => ({ kind: 'picture', id, url });
const none = (id = ASKED) => ({ kind: 'none', id });

describe('A picture, or none,', () => {
	test.each(['url', 'profilePictureURL', 'imgUrl', 'pictureUrl', 'PICTURE_URL', 'publicUrl', 'public_url', 'picture'])(
		'can be told under %s',
		(name) => {
			expect(read({ id: ASKED, [name]: WHATSAPP })).toEqual(picture(WHATSAPP));
			for (const url of [null, '']) expect(read({ id: ASKED, [name]: url })).toEqual(none());
		},
	);

	test.each<object>([{ success: true }, { ok: 'true', status: 'success', code: 200 }, { status: 'OK', code: null }])(
		'can be told beside a report that it went well: %j',
		(more) => {
			expect(read({ id: ASKED, url: WHATSAPP, ...more })).toEqual(picture(WHATSAPP));
			expect(read({ ...more, data: { id: ASKED, url: null } })).toEqual(none());
			expect(read({ ...more, id: ASKED, data: { url: ELSEWHERE } })).toEqual(picture(ELSEWHERE));
		},
	);

	test.each<object>([
		{ success: false },
		{ ok: 'no' },
		{ status: 'error' },
		{ status: 503 },
		{ code: 'x' },
		{ code: {} },
		{ data: { success: 0 } },
	])('is told by nothing beside a report that it did not: %j', (more) => {
		expect(read({ id: ASKED, url: WHATSAPP, ...more })).toBeUndefined();
		expect(read({ id: ASKED, url: null, ...more })).toBeUndefined();
	});

	test.each<[what: string, body: object, expected: object | undefined]>([
		['ID and host', { id: ASKED, url: WHATSAPP, unknown: 'ж' }, picture(WHATSAPP)],
		['ID and no unknown key', { id: ASKED, url: ELSEWHERE }, picture(ELSEWHERE)],
		['host and no unknown key', { url: WHATSAPP }, unnamed(WHATSAPP)],
		[
			'host, no unknown key, and an ID that cannot be compared',
			{ id: '98765@lid', url: WHATSAPP },
			unnamed(WHATSAPP, '98765@lid'),
		],
		['ID alone', { id: ASKED, url: ELSEWHERE, message: 'Sesión desconectada' }, undefined],
		['host alone', { url: WHATSAPP, message: 'Sesión desconectada' }, undefined],
		['no unknown key alone', { url: 'https://portal.example.com/login' }, undefined],
		['nothing', { url: 'https://wawp.net/ayuda', message: 'Sesión desconectada' }, undefined],
		['a host that only ends alike', { url: 'https://evilwhatsapp.net/1.jpg' }, undefined],
	])('needs two of three to be told by an address: %s', (_what, body, expected) => {
		expect(read(body)).toEqual(expected);
	});

	test.each<object>([
		{ reason: 429 },
		{ connected: false },
		{ errorCode: 503 },
		{ isError: true },
		{ meta: { success: false } },
		{ hint: 'Reconnect?' },
		{ data: null },
		{ data: { cached: true } },
		{ photo_link: ELSEWHERE },
	])('is not told by the lack of an address beside an unknown key: %j', (more) => {
		expect(read({ id: ASKED, url: null, ...more })).toBeUndefined();
	});

	test.each([
		{},
		{ id: ASKED },
		{ success: true },
		{ data: [{ id: ASKED, url: WHATSAPP }] },
		{ data: WHATSAPP },
		'[]',
		'OK',
	])('is not told where nothing has its name: %j', (body) => {
		expect(read(body)).toBeUndefined();
	});

	test.each([undefined, null, '', ' '])('whose ID is %j is the contact’s, and does not name it', (id) => {
		expect(read({ id, url: WHATSAPP })).toEqual(unnamed(WHATSAPP));
		expect(read({ id, url: null })).toEqual(none());
	});
});

describe('The ID', () => {
	test.each([
		'15551234567',
		' 15551234567@C.US ',
		'15551234567:7@s.whatsapp.net',
		15551234567,
		{ _serialized: ASKED },
		[ASKED],
	])('comes out in canonical form: %j', (id) => {
		expect(read({ id, url: WHATSAPP })).toEqual(picture(WHATSAPP));
		expect(read({ id, url: null })).toEqual(none());
	});

	test('is the one that was answered where WhatsApp has corrected a digit', () => {
		expect(read({ id: '551187654321', url: WHATSAPP }, '5511987654321@c.us')).toEqual(
			picture(WHATSAPP, '551187654321@c.us'),
		);
	});

	test.each<object>([
		{ id: OTHER },
		{ id: '15557654321' },
		{ id: 15557654321 },
		{ id: [ASKED, OTHER] },
		{ id: { _serialized: OTHER } },
		{ id: { user: '15557654321', server: 'c.us' } },
		{ id: 'req_123' },
		{ id: true },
		{ id: ASKED, to: OTHER },
		{ remoteJid: '15557654321@s.whatsapp.net' },
		{ contact: { id: OTHER } },
		{ data: { id: OTHER } },
	])('of somebody else is the end of it: %j', (more) => {
		expect(read({ url: WHATSAPP, ...more })).toEqual({ kind: 'other contact' });
		expect(read({ url: null, ...more })).toEqual({ kind: 'other contact' });
	});
});

describe('An address', () => {
	test.each<object>([
		{ url: 'http://pps.whatsapp.net/1.jpg' },
		{ url: 'https://[bad' },
		{ url: 'https://localhost/1.jpg' },
		{ url: 'https://pps.whatsapp.net/a b.jpg' },
		{ url: 7 },
		{ url: { toString: 1 } },
		{ url: `https://pps.whatsapp.net/?t=tok-8f3a1c` },
		{ url: `https://pps.whatsapp.net/?t=tok%2D8f3a1c` },
		{ url: null, imgUrl: WHATSAPP },
		{ url: WHATSAPP, imgUrl: ELSEWHERE },
	])('that cannot be used is none, and no picture: %j', (more) => {
		expect(read({ id: ASKED, ...more })).toEqual({ kind: 'unusable' });
	});

	test('may stand there twice', () => {
		expect(read({ id: ASKED, url: WHATSAPP, imgUrl: WHATSAPP })).toEqual(picture(WHATSAPP));
	});
});
