import type { Example } from './numbers.mts';

/** @returns `undefined` where a country's numbers are not written that way */
export type Writing = (example: Example) => string | number | undefined;

const digitsOf = (text: string) => text.replace(/\D/g, '');
const inScript = (text: string, zero: number) =>
	text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
/** With the trunk prefix of the country, where it has one. */
const trunk =
	(write: (example: Example) => string): Writing =>
	(example) =>
		example.trunkPrefix === '' ? undefined : write(example);

/** The same after a country code without +; nobody writes North America's 1 twice. */
const trunkAfterDigits =
	(write: (example: Example) => string): Writing =>
	(example) =>
		example.callingCode === '1' ? undefined : trunk(write)(example);

/** A number with its country code, as people write it who do not know how they should. */
export const WITH_COUNTRY_CODE: Record<string, Writing> = {
	'+44 20 7946 0958': ({ callingCode, abroad }) => `+${callingCode} ${abroad}`,
	'+442079460958': ({ callingCode, national }) => `+${callingCode}${national}`,
	'+44-20-7946-0958': ({ callingCode, abroad }) => `+${callingCode}-${abroad.replace(/[\s()]+/g, '-')}`,
	'+44.20.7946.0958': ({ callingCode, abroad }) => `+${callingCode}.${abroad.replace(/[\s()-]+/g, '.')}`,
	'+44/20 7946 0958': ({ callingCode, abroad }) => `+${callingCode}/${abroad}`,
	'+ 44 20 7946 0958': ({ callingCode, abroad }) => `+ ${callingCode} ${abroad}`,
	'(+44) 20 7946 0958': ({ callingCode, abroad }) => `(+${callingCode}) ${abroad}`,
	'(+44)2079460958': ({ callingCode, national }) => `(+${callingCode})${national}`,
	'0044 20 7946 0958': ({ callingCode, abroad }) => `00${callingCode} ${abroad}`,
	'00442079460958': ({ callingCode, national }) => `00${callingCode}${national}`,
	'00 44 20 7946 0958': ({ callingCode, abroad }) => `00 ${callingCode} ${abroad}`,
	'(0044) 20 7946 0958': ({ callingCode, abroad }) => `(00${callingCode}) ${abroad}`,
	'+44 (0)20 7946 0958': trunk(({ callingCode, trunkPrefix, abroad }) => `+${callingCode} (${trunkPrefix})${abroad}`),
	'+44 (0) 20 7946 0958': trunk(({ callingCode, trunkPrefix, abroad }) => `+${callingCode} (${trunkPrefix}) ${abroad}`),
	'+44(0)2079460958': trunk(({ callingCode, trunkPrefix, national }) => `+${callingCode}(${trunkPrefix})${national}`),
	'+44 020 7946 0958': ({ callingCode, local }) => `+${callingCode} ${local}`,
	'+44 0 20 7946 0958': trunk(({ callingCode, trunkPrefix, abroad }) => `+${callingCode} ${trunkPrefix} ${abroad}`),
	'+44-020-7946-0958': ({ callingCode, local }) => `+${callingCode}-${local.replace(/[\s()]+/g, '-')}`,
	'+4402079460958': trunk(({ callingCode, trunkPrefix, national }) => `+${callingCode}${trunkPrefix}${national}`),
	'(+44)02079460958': trunk(({ callingCode, trunkPrefix, national }) => `(+${callingCode})${trunkPrefix}${national}`),
	'(+44) 020 7946 0958': ({ callingCode, local }) => `(+${callingCode}) ${local}`,
	'0044 020 7946 0958': ({ callingCode, local }) => `00${callingCode} ${local}`,
	'0044 (0)20 7946 0958': trunk(({ callingCode, trunkPrefix, abroad }) => `00${callingCode} (${trunkPrefix})${abroad}`),
	'004402079460958': trunk(({ callingCode, trunkPrefix, national }) => `00${callingCode}${trunkPrefix}${national}`),
	'0044207 9460958': ({ callingCode, national }) => `00${callingCode}${national.slice(0, 3)} ${national.slice(3)}`,
	'442079460958': ({ callingCode, national }) => `${callingCode}${national}`,
	'442079460958 as a number': ({ callingCode, national }) => Number(`${callingCode}${national}`),
	'44 20 7946 0958': ({ callingCode, abroad }) => `${callingCode} ${abroad}`,
	'44 020 7946 0958': ({ callingCode, local }) => `${callingCode} ${local}`,
	'44 (0)20 7946 0958': trunkAfterDigits(
		({ callingCode, trunkPrefix, abroad }) => `${callingCode} (${trunkPrefix})${abroad}`,
	),
	'4402079460958': trunkAfterDigits(
		({ callingCode, trunkPrefix, national }) => `${callingCode}${trunkPrefix}${national}`,
	),
	'tel:+44-20-7946-0958': ({ callingCode, abroad }) => `tel:+${callingCode}-${abroad.replace(/[\s()]+/g, '-')}`,
	'whatsapp:+442079460958': ({ callingCode, national }) => `whatsapp:+${callingCode}${national}`,
	'p:+442079460958': ({ callingCode, national }) => `p:+${callingCode}${national}`,
	"'+44 20 7946 0958": ({ callingCode, abroad }) => `'+${callingCode} ${abroad}`,
	'https://wa.me/442079460958': ({ callingCode, national }) => `https://wa.me/${callingCode}${national}`,
	'https://api.whatsapp.com/send?phone=442079460958': ({ callingCode, national }) =>
		`https://api.whatsapp.com/send?phone=${callingCode}${national}&text=Hello%20there`,
	'whatsapp://send?phone=%2B442079460958': ({ callingCode, national }) =>
		`whatsapp://send?phone=%2B${callingCode}${national}`,
	'full-width': ({ callingCode, abroad }) => `＋${inScript(`${callingCode} ${abroad}`, 0xff10)}`,
	'Arabic-Indic digits': ({ callingCode, abroad }) => `+${inScript(`${callingCode} ${abroad}`, 0x660)}`,
	'with the marks of a messenger': ({ callingCode, abroad }) =>
		`\u202a+${callingCode}\u00a0${abroad.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011')}\u202c`,
	'442079460958@c.us': ({ id }) => id,
	'442079460958:7@s.whatsapp.net': ({ callingCode, national }) => `${callingCode}${national}:7@s.whatsapp.net`,
};

/** A number as people write it who live in its country. */
export const LOCAL: Record<string, Writing> = {
	'020 7946 0958': ({ local }) => local,
	'02079460958': ({ local }) => digitsOf(local),
	'020-7946-0958': ({ local }) => local.replace(/[\s()]+/g, '-').replace(/^-/, ''),
	'020.7946.0958': ({ local }) => local.replace(/[\s()-]+/g, '.').replace(/^\./, ''),
	'(020) 7946 0958': ({ local }) => local.replace(/^(\d+)(?=[\s-])/, '($1)'),
	'020/7946 0958': ({ local }) => local.replace(/^(\d+)[\s-]/, '$1/'),
	'20 7946 0958': ({ abroad }) => abroad,
	'2079460958': ({ national }) => national,
	'2079460958 as a number': ({ national }) => Number(national),
	'with the marks of a messenger': ({ local }) => `\u202a${local.replaceAll(' ', '\u00a0')}\u202c`,
	'Persian digits': ({ local }) => inScript(local, 0x6f0),
};

/** With what is dialled for calls abroad in some countries, though not in all. */
export const WITH_ACCESS_CODE: Record<string, Writing> = Object.fromEntries(
	['0011', '011', '010', '810', '001', '009', '002', '119', '000'].map((code): [string, Writing] => [
		`${code} 44 20 7946 0958`,
		({ callingCode, abroad }) => `${code} ${callingCode} ${abroad}`,
	]),
);

/** Two numbers in one field. */
export const TWO_NUMBERS: Record<string, Writing> = {
	'+44 20 7946 0958/59': ({ callingCode, abroad }) => `+${callingCode} ${abroad}/59`,
	'+44 20 7946 0958/0959': ({ callingCode, abroad }) => `+${callingCode} ${abroad}/0959`,
	'+44 20 7946 0958 / 59': ({ callingCode, abroad }) => `+${callingCode} ${abroad} / 59`,
	'+442079460958/442079460959': ({ callingCode, national }) =>
		`+${callingCode}${national}/${callingCode}${national.slice(0, -1)}9`,
	'2079460958-2079460959': ({ national }) => (national.length < 7 ? undefined : `${national}-${national}`),
	'020 7946 0958/020 7946 0959': ({ local }) => `${local}/${local}`,
};

/** A digit too few, or too many. */
export const BROKEN: Record<string, Writing> = {
	'+44207946095': ({ callingCode, national }) => `+${callingCode}${national.slice(0, -1)}`,
	'+4420794609581': ({ callingCode, national }) => `+${callingCode}${national}1`,
	'+44 0044 20 7946 0958': ({ callingCode, abroad }) => `+${callingCode} 00${callingCode} ${abroad}`,
	'+44 00 20 7946 0958': ({ callingCode, abroad }) => `+${callingCode} 00 ${abroad}`,
	'+00 44': ({ callingCode, national }) => `+0 ${callingCode} ${national}`,
};
