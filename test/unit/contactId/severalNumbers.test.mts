import { areSeveral } from '../../../nodes/Wawp/contactId/severalNumbers';
import { readCountry } from '../../../nodes/Wawp/contactId/country';

const inCountry = (name: string) => (name === '' ? undefined : readCountry(name));

describe('More than one phone number', () => {
	test.each([
		['', '62889/62889', 'a pair of short ones'],
		['', '370 9100/370 9100', 'a pair of seven digits'],
		['', '1700 1234/1700 1234', 'a pair of eight digits, in which 00 occurs'],
		['', '36001234-36001234', 'a pair that a hyphen parts, in which 00 occurs'],
		['MX', '2123 4567/0415250', 'two of seven digits and more'],
		['', '+683 7012/59', 'a short one, and the end of another'],
		['', '+681 72 12 34/879', 'one in use, and three digits of another'],
		['GB', '222 1234/412', 'a local one of seven digits, and the end of another'],
		['NU', '+6837012/6837019', 'two with one +'],
		['', '12345 / 12346 / 12347', 'three with spaces between them'],
		['', '10991/41/805', 'one that is a number up to its first slash'],
	])('%s: %s (%s)', (country, text) => {
		expect(areSeveral(text, inCountry(country))).toBe(true);
	});
});

describe('One phone number', () => {
	test.each([
		['AD', '312/345', 'six digits in two halves'],
		['CK', '21/234', 'five digits'],
		['BO', '2/2123456', 'an area code of one digit'],
		['BR', '714/21/224', 'two slashes'],
		['IT', '803/8398/3568', 'two slashes, and no number up to the first'],
		['', '95/07/09', 'two slashes that nothing parts from digits'],
		['', '50497/900/6', 'a long beginning'],
		['JP', '3 / 22.0', 'a slash with spaces around it'],
		['DK', '47139 /97', 'five digits and two'],
		['TA', '8999/8999', 'four digits twice, of which the first are in use'],
		['GB', '+6(324304/6365-69.0', 'a + with a bracket behind its country code'],
	])('%s: %s (%s)', (country, text) => {
		expect(areSeveral(text, inCountry(country))).toBe(false);
	});
});
