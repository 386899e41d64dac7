import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';

const LINK = 'https://wa.me/15551234567?text=';

// Numbers that regulators keep free for films, where the country has such.
const ACCEPTED: Array<[what: string, input: unknown, id: string]> = [
	['United States', '+1 (555) 123-4567', '15551234567@c.us'],
	['United Kingdom, with country code and bracketed zero, but no +', '44 (0)20 7946 0958', '442079460958@c.us'],
	['United Kingdom, with the area code and its zero in brackets', '+44 (020) 7946 0958', '442079460958@c.us'],
	['Germany', '+49 30/23125-123', '493023125123@c.us'],
	['India, with the zero after a hyphen', '+91-098765-43210', '919876543210@c.us'],
	['Egypt, whose code ends in a zero, with the zero', '+20 010 1234 5678', '201012345678@c.us'],
	['Egypt, the same with the mobile code in brackets', '+2(010)12345678', '201012345678@c.us'],
	['France, grouped beyond the country code', '+336 07 12 34 56', '33607123456@c.us'],
	['Turkey, grouped by threes', '+905 051 234 567', '905051234567@c.us'],
	['Germany, with 00 and a bracketed zero that nothing parts', '0049(0)15112345678', '4915112345678@c.us'],
	['Ivory Coast, whose leading zero belongs to the number', '+225 (01) 23 45 67 89', '2250123456789@c.us'],
	['00 in brackets', '(00)1 555 123 4567', '15551234567@c.us'],
	['+ in front of 00', '+0015551234567', '15551234567@c.us'],
	['the longest number, of Germany', '+49 30 1234 5123 451', '493012345123451@c.us'],
	['a number instead of a string', 15551234567, '15551234567@c.us'],
	['a big integer', 15551234567n, '15551234567@c.us'],

	['a link of 10,000 characters', LINK.padEnd(10_000, 'x'), '15551234567@c.us'],
	['a link without TLS', 'http://wa.me/15551234567', '15551234567@c.us'],
	['spaces around', '  +1 555 123 4567\t', '15551234567@c.us'],
	['a line break after it', '15551234567\r\n', '15551234567@c.us'],
	['a full stop after it', '15551234567.', '15551234567@c.us'],
	["a float's text", '15551234567.0', '15551234567@c.us'],
	["a float's text with a + and two zeros", '+15551234567.00', '15551234567@c.us'],
	["a spreadsheet's mark of text", "'+15551234567", '15551234567@c.us'],
	['a link to a telephone number', 'tel:+1-555-123-4567', '15551234567@c.us'],
	["Twilio's writing", 'whatsapp:+15551234567', '15551234567@c.us'],
	['a number as Meta exports it with its leads', 'p:+15551234567', '15551234567@c.us'],
	['no-break spaces', '+1\u00a0555\u202f123\u00a04567', '15551234567@c.us'],
	['zero-width marks', '\ufeff1555\u200b123\u2060456\u200d7', '15551234567@c.us'],
	['bidi marks, as a messenger copies them', '\u202a+1 555 123 4567\u202c', '15551234567@c.us'],
	['bidi isolates', '\u2066\u200e+1 555 123 4567\u200f\u2069', '15551234567@c.us'],
	['a soft hyphen', '1555\u00ad1234567', '15551234567@c.us'],
	['a variation selector', '+1555\ufe0f1234567', '15551234567@c.us'],
	['the long vowel of Japanese', '+81 90\u30fc1234\u30fc5678', '819012345678@c.us'],
	['a vowel of Korean', '+82 10\u31611234\u31615678', '821012345678@c.us'],
	['strokes of frames', '+81 90 \u2500 1234\u25015678', '819012345678@c.us'],

	['full-width digits and signs', '＋１（５５５）１２３－４５６７', '15551234567@c.us'],
	['mathematical bold digits', '𝟏𝟓𝟓𝟓𝟏𝟐𝟑𝟒𝟓𝟔𝟕', '15551234567@c.us'],
	['digits of several scripts', '\u0661\u096b５5-1234567', '15551234567@c.us'],
	['Arabic-Indic digits in a WhatsApp ID', '\u0661\u0665\u0665\u0665\u0661\u0662\u0663@c.us', '1555123@c.us'],

	['a contact', '15551234567@c.us', '15551234567@c.us'],
	['the shortest contact', '1234567@c.us', '1234567@c.us'],
	['the longest contact', '123456789012345@c.us', '123456789012345@c.us'],
	['a contact in capitals', '15551234567@C.US', '15551234567@c.us'],
	['a contact with a +', '+15551234567@c.us', '15551234567@c.us'],
	['a contact in capitals, with marks inside', '1555\u200b1234567@C.\u200eUS ', '15551234567@c.us'],
	["WhatsApp's own ending", '15551234567@s.whatsapp.net', '15551234567@c.us'],
	['a device part', '15551234567:12@s.whatsapp.net', '15551234567@c.us'],
	['a device part of a contact', '15551234567:3@c.us', '15551234567@c.us'],
	['a group', '120363025246125486@g.us', '120363025246125486@g.us'],
	['a group from before 2021', '15551234567-1500000000@g.us', '15551234567-1500000000@g.us'],
	['a group from before 2021, with a dash', '15551234567\u20131500000000@g.us', '15551234567-1500000000@g.us'],
	['a lid', '123456789012345@lid', '123456789012345@lid'],
	['a lid longer than a phone number', '12345678901234567@lid', '12345678901234567@lid'],
	['a device of a lid', '123456789012345:2@lid', '123456789012345@lid'],
	['an agent and a device', '15551234567_3:2@s.whatsapp.net', '15551234567@c.us'],
	['an agent of a lid', '123456789012345_1@lid', '123456789012345@lid'],
	['an agent with five digits', '15551234567_12345:12345@s.whatsapp.net', '15551234567@c.us'],
];

const EMPTY = /^The contact ID is empty$/;
const LOST_DIGITS = /^The contact ID is a number that has lost digits$/;
const CHANGED = /is a phone number that a spreadsheet has changed$/;
const NO_COUNTRY_CODE = /is missing the country code$/;
const NOT_A_NUMBER = /is neither a phone number nor a WhatsApp ID$/;
const MORE = /contains more than a phone number$/;
const BUSINESS = /is a business-scoped user ID, which only Meta's own API knows$/;
const SEVERAL = /is more than one phone number$/;
const TWO_SIGNS = /has more than one @$/;
const OTHER_ENDING = /is not a WhatsApp ID, which ends in @c\.us, @g\.us, @lid or @s\.whatsapp\.net$/;
const NOT_TEXT = (type: string) => new RegExp(`^The contact ID is ${type}, not text or a number$`);
const LENGTH = (digits: number) =>
	new RegExp(`has ${digits} digit${digits === 1 ? '' : 's'}; a phone number with its country code has 7 to 15$`);
const NO_NUMBER = (server: string) => new RegExp(`has no valid number before @${server.replaceAll('.', '\\.')}$`);

const REFUSED: Array<[what: string, input: unknown, message: RegExp]> = [
	['undefined', undefined, EMPTY],
	['null', null, EMPTY],
	['an empty string', '', EMPTY],
	['spaces only', ' \t\r\n\u00a0', EMPTY],
	['invisible marks only', '\u200b\u200e\ufeff', EMPTY],

	['an object', { id: '15551234567@c.us' }, NOT_TEXT('an object')],
	['a date', new Date(0), NOT_TEXT('an object')],
	['a list', ['15551234567'], NOT_TEXT('a list')],
	['true', true, NOT_TEXT('true or false')],

	['NaN', NaN, LOST_DIGITS],
	['Infinity', Infinity, LOST_DIGITS],
	['a fraction', 15551234567.5, LOST_DIGITS],
	['2^53, from where on numbers lose digits', 2 ** 53, LOST_DIGITS],
	['a negative number', -15551234567, /^The contact ID is a negative number$/],
	['zero', 0, LENGTH(1)],

	['a spreadsheet exponent', '1.55512E+10', CHANGED],
	['a spreadsheet exponent with a decimal comma', '1,55512E+10', CHANGED],
	['a spreadsheet exponent after +', '+1.55512E+10', CHANGED],
	['a spreadsheet exponent without a fraction', '155512E10', CHANGED],
	['a letter in front of what looks like an exponent', 'x1.5e9', NOT_A_NUMBER],
	['a letter after what looks like an exponent', '1.5e9x', NOT_A_NUMBER],
	['a spreadsheet decimal with two digits', '15551234567.25', CHANGED],
	['a spreadsheet decimal that begins with a zero', '15551234567.05', CHANGED],
	['a spreadsheet decimal after a bracket', '(15551234567.0', CHANGED],
	['a link after a word', 'Chat: https://wa.me/15551234567', MORE],
	['a link right after a word', 'Chat:https://wa.me/15551234567', MORE],
	['a spreadsheet decimal with a comma and two digits', '15551234567,25', CHANGED],

	['a number in the North American way, with dots', '415.555.0123', NO_COUNTRY_CODE],
	['a bracketed zero in front', '(0)44 20 7946 0958', NO_COUNTRY_CODE],
	['a zero after 00', '000 7946 0958', NO_COUNTRY_CODE],
	['00 alone', '00', LENGTH(0)],
	['two numbers', '+1 555 123 4567 / +1 555 123 4568', SEVERAL],
	['a number and the end of another', '+1 (555) 123-4567 / 4568', SEVERAL],
	['two numbers that a space parts', '5551234 5551235', SEVERAL],
	['two numbers that a comma parts', '15551234567,15551234568', SEVERAL],
	['two numbers that a word parts', '+1 555 123 4567 or +1 555 123 4568', SEVERAL],
	['a fraction as text', '15551234567.5', CHANGED],
	["a short float's text", '123456.0', NO_COUNTRY_CODE],
	['a negative number as text', '-15551234567', NOT_A_NUMBER],
	['a date and a time', '2024-01-15 10:00', NOT_A_NUMBER],
	['an ISO date', '2024-01-15', NOT_A_NUMBER],
	['an IP address that begins with the largest byte', '255.35.75.19', NOT_A_NUMBER],
	['brackets in brackets', '((1)', LENGTH(1)],
	['a +', '+', NOT_A_NUMBER],
	['a + in the middle', '1555+1234567', MORE],
	['a name', 'Ada Lovelace', NOT_A_NUMBER],
	['an extension', '+1 555 123 4567 ext. 8', MORE],
	['quotation marks', '"+15551234567"', MORE],
	['a comma after it', '15551234567,', MORE],
	['an apostrophe after it', "15551234567'", MORE],
	['a slash after it', '+1 555 123 4567 /', MORE],
	['a footnote', '15551234567\u00b9', MORE],
	['numbers in circles', '①②③④⑤⑥⑦⑧⑨', NOT_A_NUMBER],
	['half a character', '\ud835', NOT_A_NUMBER],
	['a formatted number before @c.us', '+1 555 123 4567@c.us', NO_NUMBER('c.us')],
	['100 digits', '1'.repeat(100), LENGTH(100)],
	['101 digits', '1'.repeat(101), /has 101 characters, too many/],
	['a link with 99 digits', `https://wa.me/${'1'.repeat(99)}`, LENGTH(99)],
	['a link with 100 digits', `https://wa.me/${'1'.repeat(100)}`, /is a link without a phone number$/],
	['a link of more than 10,000 characters', LINK.padEnd(10_001, 'x'), /has 10001 characters, too many/],
	['a text of megabytes', '1'.repeat(10_000_000), /has 10000000 characters, too many/],
	['a vulgar fraction', '1555123456\u00bd', MORE],
	['a NUL', '15551234567\u0000', MORE],
	['an escaped at sign', '15551234567%40c.us', MORE],

	['a second parameter after a contact', '1@c.us&refresh=true', OTHER_ENDING],
	['a path after a contact', '15551234567@c.us/../../session', OTHER_ENDING],
	['a line break before the ending', '15551234567@\nc.us', OTHER_ENDING],
	['two @', '15551234567@c.us@c.us', TWO_SIGNS],
	['another ending', '15551234567@hosted', OTHER_ENDING],
	['an ending that every object has', '15551234567@constructor', OTHER_ENDING],

	['a business-scoped ID', 'US.13491208655302741918', BUSINESS],
	['a business-scoped ID of a group of businesses', 'BR.ENT.1181579921288e', BUSINESS],
	['a name that begins like one', 'DR.HoustonTexas', NOT_A_NUMBER],
	['a business-scoped ID without its country', 'BRX.1181579921288', MORE],
	['a business-scoped ID with something after it', 'US.13491208655302741918+', MORE],
	['a business-scoped ID with letters first', 'US.ABC13491208655', BUSINESS],
	['a long vowel of Japanese in a word', '090\u30fcタ\u30fc5678', NOT_A_NUMBER],

	['a newsletter', '120363025246125486@newsletter', /^A newsletter \(channel\) has no contact picture$/],
	['a broadcast list', '1500000000@broadcast', /^A broadcast list has no contact picture$/],

	['nothing before @c.us', '@c.us', NO_NUMBER('c.us')],
	['a name before @c.us', 'ada@c.us', NO_NUMBER('c.us')],
	['a + in the middle before @c.us', '1+5551234567@c.us', NO_NUMBER('c.us')],
	['a leading zero before @c.us', '05551234567@c.us', NO_NUMBER('c.us')],
	['6 digits before @c.us', '123456@c.us', NO_NUMBER('c.us')],
	['16 digits before @c.us', '1234567890123456@c.us', NO_NUMBER('c.us')],
	['an empty device part', '15551234567:@s.whatsapp.net', NO_NUMBER('s.whatsapp.net')],
	['a device part that is no number', '15551234567:a@s.whatsapp.net', NO_NUMBER('s.whatsapp.net')],
	['two device parts', '15551234567:1:2@s.whatsapp.net', NO_NUMBER('s.whatsapp.net')],
	['a device part of a group', '120363025246125486:12@g.us', NO_NUMBER('g.us')],
	['nothing before @g.us', '@g.us', NO_NUMBER('g.us')],
	['half a group from before 2021', '15551234567-@g.us', NO_NUMBER('g.us')],
	['a group of three parts', '15551234567-1500000000-1@g.us', NO_NUMBER('g.us')],
	['a short group', '123456789@g.us', NO_NUMBER('g.us')],
	['a long group', '12345678901234567890123456@g.us', NO_NUMBER('g.us')],
	['a name before @lid', 'ada@lid', NO_NUMBER('lid')],
	['a leading zero before @lid', '0123456789@lid', NO_NUMBER('lid')],
	['4 digits before @lid', '1234@lid', NO_NUMBER('lid')],
	['26 digits before @lid', '12345678901234567890123456@lid', NO_NUMBER('lid')],
];

describe('A contact ID', () => {
	test.each(ACCEPTED)('may be %s', (_what, input, id) => {
		expect(readContactId(input)).toStrictEqual({ ok: true, id });
	});

	test.each(REFUSED)('cannot be %s', (_what, input, message) => {
		expect(readContactId(input)).toStrictEqual(
			expect.objectContaining({ ok: false, message: expect.stringMatching(message) }),
		);
	});
});

describe('A refused contact ID', () => {
	test.each([
		['nothing at all', '', /^Map 'Contact ID' to the field that holds the phone number/],
		['an object', {}, /^Drag the field inside it that holds the phone number or WhatsApp ID onto 'Contact ID'$/],
		['true', true, /^Drag the field that holds the phone number or WhatsApp ID onto 'Contact ID'$/],
		['a number that has lost digits', 2 ** 53, /^Keep phone numbers as text/],
		["a spreadsheet's exponent", '1.55512E+10', /^Format the column as text/],
		['a business-scoped ID', 'US.13491208655302741918', /^Map the field that holds the contact's phone number/],
		['two numbers', '15551234567,15551234568', /^Split the field into one item per number/],
		[
			'a link without a number',
			'https://wa.me/',
			/^Use the phone number itself, or a link such as https:\/\/wa\.me\/1/,
		],
		['more than a number', '+1 555 123 4567 x8', /^Map only the number to 'Contact ID'/],
		['a phone number with an ending', '1-555-123-4567@c.us', /or enter the phone number without it$/],
	])('comes with advice for %s', (_what, input, description) => {
		expect(readContactId(input)).toHaveProperty('description', expect.stringMatching(description));
	});

	test('otherwise leaves the advice to the standing words', () => {
		expect(readContactId('Ada')).toStrictEqual({
			ok: false,
			message: '"Ada" is neither a phone number nor a WhatsApp ID',
		});
	});

	test.each([
		['without line breaks and what cannot be shown', 'call\r\nme\u0007', '"call  me\ufffd"'],
		['with its accents in one character each', 'Zoe\u0308', '"Zo\u00eb"'],
		['in full up to 40 characters', 'x'.repeat(40), `"${'x'.repeat(40)}"`],
		['in part beyond 40 characters', 'x'.repeat(41), `"${'x'.repeat(40)}…"`],
	])('is quoted %s', (_what, text, quoted) => {
		expect(readContactId(text)).toHaveProperty('message', `${quoted} is neither a phone number nor a WhatsApp ID`);
	});
});
