import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';

/** What comes of digits in a country: the number, or what is wrong with them. */
function read(text: string, country: string): string {
	const result = readContactId(text, country);
	return result.ok ? result.id.replace(/@.*/, '') : result.message.replace(`"${text}" `, '');
}

const AMBIGUOUS = 'can be more than one phone number';
const MISSING = 'is missing the country code';

describe('Digits that could be two numbers are the one that is meant', () => {
	test.each([
		['AU', '0011 353 22 12345', '3532212345', 'behind the code that is dialled abroad there'],
		['AU', '001161 412 345 678', '61412345678', 'though that code is not parted from the rest'],
		['JP', '010 683 7012', '6837012', 'since the local number is in no range that exists'],
		['TH', '0093234567890', '93234567890', 'since 00 is a code for calls abroad everywhere'],
		['US', '00112015550123', '12015550123', 'since it is of the default country'],
		['BY', '00118697652917', '18697652917', 'since the other one is in no range that exists'],
		['', '001 246-250-1234', '12462501234', 'since nothing of it is a country code apart'],
		['', '00359 43 012 345', '35943012345', 'since its country code goes on behind the 9'],
		['GR', '30 691 234 5678', '306912345678', 'since it is too long for a local number'],
		['MP', '670-234-5678', '16702345678', 'since the local number is in use and the other is not'],
		['MX', '65 6123 4567', '526561234567', 'since both are in use, and one of them as a mobile phone'],
		['IT', '3123456789', '393123456789', "since it is one of Italy's mobile phones as it stands"],
	])('%s: %s is %s, %s', (country, text, number) => {
		expect(read(text, country)).toBe(number);
	});
});

describe('Digits that could be two numbers are refused', () => {
	test.each([
		['IT', '011 683 7012', 'Turin, or Niue'],
		['HK', '00 1 473-269-1234', 'Grenada, or behind Hong Kong’s code for calls abroad'],
		['AU', '001 (1)664-491-2345', 'Montserrat, or behind a code that Australia does not have'],
		['DE', '49030123456', 'a local number, or Berlin'],
		['DE', '298 20 12 34', 'a local number, or the Faroe Islands'],
		['MX', '599 318 1234', 'a mobile phone, or Curaçao'],
		['US', '678 591 2345', 'Atlanta, or Samoa'],
		['TH', '681721234', 'a mobile phone, or Wallis and Futuna'],
		['GA', '5019212', "one of Gabon's old mobiles, or a new one that has lost its zero"],
	])('%s: %s (%s)', (country, text) => {
		expect(read(text, country)).toBe(AMBIGUOUS);
	});
});

describe('Digits without a country', () => {
	test.each(['321 1234567', '612.34.56.78', '670-234-5678', '6111234', '2462501234'])(
		'are not taken for a number whose country code they happen to begin with: %s',
		(text) => {
			expect(read(text, '')).toBe(MISSING);
		},
	);

	test.each([
		['810 55 11 6123-4567', 'is in no range of numbers in use in Japan'],
		['11961234567', 'is in no range of numbers in use in North America'],
		['112684601234', 'is in no range of numbers in use in North America'],
	])('are refused where an access code, or a second 1, stands in front: %s', (text, message) => {
		expect(read(text, '')).toBe(message);
	});
});

describe('Digits that are no number', () => {
	test.each([
		['SG', '0102', 'is too short for a number in Singapore'],
		['CV', '020 7946 0958', 'is too long for a number in Cape Verde'],
		['BY', '810168267611487', 'is too long for a number in Belarus'],
		['SG', '0018684 7331234', 'is too long for a number in North America'],
		['AU', '001 596 596 30 12 34', 'is too long for a number in North America'],
		['HU', '690001234', 'is too long for a number in Hungary'],
		['BR', '6111234', 'is too short for a number in Brazil'],
		['DE', '810 506 2212 3456', 'is too short for a number in Germany'],
		['RU', '09', 'is too short for a number in Russia'],
		['DE', '3101', 'is in no range of numbers in use in Germany'],
		['AU', '612345678', 'is in no range of numbers in use in Australia'],
		['IT', '7151234', 'is in no range of numbers in use in Italy'],
		['SN', '31 2345678', 'is in no range of numbers in use in Senegal'],
		['KR', '119 376 712 345', 'is in no range of numbers in use in South Korea'],
	])('%s: %s %s', (country, text, message) => {
		expect(read(text, country)).toBe(message);
	});
});
