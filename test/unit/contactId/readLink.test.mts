import { isLink, numberInLink } from '../../../nodes/Wawp/contactId/readLink';

describe('A link to a chat', () => {
	test.each([
		'https://wa.me/15551234567',
		'http://wa.me/15551234567',
		' https://wa.me/15551234567',
		'https://www.wa.me/15551234567',
		'WA.ME/15551234567',
		'https://wa.me/15551234567?text=hi',
		'https://wa.me/15551234567#hi',
		'https://wa.me/15551234567/',
		'https://wa.me/%2B15551234567',
		'https://wa.me/%2015551234567%20',
		'https://api.whatsapp.com/send?phone=15551234567',
		'http://api.whatsapp.com/send/?phone=15551234567',
		'https://api.whatsapp.com/?phone=15551234567',
		'https://web.whatsapp.com/send?text=hi&phone=15551234567&x=y',
		'whatsapp://send?phone=15551234567',
		'whatsapp://?phone=15551234567',
		' whatsapp://send?phone=15551234567#hi',
	])('holds a number, with a + in front: %s', (link) => {
		expect(isLink(link)).toBe(true);
		expect(numberInLink(link)).toBe('+15551234567');
	});

	test('leaves a zero in front of the number as it is', () => {
		expect(numberInLink('https://wa.me/02079460958')).toBe('02079460958');
	});

	test.each([
		'https://wa.me/',
		'https://wa.me/message/ABCDEF',
		'https://wa.me/%zz',
		'https://wa.me/qr',
		'https://chat.whatsapp.com/AbCdEfGhIjK',
		'https://api.whatsapp.com/send?text=hi',
		'https://api.whatsapp.com/send?xphone=15551234567',
		'https://api.whatsapp.com/send#&phone=15551234567',
	])('need not hold a number: %s', (link) => {
		expect(isLink(link)).toBe(true);
		expect(numberInLink(link)).toBeUndefined();
	});

	test.each([
		'15551234567',
		'see wa.me/15551234567',
		'x https://wa.me/1',
		'https://example.com/1',
		'wa.me',
		'whatsapp:+1',
	])('is not %s', (text) => {
		expect(isLink(text)).toBe(false);
	});
});
