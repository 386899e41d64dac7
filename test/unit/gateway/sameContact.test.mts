import { isAnother, namingOf } from '../../../nodes/Wawp/gateway/sameContact';

describe('The ID of an answer', () => {
	test.each([
		['15551234567@c.us', '15551234567@c.us'],
		[' 15551234567@C.US', '15551234567@c.us'],
		['15551234567@s.whatsapp.net', '15551234567@c.us'],
		['15551234567:12@s.whatsapp.net', '15551234567@c.us'],
		['+15551234567', '15551234567@c.us'],
		["Brazil's ninth digit", '5511987654321@c.us', '551187654321@c.us'],
		["Mexico's 1", '5215512345678@c.us', '525512345678@c.us'],
		["Argentina's 9", '5491112345678@c.us', '541112345678@c.us'],
		['120363025246125244@g.us', '120363025246125244@g.us'],
		['98765@lid', '98765@lid'],
		['what stands there word for word', 'what stands there word for word'],
	])('names its contact: %s', (...ids) => {
		const [one = '', other = ''] = ids.slice(-2);
		expect(namingOf(one, other)).toBe('same');
		if (ids.length === 3) expect(namingOf(other, one)).toBe('same');
	});

	test('can be an alias that no number can be held against', () => {
		expect(namingOf('98765@lid', '15551234567@c.us')).toBe('alias');
	});

	test.each([
		['15557654321@c.us', '15551234567@c.us'],
		['5511987654322@c.us', '551187654321@c.us'],
		['4915112345678@c.us', '49115112345678@c.us'],
		['15511987654321@c.us', '1551187654321@c.us'],
		['55119876543210@c.us', '5511876543210@c.us'],
		['15215512345678@c.us', '1525512345678@c.us'],
		['52155123456789@c.us', '5255123456789@c.us'],
		['15491112345678@c.us', '1541112345678@c.us'],
		['54911123456789@c.us', '5411123456789@c.us'],
		['1+5551234567', '15551234567@c.us'],
		['15551234567@s.whatsapp.net@c.us', '15551234567@c.us'],
		['x98765@lid', '15551234567@c.us'],
		['98765@lid.x', '15551234567@c.us'],
		['15551234567@g.us', '15551234567@c.us'],
		['98765@lid', '120363025246125244@g.us'],
		['98766@lid', '98765@lid'],
		['15551234567@c.us', '98765@lid'],
		['x@lid', '15551234567@c.us'],
		['req_123', '15551234567@c.us'],
		['@c.us', '15551234567@c.us'],
		['', '15551234567@c.us'],
	])('names somebody else: %p is not %s', (id, contactId) => {
		expect(namingOf(id, contactId)).toBe('other');
	});
});

describe('An ID beside that of an answer', () => {
	test.each([
		['15557654321@c.us', '15551234567@c.us'],
		['+15557654321', '15551234567@c.us'],
		['15557654321:3@s.whatsapp.net', '15551234567@c.us'],
		['1234567', '15551234567@c.us'],
		['123456789012345', '15551234567@c.us'],
		['98766@lid', '98765@lid'],
		['120363025246125245@g.us', '120363025246125244@g.us'],
	])("is somebody else's: %s", (id, contactId) => {
		expect(isAnother(id, contactId)).toBe(true);
	});

	test.each([
		['15551234567', '15551234567@c.us'],
		['5511987654321', '551187654321@c.us'],
		['98765@lid', '15551234567@c.us'],
		['15557654321@c.us', '98765@lid'],
		['15557654321@c.us', '120363025246125244@g.us'],
		['120363025246125244', '120363025246125244@g.us'],
		['4711', '15551234567@c.us'],
		['123456', '15551234567@c.us'],
		['0551234567', '15551234567@c.us'],
		['1234567890123456', '15551234567@c.us'],
		['x15557654321@c.us', '15551234567@c.us'],
		['15557654321@c.us.x', '15551234567@c.us'],
		['507f191e810c19729de860ea', '15551234567@c.us'],
		['', '15551234567@c.us'],
	])('is not shown to be: %s', (id, contactId) => {
		expect(isAnother(id, contactId)).toBe(false);
	});
});
