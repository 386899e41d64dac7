import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';

/** What people write, and what was read wrong, or refused, before phone numbers were read with libphonenumber. */
const READ: Array<[what: string, text: string, id: string]> = [
	['the trunk zero glued to the country code', '+4407400123456', '447400123456'],
	['the trunk zero behind the country code in brackets', '(+44)07400123456', '447400123456'],
	['the trunk zero glued to 00 and the country code', '004407400123456', '447400123456'],
	['the trunk zero, with neither + nor 00', '44 07400 123456', '447400123456'],
	["Hungary's 06", '+36 06 20 123 4567', '36201234567'],
	["Russia's 8", '+7 8 (912) 345-67-89', '79123456789'],
	["Belarus's 8 0", '+375 8 029 491-19-11', '375294911911'],
	["North America's 1", '+1 1-305-555-0100', '13055550100'],
	['a zero where the country has no trunk prefix', '+34 (0)612 34 56 78', '34612345678'],
	['00 glued to country code and area code', '0049171 1234567', '491711234567'],
	['00 glued to country code and area code of Pakistan', '0092300 1234567', '923001234567'],
	['a link to a chat', 'https://wa.me/15551234567', '15551234567'],
	['a link to a chat, with a +', 'https://wa.me/+15551234567', '15551234567'],
	['a link to a chat, without https', 'wa.me/15551234567?text=hi', '15551234567'],
	['a link with a message', 'https://api.whatsapp.com/send?phone=15551234567&text=hi', '15551234567'],
	['a link with a long message', `https://wa.me/15551234567?text=${'hello%20'.repeat(200)}`, '15551234567'],
	['a link of WhatsApp Web', 'https://web.whatsapp.com/send/?text=a@b&phone=%2B1%20555%20123%204567', '15551234567'],
	["a link of the phone's app", 'whatsapp://send?phone=15551234567', '15551234567'],
	["Mexico's 1, which telephony gave up", '+52 1 55 1234 5678', '5215512345678'],
	['Mexico without it', '+52 55 1234 5678', '525512345678'],
	["Argentina's 9", '+54 9 11 2345-6789', '5491123456789'],
	['Argentina without it', '+54 11 2345-6789', '541123456789'],
	["Brazil's ninth digit", '+55 (11) 91234-5678', '5511912345678'],
	['Brazil without it', '+55 (11) 8123-4567', '551181234567'],
	['brackets around more digits than an area code has', '(123456) 12345', '12345612345'],
	['Brazil without it, as digits', '551181234567', '551181234567'],
];

const MISSING = /is missing the country code$/;
const SEVERAL = /is more than one phone number$/;
const AMBIGUOUS = /can be more than one phone number$/;

const REFUSED: Array<[what: string, text: string, message: RegExp]> = [
	['two numbers that share a slash', '+212522940770/74', SEVERAL],
	['two numbers that share a slash, parted', '+1 305 555 0100/0101', SEVERAL],
	['two numbers with a slash between them', '555-1234/555-4321', SEVERAL],
	['two numbers with a hyphen between them', '5551234-5554321', SEVERAL],
	['a number of Miami, though Greece has the code 30', '305 555-0100', MISSING],
	['a Russian number, though there is no code 89', '8-951-111-11-11', MISSING],
	['a number of New York, though Morocco has the code 212', '212-555-0123', MISSING],
	['a number of Oregon, though El Salvador has the code 503', '503-555-0123', MISSING],
	['a number of Oregon, as digits', '5035550123', MISSING],
	['a number of Madrid, though Australia has the code 61', '612 34 56 78', MISSING],
	["Australia's code for calls abroad", '0011 44 20 7946 0958', /is too long for a number in North America$/],
	["Australia's code for calls abroad, where North America has that number, too", '0011 65 8123 4567', AMBIGUOUS],
	["Singapore's code for calls abroad", '001 44 7400 123456', /is too long for a number in North America$/],
	["Singapore's code for calls abroad, where North America has that number, too", '001 65 8123 4567', AMBIGUOUS],
	['the code for calls abroad after a country code', '+49 0049 171 12345', /in use in Germany$/],
	["Argentina's 15, which is no part of the number abroad", '+54 11 15 2345-6789', /in use in Argentina$/],
	['a code that chooses a carrier', '+55 015 11 8123-4567', /in use in Brazil$/],
	['a country code that does not exist', '+210 123 456 789', /begins with a country code that does not exist$/],
	['a digit too few', '+44 20 7946 095', /^"\+44 20 7946 095" is too short for a number in the United Kingdom$/],
	['a digit too many', '+44 20 7946 09581', /is too long for a number in the United Kingdom$/],
	['a digit too few, in North America', '+1 555 123 456', /is too short for a number in North America$/],
	['00 in front of what looks like an IP address', '001.10.00.00', /is too short for a number in North America$/],
	['a link to a group', 'https://chat.whatsapp.com/AbCdEfGhIjK', /is a link without a phone number$/],
	['a link to a message', 'https://wa.me/message/ABCDEF', /is a link without a phone number$/],
	['a link with a broken number', 'https://wa.me/%zz', /is a link without a phone number$/],
	['a few digits behind an area code in brackets', '(21) 234', MISSING],
	['an area code in brackets with spaces', '( 20 ) 7946 0958', MISSING],
	['a link with a number that has no country code', 'https://wa.me/02079460958', MISSING],
];

describe('A phone number', () => {
	test.each(READ)('is read with %s: %s', (_what, text, digits) => {
		expect(readContactId(text)).toStrictEqual({ ok: true, id: `${digits}@c.us` });
	});

	test.each(REFUSED)('is not read from %s: %s', (_what, text, message) => {
		expect(readContactId(text)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
	});

	test('without its country code is refused with the words that the option Default Country exists', () => {
		expect(readContactId('020 7946 0958')).toHaveProperty('description', expect.stringContaining("'Default Country'"));
	});

	test.each([
		['GB', '020 7946 0958', '442079460958'],
		['United Kingdom', '(020) 7946 0958', '442079460958'],
		['DE', '0170 1234567', '491701234567'],
		['DE', '1701234567', '491701234567'],
		['DE', '+44 20 7946 0958', '442079460958'],
		['DE', '0044 20 7946 0958', '442079460958'],
		['DE', '4915228817386', '4915228817386'],
		['DE', '447400123456', '447400123456'],
		['GB', '15551234567', '15551234567'],
		['US', '(555) 123-4567', '15551234567'],
		['US', '1-555-123-4567', '15551234567'],
		['US', '305 555-0100', '13055550100'],
		['US', '011 44 20 7946 0958', '442079460958'],
		['AU', '0011 44 20 7946 0958', '442079460958'],
		['TH', '001 65 8123 4567', '6581234567'],
		['RU', '8 (495) 123-45-67', '74951234567'],
		['HU', '06 20 123 4567', '36201234567'],
		['MX', '55 1234 5678', '525512345678'],
		['MX', '15551234567', '15551234567'],
		['AR', '9 11 2345-6789', '5491123456789'],
		['BR', '(11) 91234-5678', '5511912345678'],
		['IT', '06 1234 5678', '390612345678'],
		['DK', '20.12.34.56', '4520123456'],
		['ES', '612.34.56.78', '34612345678'],
		['GB', 2079460958, '442079460958'],
		['GB', 'https://wa.me/02079460958', '442079460958'],
	])('of %s by default: %s is %s', (country, input, digits) => {
		expect(readContactId(input, country)).toStrictEqual({ ok: true, id: `${digits}@c.us` });
	});

	test.each([
		['GB', '020 7946 095', /is too short for a number in the United Kingdom$/],
		['GB', '020 7946 09581', /is too long for a number in the United Kingdom$/],
		['IT', 212345678, /in use in Italy$/],
		['AR', '011 15-2345-6789', /in use in Argentina$/],
		['US', '555-1234', /is too short for a number in North America$/],
		['DE', '192.168.100.200', /is neither a phone number nor/],
		['DK', '255.88.76.74', /is neither a phone number nor/],
		['DE', '15.01.2024', /is neither a phone number nor/],
		['Gemany', '0170 1234567', /^"Gemany" in 'Default Country' is not a country$/],
		['{"code":"DE"}', '0170 1234567', /^"{"code":"DE"}" in 'Default Country' is not a country$/],
	])('of %s by default is not read from %s', (country, input, message) => {
		expect(readContactId(input, country)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
	});

	test.each(['+44 20 7946 0958', '0044 20 7946 0958', '442079460958@c.us', 'https://wa.me/442079460958'])(
		'does not need an unknown country where it has its own: %s',
		(text) => {
			expect(readContactId(text, 'Gemany')).toStrictEqual({ ok: true, id: '442079460958@c.us' });
		},
	);

	test.each(['', ' ', '\t'])('has no country where %j is given', (country) => {
		expect(readContactId('0170 1234567', country)).toHaveProperty('message', expect.stringMatching(MISSING));
	});
});
