import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';

/** The number that comes of a text, or what is wrong with it. */
function read(text: string | number, country: string): string {
	const result = readContactId(text, country);
	return result.ok ? result.id.replace(/@c\.us$/, '') : result.message.replace(/^".*" (?!in 'Default)/, '');
}

const AMBIGUOUS = 'can be more than one phone number';
const MISSING = 'is missing the country code';
const MORE = 'contains more than a phone number';
const NO_ID = 'is neither a phone number nor a WhatsApp ID';
const NO_LINK = 'is a link without a phone number';
const NO_CODE = 'begins with a country code that does not exist';
const SEVERAL = 'is more than one phone number';
const noRange = (place: string) => `is not in any number range used in ${place}`;
const tooShort = (place: string) => `is too short for a number in ${place}`;
const tooLong = (place: string) => `is too long for a number in ${place}`;
const digits = (count: string) => `has ${count}; a phone number with its country code has 7 to 15`;

type Row = [country: string, text: string | number, outcome: string, why: string];

// Numbers of Brazil: github.com/tulir/whatsmeow, Evolution API's issue 1916. Of Benin and Ivory Coast: WAHA's issue 1443.
const KEPT_FORMS: Row[] = [
	['', '+55 41 9752-0200', '554197520200', 'as most Brazilian accounts have it'],
	['', '554197520200', '554197520200', 'as the gateway answers with'],
	['', '+55 (0)41 6752-0200', '554167520200', 'with the zero of long distance, from 6 on'],
	['', '+55 00 9752-0200', noRange('Brazil'), 'no such area code'],
	['', '554117520200', noRange('Brazil'), 'no mobile ever began with 1'],
	['BR', '(47) 9918-0399', '554799180399', 'not Norway'],
	['BR', '4799180399', '554799180399', 'not Norway'],
	['BR', '047 9918-0399', '554799180399', 'with the zero of long distance'],
	['BR', 'https://wa.me/4799180399', '4799180399', 'a link always has the country code'],
	['', '+52 1 55 1234 5678', '5215512345678', "Mexico's 1"],
	['MX', '15551234567', '15551234567', "North America's 1"],
	['MX', '1 55 1234 5678', '15512345678', "Mexico's 1 follows a country code only: New Jersey"],
	['AR', '9 11 2345-6789', '5491123456789', 'the same, local'],
	['', '+225 07 12 34 56', '22507123456', 'Ivory Coast before 2021'],
	['', '22547123456', '22547123456', 'the same, as digits'],
	['CI', '05 12 34 56', '22505123456', 'the same, local'],
	['', '+225 27 12 34 56', tooShort('Côte d’Ivoire'), 'its landlines'],
	['', '+229 97 12 34 56', '22997123456', 'Benin before 2024'],
	['BJ', '97 12 34 56', '22997123456', 'the same, local'],
	['', '+1 555 123 4567', '15551234567', 'as in documentation'],
	['DE', '15551234567', '4915551234567', 'a German mobile that ends like it'],
	['', '+352 123 456 7077', '3521234567077', "Luxembourg, though it goes on like Mexico's 521"],
	['BR', '5497 372 8034', '5554973728034', 'no mobile: 55 is the area code'],
];

const WITH_COUNTRY_CODE: Row[] = [
	['', '+4407400123456', '447400123456', 'the trunk zero glued to the country code'],
	['', '+36 06 20 123 4567', '36201234567', "Hungary's 06"],
	['', '+375 8 029 491-19-11', '375294911911', "Belarus's 8 0"],
	['', '692 1 247 1234', '6922471234', "the Marshall Islands' 1"],
	['', '+1 1-305-555-0100', '13055550100', "North America's 1"],
	['', '+34 (0)612 34 56 78', '34612345678', 'a zero where the country has no trunk prefix'],
	['', '34 0612 34 56 78', '34612345678', 'the same without the +'],
	['', '340612345678', tooLong('Spain'), 'the same in one group, where nothing shows it'],
	['', '00359 43 012 345', '35943012345', 'not 003 and Romania: its country code goes on'],
	['', '(123456) 12345', '12345612345', 'brackets around more digits than an area code has'],
	['', '+49 761 47810-900', '4976147810900', 'a whole number'],
	['', '+352 123 456 777', '352123456777', 'a whole number'],
	['', '+352 1235456 7775', noRange('Luxembourg'), 'longer than any new range'],
	['', '+43 9664 1234 567', '4396641234567', 'in no range in use, and no longer than a new one'],
	['', '+27 45301', '2745301', 'in no range in use, and as short as a mobile there'],
	['', '+82 25123', '8225123', 'the same, as short as a landline'],
	['', '+43 664 123 45 67', '436641234567', 'Austria, though 66412345 is in use'],
	['', '+43 664 1234 567', '436641234567', 'the same with three digits after four'],
	['', '+43-664-123-45-67', '436641234567', 'the same with more than one hyphen'],
	['', '+43 664-1234567', '436641234567', 'the same with one hyphen'],
	['', '+81 60-8914-73921', tooLong('Japan'), 'a digit too many'],
	['', '+81 3 1234 56781', tooLong('Japan'), 'a landline with a digit too many'],
	['', '+44 20 7946 09581', tooLong('the United Kingdom'), 'a digit too many'],
	['', '+31 6 1234567812', noRange('the Netherlands'), 'a mobile and its extension in one'],
	['', '+31 5 12345678 12', noRange('the Netherlands'), 'in use without its last group'],
	['', '4976147810900', tooShort('Germany'), 'a landline and its extension in one'],
	['', '+6822123', tooShort('the Cook Islands'), 'a digit too few'],
	['', '+870 1234', tooShort('the country code 870'), 'a satellite'],
	['', '+210 123 456 789', NO_CODE, 'no such country code'],
	['', '8-951-111-11-11', MISSING, 'a Russian number, though there is no code 89'],
	['', '+82880134910100', noRange('South Korea'), 'what stands before @lid, with a +'],
	['', '86560837992600', noRange('China'), 'what stands before @lid'],
	['DE', '86560837992600', tooShort('Germany'), 'the same'],
	['', '+54 11 15 2345-6789', noRange('Argentina'), "Argentina's 15, which is no part of the number abroad"],
	['', '+55 015 11 8123-4567', noRange('Brazil'), 'a code that chooses a carrier'],
	['DE', '+1', digits('1 digit'), 'too few for any country'],
	['', '123456', digits('6 digits'), 'too few for any country'],
	['DE', '1234567890123456', digits('16 digits'), 'too many for any country'],
	['DE', '0426860456923212', digits('16 digits'), 'the same, local'],
];

const MORE_THAN_A_NUMBER: Row[] = [
	['', '+971 50 123 4567 (12)', MORE, 'an extension in brackets'],
	['DE', '0171 1234567 (12)', MORE, 'the same, local'],
	['', '+91 98765 43210-12', MORE, 'an extension'],
	['', '+31 6 12345678 12', MORE, 'an extension that fits in length'],
	['', '+43 664 1234567 12', MORE, 'an extension that makes a number in use'],
	['', '+43 664 1234567 123', MORE, 'one of three digits'],
	['AT', '0664 12345678-12', MORE, 'the same, local'],
	['', '+62 812-3456-789 - 12', MORE, 'after a spaced hyphen, though there are others'],
	['', '+65 6123 4567 - 12', noRange('Singapore'), 'an extension of a landline'],
	['ES', '973 90 73 97 12', AMBIGUOUS, 'an extension, or Bahrain'],
	['BN', '234 6687 - 235 1122', SEVERAL, 'two numbers, not Nigeria'],
	['', '+212522940770/74', SEVERAL, 'a number, and the end of another'],
	['', '555-1234/555-4321', SEVERAL, 'a slash between them'],
	['DE', '192.168.100.200', NO_ID, 'an IP address'],
	['DK', '255.88.76.74', NO_ID, 'an IP address'],
	['DK', '20.12.34.56', '4520123456', 'a Danish number that begins like one'],
	['ES', '612.34.56.78', '34612345678', 'a Spanish one'],
	['DE', '15.01.2024', NO_ID, 'a date'],
	['', '715.01.2024', MISSING, 'a number that ends like one'],
	['', '2024-01-415', MISSING, 'a number that begins like one'],
	['DE', '0171\t1234567', SEVERAL, 'two cells'],
	['AT', '19 / 17/697', SEVERAL, 'two slashes, one of them spaced'],
	['DE', '0885229/121', SEVERAL, 'a number, and the end of another'],
	['GB', '79598/13691', SEVERAL, 'two short numbers'],
	['GB', '15551234123467.', tooLong('the United Kingdom'), 'nothing follows the full stop'],
	['GR', '(0667850/3', tooShort('Greece'), 'nothing stands before the bracket'],
	['DE', '8 ( 12 )', NO_ID, 'spaces inside the brackets'],
	['', '+62 812-3456-789 -12', MORE, 'after a hyphen with a space on one side'],
	['', '+31 6 12345678  12', MORE, 'after two spaces'],
	['AT', '0664 1234567  123', MORE, 'the same, with three digits'],
];

const LINKS: Row[] = [
	['', 'https://wa.me/15551234567', '15551234567', ''],
	['', 'wa.me/15551234567?text=hi', '15551234567', 'without https'],
	['', 'https://api.whatsapp.com/send?phone=15551234567&text=hi', '15551234567', 'with a message'],
	['', `https://wa.me/15551234567?text=${'hello%20'.repeat(200)}`, '15551234567', 'with a long message'],
	['', 'https://web.whatsapp.com/send/?text=a@b&phone=%2B1%20555%20123%204567', '15551234567', 'of WhatsApp Web'],
	['GB', 'https://wa.me/02079460958', '442079460958', 'with a local number'],
	['', 'https://wa.me/02079460958', MISSING, 'the same, of no country'],
	['', 'https://api.whatsapp.com/send?phone=15551234567&phone=15551234568', SEVERAL, ''],
	['', 'https://wa.me/15551234567?phone=15551234568', SEVERAL, ''],
	['DE', 'https://wa.me/%2015551234567', '15551234567', 'with a space in front'],
	['', 'https:wa.me/15551234567', MORE, 'without its slashes'],
	['', 'https://chat.whatsapp.com/AbCdEfGhIjK', NO_LINK, 'to a group'],
	['', 'https://wa.me/message/ABC123?src=qr', NO_LINK, 'to a message'],
	['', 'https://wa.me/%zz', NO_LINK, 'broken'],
	['', 'https://wa.me/%zz1', NO_ID, 'broken, with a digit'],
];

const ACCESS_CODES: Row[] = [
	['AU', '0011 353 22 12345', '3532212345', 'as dialled there'],
	['AU', '001161 412 345 678', '61412345678', 'the same, not parted from the rest'],
	['TH', '001 65 8123 4567', '6581234567', 'as dialled there'],
	['TH', '0093234567890', '93234567890', '00 is a code for calls abroad everywhere'],
	['US', '00112015550123', '12015550123', 'of the default country'],
	['SG', '00118697652179', '18697652179', 'the same number, with and without the code'],
	['JP', '010 683 7012', '6837012', 'the local number is in no range in use'],
	['BY', '00118697652917', '18697652917', 'the other one is in no range in use'],
	['', '001 246-250-1234', '12462501234', 'nothing of it is a country code apart'],
	['', '0011 44 20 7946 0958', tooLong('North America'), 'of Australia'],
	['', '0011 65 8123 4567', AMBIGUOUS, 'of Australia, where North America has that number, too'],
	['', '001 44 7400 123456', tooLong('North America'), 'of Singapore'],
	['', '001 65 8123 4567', AMBIGUOUS, 'of Singapore, where North America has that number, too'],
	['', '001.10.00.00', tooShort('North America'), 'what looks like an IP address'],
	['', '+49 0049 171 12345', noRange('Germany'), 'after a country code'],
	['', '810 55 11 6123-4567', noRange('Japan'), 'of Russia'],
	['', '112684601234', noRange('North America'), 'a second 1'],
	['', '11961234567', noRange('North America'), 'of Korea'],
	['IT', '011 683 7012', AMBIGUOUS, 'Turin, or Niue'],
	['HK', '00 1 473-269-1234', AMBIGUOUS, 'Grenada, or after Hong Kong’s own code'],
	['AU', '001 (1)664-491-2345', AMBIGUOUS, 'Montserrat, or after a code that Australia does not have'],
	['BY', '810168267611487', tooLong('Belarus'), 'of Belarus, with no number in use'],
	['SG', '0018684 7331234', tooLong('North America'), 'of Singapore, with no number in use'],
	['AU', '001 596 596 30 12 34', tooLong('North America'), 'of Singapore'],
	['KR', '119 376 712 345', noRange('South Korea'), 'of Cuba'],
];

const LOCAL: Row[] = [
	['United Kingdom', '(020) 7946 0958', '442079460958', ''],
	['GB', 2079460958, '442079460958', 'as a number'],
	['DE', '670-234-5678', '496702345678', 'Germany, though East Timor has the code 670'],
	['DE', '0170 1234567', '491701234567', ''],
	['DE', '1701234567', '491701234567', 'without its zero'],
	['US', '(555) 123-4567', '15551234567', ''],
	['US', '305 555-0100', '13055550100', ''],
	['HU', '06 20 123 4567', '36201234567', ''],
	['IT', '3123456789', '393123456789', 'a mobile as it stands'],
	['IT', '390776189', '39390776189', 'a mobile, though a landline of Frosinone with its code would be in use'],
	['AG', '(268) 598-57027', tooLong('North America'), 'a digit too many, not Eswatini'],
	['BR', '0171 1234567', noRange('Brazil'), 'a German number'],
	['HU', '612345678', noRange('Hungary'), 'a zero that a spreadsheet dropped, not a digit too many'],
	['IT', 212345678, noRange('Italy'), 'the same'],
	['CG', '49477413', AMBIGUOUS, 'a zero that a spreadsheet dropped, not Germany'],
	['GA', '5019212', AMBIGUOUS, "one of Gabon's old mobiles, or a new one that has lost its zero"],
	['JP', '090ー1234ー5678', '819012345678', 'hyphens of Japan'],
	['AR', '011 15-2345-6789', noRange('Argentina'), "Argentina's 15"],
	['GB', '020 7946 095', tooShort('the United Kingdom'), ''],
	['GB', '020 7946 09581', tooLong('the United Kingdom'), ''],
	['DE', '1', tooShort('Germany'), ''],
	['SG', '0102', tooShort('Singapore'), ''],
	['RU', '09', tooShort('Russia'), ''],
	['BR', '6111234', tooShort('Brazil'), ''],
	['CV', '020 7946 0958', tooLong('Cape Verde'), ''],
	['HU', '690001234', tooLong('Hungary'), ''],
	['DE', '3101', noRange('Germany'), ''],
	['AU', '612345678', noRange('Australia'), ''],
	['IT', '7151234', noRange('Italy'), ''],
	['SN', '31 2345678', noRange('Senegal'), ''],
];

const WITH_OR_WITHOUT_CODE: Row[] = [
	['DE', '447400123456', '447400123456', 'in no range in use in Germany'],
	['DE', '44 7400 123456', '447400123456', 'its country code as the first group'],
	['DE', '4474 0012 3456', AMBIGUOUS, 'in groups of which the first is not the country code'],
	['DE', '30 691 234 5678', '306912345678', 'Greece, with nothing after it'],
	['DE', '93234567890', AMBIGUOUS, 'a German landline, or Afghanistan'],
	['BR', '43  664 12354 567', AMBIGUOUS, 'Austria, or an extension of three digits'],
	['KR', '3532621234', AMBIGUOUS, 'Ireland, or as long as a number in Korea'],
	['BR', '5541 9752-0200', '554197520200', 'the same, with the own country code'],
	['', '4474 0012 3456', '447400123456', 'the same without a default country'],
	['DE', '4915228817386', '4915228817386', 'too long for a local number'],
	['DE', '15228817387', '4915228817387', 'a German mobile, not North America'],
	['DE', '1 512 345 6789', AMBIGUOUS, 'a German mobile, or Texas'],
	['DE', '49030123456', AMBIGUOUS, 'a local number, or Berlin'],
	['DE', '298 20 12 34', AMBIGUOUS, 'a local number, or the Faroe Islands'],
	['GR', '30 691 234 5678', '306912345678', 'too long for a local number'],
	['DK', '4520123456', '4520123456', 'with its own country code'],
	['NO', '6591234567', '6591234567', 'two digits more than Norway has: Singapore'],
	['FR', '6591234567', AMBIGUOUS, 'one digit more than France has'],
	['US', '6592234567', '16592234567', 'Alabama, not Singapore'],
	['US', '6591234567', AMBIGUOUS, 'in no range of the United States, but in one of Singapore'],
	['US', '678 591 2345', AMBIGUOUS, 'Atlanta, or Samoa'],
	['MP', '670-234-5678', '16702345678', 'the other number is in no range in use'],
	['MX', '65 6123 4567', '526561234567', 'both are in use, and one of them is a mobile'],
	['MX', '599 318 1234', AMBIGUOUS, 'a mobile, or Curaçao'],
	['TH', '681721234', AMBIGUOUS, 'a mobile, or Wallis and Futuna'],
	['', '305 555-0100', MISSING, 'Miami, though Greece has the code 30'],
	['', '212-555-0123', MISSING, 'New York, though Morocco has the code 212'],
	['', '670-234-5678', MISSING, 'the Northern Mariana Islands, though East Timor has the code 670'],
	['', '5035550123', MISSING, 'Oregon, though El Salvador has the code 503'],
	['', '612 34 56 78', MISSING, 'Madrid, though Australia has the code 61'],
	['', '6111234', MISSING, 'too short for Australia'],
	['', '2462501234', MISSING, 'Barbados without the 1'],
	['', '(21) 234', MISSING, 'an area code in brackets'],
];

describe.each([
	['in a form that WhatsApp keeps', KEPT_FORMS],
	['with its country code', WITH_COUNTRY_CODE],
	['with something after it', MORE_THAN_A_NUMBER],
	['in a link', LINKS],
	['after a code for calls abroad', ACCESS_CODES],
	['of the default country', LOCAL],
	['with or without its country code', WITH_OR_WITHOUT_CODE],
])('A phone number %s', (_what, rows) => {
	test.each(rows)('(%s) %s: %s %s', (country, text, outcome) => {
		expect(read(text, country)).toBe(outcome);
	});
});

describe('A default country', () => {
	const TEXTS = ['+44 20 7946 0958', '0044 20 7946 0958', '442079460958@c.us', 'https://wa.me/442079460958'];

	test.each(TEXTS)('that is unknown, or another, does not matter to a number with its own: %s', (text) => {
		expect(['Gemany', 'DE', ''].map((country) => read(text, country))).toEqual(Array(3).fill('442079460958'));
	});

	test.each(['', ' ', '\t'])('is none where %j is given', (country) => {
		expect(read('0170 1234567', country)).toBe(MISSING);
	});
});

const CHECK_DIGITS = 'Check its digits, and enter the number as it is dialled from abroad, with + and the country code';

describe('A refused phone number comes with advice', () => {
	test.each([
		['DE', '49030123456', 'Put + and the country code in front, without 00 or any other code for calls abroad'],
		[
			'',
			'020 7946 0958',
			'Put + and the country code in front, without a leading zero: +1 555 123 4567 in the United States, ' +
				"+44 20 7946 0958 for 020 7946 0958 in Britain. Or choose the country in the option 'Default Country'",
		],
		['', '+210 123 456 789', 'Check the digits after the +, or after 00'],
		['DE', '1', CHECK_DIGITS],
		['', '+44 20 7946 09581', CHECK_DIGITS],
		['', '86560837992600', CHECK_DIGITS],
		['', '123456', undefined],
	])('(%s) %s: %s', (country, text, advice) => {
		const { description } = readContactId(text, country) as { description?: string };
		expect(description).toBe(advice);
	});

	test.each(['Gemany', '{"code":"DE"}'])('where its country is unknown: %s', (country) => {
		expect(readContactId('0170 1234567', country)).toEqual({
			ok: false,
			message: `"${country}" in 'Default Country' is not a country`,
			description: 'Use a code such as DE or DEU, an English name such as Germany, or a country code such as +49',
		});
	});
});
