import { canonicalId, namingOf, someoneElseIn } from '../../../nodes/Wawp/gateway/sameContact';

const ASKED = '15551234567@c.us';

describe('The ID of an answer', () => {
	test.each([
		['15551234567@c.us', ASKED],
		[' 15551234567@C.US ', ASKED],
		['15551234567@s.whatsapp.net', ASKED],
		['15551234567:12@s.whatsapp.net', ASKED],
		['+15551234567', ASKED],
		['120363025246125244@G.us', '120363025246125244@g.us'],
		['98765:3@lid', '98765@lid'],
	])('%p is %s in canonical form, and names it', (id, contactId) => {
		expect(canonicalId(id)).toBe(contactId);
		expect(namingOf(id, contactId)).toBe('same');
	});

	test.each([
		["Brazil's ninth digit", '5511987654321', '551187654321'],
		["Brazil's ninth digit before a 6", '5511967654321', '551167654321'],
		["Mexico's 1", '5215512345678', '525512345678'],
		["Argentina's 9", '5491112345678', '541112345678'],
		["Ivory Coast's 07", '2250712345678', '22512345678'],
		["Ivory Coast's 27 of a landline", '2252712345678', '22512345678'],
		["Benin's 01", '2290112345678', '22912345678'],
	])('may lack a digit that was added later, or have it: %s', (_what, long, short) => {
		expect([namingOf(`${long}@c.us`, `${short}@c.us`), namingOf(short, `${long}@c.us`)]).toEqual(['same', 'same']);
	});

	test.each([
		['98765@lid', ASKED],
		[ASKED, '98765@lid'],
		['15551234567', '98765@lid'],
	])('%s can be the person asked for as %s, as far as anybody can tell', (id, contactId) => {
		expect(namingOf(id, contactId)).toBe('alias');
	});

	test.each([
		['15557654321@c.us', ASKED],
		['5511987654322@c.us', '551187654321@c.us'],
		['a landline of Brazil with a 9 before it', '5511921234567@c.us', '551121234567@c.us'],
		['two numbers of Ivory Coast', '2250112345678@c.us', '2250712345678@c.us'],
		['4915112345678@c.us', '49115112345678@c.us'],
		['15511987654321@c.us', '1551187654321@c.us'],
		['55119876543210@c.us', '5511876543210@c.us'],
		['52155123456789@c.us', '5255123456789@c.us'],
		['54911123456789@c.us', '5411123456789@c.us'],
		['1+5551234567', ASKED],
		['15551234567@s.whatsapp.net@c.us', ASKED],
		['x98765@lid', ASKED],
		['15551234567@g.us', ASKED],
		['98765@lid', '120363025246125244@g.us'],
		['98766@lid', '98765@lid'],
		['req_123', ASKED],
		['', ASKED],
	])('names somebody else: %p, %s', (...ids) => {
		const [id = '', contactId = ''] = ids.slice(-2);
		expect(namingOf(id, contactId)).toBe('other');
	});
});

describe('Somebody else', () => {
	test.each<[object | string, string]>([
		[{ to: '15557654321@c.us' }, ASKED],
		[{ a: { b: ['15557654321:3@s.whatsapp.net'] } }, ASKED],
		[{ '15557654321@c.us': 1 }, ASKED],
		['{"to":"15557654321\\u0040c.us"}', ASKED],
		[{ id: '98766@lid' }, '98765@lid'],
		[{ chat: '120363025246125245@g.us' }, '120363025246125244@g.us'],
	])('stands in %j', (body, contactId) => {
		expect(someoneElseIn(typeof body === 'string' ? body : JSON.stringify(body), contactId)).toBe(true);
	});

	test.each<[object, string]>([
		[{ to: ASKED, jid: '15551234567:3@s.whatsapp.net' }, ASKED],
		[{ lid: '98765@lid', group: '120363025246125244@g.us' }, ASKED],
		[{ phone: '15557654321@c.us' }, '98765@lid'],
		[{ owner: '15557654321@c.us' }, '120363025246125244@g.us'],
		[{ url: 'https://pps.whatsapp.net/15557654321@c.us' }, ASKED],
		[{ at: '15557654321', mail: '15557654321@example.com', cus: '15557654321@c.usa' }, ASKED],
	])('does not stand in %j', (body, contactId) => {
		expect(someoneElseIn(JSON.stringify(body), contactId)).toBe(false);
	});
});
