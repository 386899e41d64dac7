import { nameOf, readCountry } from '../../../nodes/Wawp/contactId/country';
import { callingCodeOfCountry, COUNTRIES } from '../../../nodes/Wawp/contactId/numberingPlans';

const UNKNOWN = ['Gemany', 'Congo', 'Korea', 'Georgia, USA', '', '999', '+', 'constructor', 'D', '250', '380', '+1416'];
const NO_COUNTRIES = [
	...UNKNOWN,
	'China, Republic of (Taiwan)',
	'China (Province of Taiwan)',
	'Atlanta, Georgia',
	'Guinea, Papua New Old',
	'Area 49',
	'49 x',
	'49x',
];

describe('A country', () => {
	test.each([
		['DE', 'DE', 'de', ' de ', 'DEU', 'deu', 'Germany', 'GERMANY', '49', '+49', '0049', '+ 49'],
		['GB', 'UK', 'U.K.', 'United Kingdom', 'United  Kingdom', 'Great Britain', 'Britain', '44'],
		['GB', 'United Kingdom of Great Britain and Northern Ireland (the)'],
		['GB', 'England', 'Scotland', 'Wales', 'Northern Ireland'],
		['US', 'USA', 'U.S.A.', 'United States', 'the United States of America', 'America', '1'],
		['CI', "Cote d'Ivoire", 'Côte d’Ivoire', 'Ivory Coast'],
		['HK', 'Hong Kong', 'Hong Kong SAR'],
		['CV', 'Cabo Verde', 'Cape Verde'],
		['SA', 'KSA', 'SAU'],
		['CC', 'Cocos (Keeling) Islands (the)'],
		['FK', 'Falkland Islands (the) [Malvinas]'],
		['KP', "Korea (the Democratic People's Republic of)", "Korea, Democratic People's Republic of", 'North Korea'],
		['MD', 'Moldova (the Republic of)', 'Republic of Moldova'],
		['SH', 'Saint Helena, Ascension and Tristan da Cunha'],
		['TZ', 'Tanzania, the United Republic of'],
		['TW', 'Taiwan, Province of China', 'Taiwan (Republic of China)', 'Republic of China', 'China, Republic of'],
		['TW', 'Republic of China (Taiwan)', 'Taiwan, Republic of China'],
		['VE', 'Venezuela (Bolivarian Republic of)'],
		['BS', '+1242', '1242', '+1 242', '1-242', '001242'],
		['BR', 'Brazil, Federative Republic of', 'Brazil (Federative Republic of)'],
		['JM', '+1658', '+1876'],
		['RW', '+250', '00250'],
		['IE', 'Republic of Ireland'],
		['MK', 'Macedonia'],
		['MM', 'Burma'],
		['MO', 'Macau'],
		['SZ', 'Swaziland'],
		['VA', 'Vatican', 'Holy See', 'Holy See (the)', 'Holy See (Vatican City State)'],
		['VC', 'Saint Vincent and the Grenadines'],
		['VN', 'Viet Nam'],
		['NL', 'The Netherlands', 'Netherlands, The', 'Netherlands, Kingdom of the', 'Holland'],
		['LC', 'St. Lucia', 'Saint Lucia'],
		['TT', 'Trinidad & Tobago', 'Trinidad and Tobago', 'Trinidad&Tobago'],
		['KR', 'South Korea', 'Korea, Republic of'],
		['IR', 'Iran', 'Iran, Islamic Republic of', 'Iran (Islamic Republic of)'],
		['TR', 'Turkey', 'Türkiye', 'Turkiye'],
		['CD', 'COD', 'DRC', 'DR Congo', 'Democratic Republic of the Congo', 'Congo, The Democratic Republic of the'],
		['RU', 'Russia', 'Russian Federation', '7'],
		['XK', 'Kosovo', '383'],
	])('%s may be given as %s, and in other ways', (code, ...ways) => {
		expect(ways.map((way) => readCountry(way)?.code)).toStrictEqual(ways.map(() => code));
	});

	test.each(NO_COUNTRIES)('cannot be %j', (text) => {
		expect(readCountry(text)).toBeUndefined();
	});

	test.each(COUNTRIES)('%s may be given by its code and by its name', (code) => {
		const country = { code, callingCode: callingCodeOfCountry(code) };
		expect(readCountry(code.toLowerCase())).toStrictEqual(country);
		expect(readCountry(nameOf(code))).toStrictEqual(country);
		expect(readCountry(`+${country.callingCode}`)?.callingCode).toBe(country.callingCode);
	});
});
