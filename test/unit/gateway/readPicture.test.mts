import { readBody } from '../../../nodes/Wawp/gateway/parseBody';
import { readPicture } from '../../../nodes/Wawp/gateway/readPicture';

const ASKED = '15551234567@c.us';
const URL = 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg?ccb=11-4&oh=01_Q5Aa&oe=66BC702E';
const PICTURE = { kind: 'picture', id: ASKED, url: URL, isNamed: true };
const NONE = { kind: 'none', id: ASKED, isNamed: true };

const read = (body: object) => readPicture(readBody(JSON.stringify(body)), ASKED, 'tok-8f3a1c');

describe('A picture, or none,', () => {
	test.each(['url', 'profilePictureURL', 'imgUrl', 'pictureUrl', 'PICTURE_URL', 'publicUrl', 'public_url', 'picture'])(
		'can be told under %s',
		(name) => {
			expect(read({ id: ASKED, [name]: URL })).toEqual(PICTURE);
			expect(read({ id: ASKED, [name]: null })).toEqual(NONE);
		},
	);

	test.each([
		{ data: { cached: true } },
		{ data: null },
		{ data: '' },
		{ data: [] },
		{ data: { code: 200, message: 'ok' } },
	])('can be told beside data that has no word against it: %j', (more) => {
		expect(read({ id: ASKED, url: URL, ...more })).toEqual(PICTURE);
		expect(read({ id: ASKED, url: null, ...more })).toEqual(NONE);
	});

	test.each([
		{ data: { id: ASKED, url: URL } },
		{ id: ASKED, data: { url: URL } },
		{ id: 'req_123', data: { id: ASKED, url: URL } },
		{ id: ASKED, url: URL, data: { id: 'req_123' } },
	])('is of the contact whose ID stands beside the address, or around it: %j', (body) => {
		expect(read(body)).toEqual(PICTURE);
	});

	test.each([undefined, null, '', ' ', {}])('whose ID is %j is taken for the contact’s, and does not name it', (id) => {
		expect(read({ id, url: URL })).toEqual({ ...PICTURE, isNamed: false });
		expect(read({ id, url: null })).toEqual({ ...NONE, isNamed: false });
	});

	test.each([{}, { id: ASKED }, { success: true, data: null }, { data: [{ id: ASKED, url: URL }] }, { data: URL }])(
		'is not told where no address has its name: %j',
		(body) => {
			expect(read(body)).toBeUndefined();
		},
	);
});

describe('An ID that is not the contact’s', () => {
	test.each([
		{ id: '15557654321@c.us', url: URL },
		{ id: '15557654321@c.us', url: null },
		{ id: 'req_123', url: URL },
	])('makes it the answer of another one: %j', (body) => {
		expect(read(body)).toEqual({ kind: 'other contact' });
	});

	test.each([
		{ contactId: '15557654321@c.us' },
		{ contact_id: '15557654321' },
		{ jid: '15557654321@s.whatsapp.net' },
		{ wuid: '15557654321@s.whatsapp.net' },
		{ chatId: '15557654321@c.us' },
		{ wid: 15557654321 },
		{ id: { server: 'c.us', user: '15557654321', _serialized: '15557654321@c.us' } },
		{ id: '98765@lid', wuid: '15557654321@s.whatsapp.net' },
		{ data: { jid: '15557654321@s.whatsapp.net' } },
	])('does so under any name that gateways have for it: %j', (other) => {
		expect(read({ url: URL, ...other })).toEqual({ kind: 'other contact' });
		expect(read({ url: null, ...other })).toEqual({ kind: 'other contact' });
	});

	test.each([
		{ contactId: ASKED },
		{ jid: '15551234567:3@s.whatsapp.net' },
		{ wuid: '98765@lid' },
		{ wid: 15551234567 },
		{ chatId: null },
		{ contactId: '' },
		{ jid: {} },
		{ contactId: 4711 },
		{ contactId: '507f191e810c19729de860ea' },
		{ chatId: '120363025246125244@g.us' },
	])('is none where it is his own, or no phone number; but only the ID itself names him: %j', (own) => {
		expect(read({ url: URL, ...own })).toEqual({ ...PICTURE, isNamed: false });
		expect(read({ url: null, ...own })).toEqual({ ...NONE, isNamed: false });
	});

	test.each([{ jid: '15557654321@s.whatsapp.net' }, { contactId: 4711 }])(
		'is none beside the ID that was asked for: %j',
		(other) => {
			expect(read({ id: ASKED, url: URL, ...other })).toEqual(PICTURE);
			expect(read({ id: ASKED, url: null, ...other })).toEqual(NONE);
		},
	);

	test('counts where the ID that was asked for stands around it only', () => {
		const data = { wuid: '15557654321@s.whatsapp.net', profilePictureUrl: URL };
		expect(read({ id: ASKED, data })).toEqual({ kind: 'other contact' });
		expect(read({ id: ASKED, data: { ...data, id: ASKED } })).toEqual(PICTURE);
	});

	test('is not one that an object holds as a text', () => {
		expect(read({ id: { _serialized: ASKED }, url: URL })).toEqual(PICTURE);
		expect(read({ id: { _serialized: {} }, url: URL })).toEqual({ ...PICTURE, isNamed: false });
	});

	test('makes it nothing where it is no ID of WhatsApp, and there is no address', () => {
		expect(read({ id: 'req_123', url: null })).toBeUndefined();
	});

	test('is not read as words about the session', () => {
		expect(read({ id: 'Session expired', url: URL })).toEqual({ kind: 'other contact' });
	});
});

describe('What speaks of an error', () => {
	test.each([
		{ error: 'Something' },
		{ error: true },
		{ errors: ['Something'] },
		{ exception: { message: 'Something' } },
		{ wawpUpstreamError: { status: 500 } },
		{ success: false },
		{ Success: 'False' },
		{ ok: false },
		{ ok: 0 },
		{ ok: 'no' },
		{ code: 'teapot' },
		{ code: 2010 },
		{ status: 'pending' },
		{ status: 'done with errors' },
		{ status: { toString: 1 } },
		{ statusCode: 500 },
		{ status_code: 404 },
	])('leaves a picture in doubt, wherever it stands: %j', (error) => {
		const found = { id: ASKED, url: URL };
		for (const body of [
			{ ...found, ...error },
			{ data: { ...found, ...error } },
			{ ...error, data: found },
			{ ...found, data: error },
		]) {
			expect(read(body)).toBeUndefined();
		}
	});

	test.each([null, false, '', 0, [], {}])('speaks of none where its value is %j', (value) => {
		for (const name of ['error', 'errors', 'exception', 'code', 'status', 'statusCode']) {
			expect(read({ id: ASKED, url: URL, [name]: value })).toEqual(PICTURE);
		}
	});

	test.each([
		{ code: 200 },
		{ code: '201' },
		{ status: 203 },
		{ statusCode: '0' },
		{ status: 'Success' },
		{ status: 'WORKING' },
		{ status: true },
		{ success: true },
		{ success: 10 },
		{ success: 'nothing to add' },
		{ success: { toString: 1 } },
		{ ok: 'yes' },
	])('speaks of none where it says that all is well: %j', (more) => {
		expect(read({ id: ASKED, url: URL, ...more })).toEqual(PICTURE);
	});
});

describe('An empty address', () => {
	test.each([
		{ message: 'OK' },
		{ message: 'Success. Found', time: '2026-11-22 12:00' },
		{ success: 'yes' },
		{ cached: true },
	])('is no picture beside words that say nothing else: %j', (more) => {
		expect(read({ id: ASKED, url: null, ...more })).toEqual(NONE);
	});

	test('is no picture of a privacy-preserving ID either', () => {
		const id = '98765@lid';
		expect(read({ id, url: null, message: 'ok' })).toEqual({ kind: 'none', id, isNamed: false });
	});

	test.each([
		{ message: 'Soon' },
		{ message: 'Come back soon' },
		{ data: 'Soon' },
		{ data: ['Soon'] },
		{ data: { message: 'Soon' } },
	])('is in doubt beside any other words: %j', (more) => {
		expect(read({ id: ASKED, url: null, ...more })).toBeUndefined();
		expect(read({ url: null, ...more })).toBeUndefined();
	});
});
