import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';

/** The number, or the end of what is said of it. */
function read(text: string, country = ''): string {
	const result = readContactId(text, country);
	return result.ok ? result.id.replace(/@.*/, '') : result.message.replace(`"${text}" `, '');
}

const AMBIGUOUS = 'can be more than one phone number';
const MORE = 'has more in it than a phone number';
const SEVERAL = 'is more than one phone number';
const noRange = (place: string) => `is in no range of numbers in use in ${place}`;
const tooShort = (place: string) => `is too short for a number in ${place}`;
const tooLong = (place: string) => `is too long for a number in ${place}`;

describe('A form that WhatsApp keeps is looked up as it is written', () => {
	test.each([
		['', '+55 41 9752-0200', '554197520200', 'github.com/tulir/whatsmeow and Evolution API: Brazilian accounts'],
		['', '554197520200', '554197520200', 'what the gateway answers with'],
		['', '0055 41 9752 0200', '554197520200', 'with 00'],
		['', '+55 (0)41 6752-0200', '554167520200', 'with the zero of long distance, from 6 on'],
		['BR', '(47) 9918-0399', '554799180399', 'not Norway'],
		['BR', '4799180399', '554799180399', 'not Norway'],
		['BR', '047 9918-0399', '554799180399', 'with the zero of long distance'],
		['', '+52 1 55 1234 5678', '5215512345678', "Mexico's 1"],
		['', '+54 9 11 2345-6789', '5491123456789', "Argentina's 9"],
		['', '+225 07 12 34 56', '22507123456', 'Ivory Coast before 2021'],
		['', '22547123456', '22547123456', 'the same, as digits'],
		['CI', '05 12 34 56', '22505123456', 'the same, local'],
		['', '+229 97 12 34 56', '22997123456', 'Benin before 2024'],
		['BJ', '97 12 34 56', '22997123456', 'the same, local'],
		['', '+1 555 123 4567', '15551234567', 'as in documentation'],
	])('%s %s is %s: %s', (country, text, digits) => {
		expect(read(text, country)).toBe(digits);
	});

	test.each([
		['', '+55 00 9752-0200', noRange('Brazil'), 'no such area code'],
		['', '554117520200', noRange('Brazil'), 'no mobile ever began with 1'],
		['', '+225 27 12 34 56', tooShort('Côte d’Ivoire'), 'landlines of Ivory Coast'],
		['MX', '1 55 1234 5678', '15512345678', "Mexico's 1 follows a country code only: New Jersey"],
	])('%s %s: %s (%s)', (country, text, outcome) => {
		expect(read(text, country)).toBe(outcome);
	});
});

describe('A number in a list as people keep them', () => {
	test.each([
		['AG', '(268) 598-57027', tooLong('North America'), 'a digit too many, not Eswatini'],
		['BR', '0171 1234567', noRange('Brazil'), 'a German number'],
		['', '+971 50 123 4567 (12)', MORE, 'an extension in brackets'],
		['DE', '0171 1234567 (12)', MORE, 'the same, local'],
		['', '+91 98765 43210-12', noRange('India'), 'an extension'],
		['', '+31 6 12345678 12', noRange('the Netherlands'), 'an extension that fits in length'],
		['', '+65 6123 4567 - 12', noRange('Singapore'), 'an extension of a landline'],
		['ES', '973 90 73 97 12', AMBIGUOUS, 'an extension, or Bahrain'],
		['', '+49 761 47810-900', '4976147810900', 'a whole number'],
		['', '+352 123 456 777', '352123456777', 'a whole number'],
		['BN', '234 6687 - 235 1122', SEVERAL, 'two numbers, not Nigeria'],
		['', '86560837992600', noRange('China'), 'what stands before @lid'],
		['DE', '86560837992600', tooShort('Germany'), 'the same'],
		['', '+82880134910100', noRange('South Korea'), 'the same with a +'],
		['HU', '612345678', noRange('Hungary'), 'a zero that a spreadsheet dropped, not a digit too many'],
		['CG', '49477413', AMBIGUOUS, 'a zero that a spreadsheet dropped, not Germany'],
		['JP', '090ー1234ー5678', '819012345678', 'hyphens of Japan'],
		['', '+81 60-8914-73921', tooLong('Japan'), 'a digit too many'],
		['', '+81 3 1234 56781', tooLong('Japan'), 'a landline with a digit too many'],
		['DE', '15228817387', '4915228817387', 'not North America'],
		['DK', '4520123456', '4520123456', 'with its own country code'],
		['DE', '4521', noRange('Germany'), 'too short'],
		['NO', '6591234567', '6591234567', 'two digits more than Norway has: Singapore'],
		['US', '6592234567', '16592234567', 'Alabama, not Singapore'],
		['US', '6591234567', AMBIGUOUS, 'in no range of the United States, but in one of Singapore'],
		['FR', '6591234567', AMBIGUOUS, 'one digit more than France has'],
		['DE', '1 512 345 6789', AMBIGUOUS, 'a German mobile, or Texas'],
		['BR', 'https://wa.me/4799180399', '4799180399', 'a link always has the country code'],
	])('%s %s: %s (%s)', (country, text, outcome) => {
		expect(read(text, country)).toBe(outcome);
	});

	test.each([
		['https://api.whatsapp.com/send?phone=15551234567&phone=15551234568', SEVERAL],
		['https://wa.me/15551234567?phone=15551234568', SEVERAL],
		['https://wa.me/message/ABC123?src=qr', 'is a link without a phone number'],
		['https://wa.me/%zz1', 'is neither a phone number nor a WhatsApp ID'],
	])('%s %s', (link, outcome) => {
		expect(read(link).replace(/^".*" /, '')).toBe(outcome);
	});
});
