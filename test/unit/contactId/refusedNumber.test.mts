import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';

const CHECK_DIGITS = 'Check its digits, and enter the number as it is dialled from abroad, with + and the country code';

/** What a message says about a number, and what it advises. */
function refused(text: string, country = '') {
	const result = readContactId(text, country);
	return result.ok ? result : [result.message.replace(`"${text}" `, ''), result.description];
}

describe('A number that cannot be read is refused with advice', () => {
	test('where it could be two numbers', () => {
		expect(refused('49030123456', 'DE')).toEqual([
			'can be more than one phone number',
			'Put + and the country code in front, without 00 or any other code for calls abroad',
		]);
	});

	test('where its country code is missing', () => {
		expect(refused('020 7946 0958')).toEqual([
			'is missing the country code',
			'Put + and the country code in front, without a leading zero: +1 555 123 4567 in the United States, ' +
				"+44 20 7946 0958 for 020 7946 0958 in Britain. Or choose the country in the option 'Default Country'",
		]);
	});

	test('where its country code does not exist', () => {
		expect(refused('+210 123 456 789')).toEqual([
			'begins with a country code that does not exist',
			'Check the digits after the +, or after 00',
		]);
	});

	test('where its country is unknown', () => {
		expect(refused('0170 1234567', 'Gemany')).toEqual([
			'"Gemany" in \'Default Country\' is not a country',
			'Use a code such as DE or DEU, an English name such as Germany, or a country code such as +49',
		]);
	});
});

describe('A number of no possible length', () => {
	test.each([
		['1', '', 'has 1 digit; a phone number with its country code has 7 to 15'],
		['+1', 'DE', 'has 1 digit; a phone number with its country code has 7 to 15'],
		['123456', '', 'has 6 digits; a phone number with its country code has 7 to 15'],
		['1234567890123456', 'DE', 'has 16 digits; a phone number with its country code has 7 to 15'],
	])('is told its digits: %s (%s)', (text, country, message) => {
		expect(refused(text, country)).toEqual([message, undefined]);
	});

	test.each([
		['1', 'DE', 'is too short for a number in Germany'],
		['+44 20 7946 095', '', 'is too short for a number in the United Kingdom'],
		['+44 20 7946 09581', '', 'is too long for a number in the United Kingdom'],
		['555-1234', 'US', 'is too short for a number in North America'],
		['+6822123', '', 'is too short for a number in the Cook Islands'],
		['+870 1234', '', 'is too short for a number in the country code 870'],
		['3101', 'DE', 'is in no range of numbers in use in Germany'],
		['86560837992600', '', 'is in no range of numbers in use in China'],
	])('is told its place: %s (%s)', (text, country, message) => {
		expect(refused(text, country)).toEqual([message, CHECK_DIGITS]);
	});
});
