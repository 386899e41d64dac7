/** What most lists hold: signs that everybody's keyboard has, and nothing to change in them. */
const PLAIN = /^[ -~]*$/;

/** Latin digits, and none of the invisible marks that come along when a number is pasted from a messenger. */
export function plainText(input: string): string {
	if (PLAIN.test(input)) return input.trim();
	// Halves of characters would join where a mark between them goes. A footnote's mark, such as a raised 1, would become
	// a digit of the number.
	return input
		.replace(/\p{Cs}/gu, '\ufffd')
		.replace(/\P{No}+/gu, (text) => text.normalize('NFKC'))
		.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
		.replace(/[\p{Pd}\u2212]/gu, '-')
		.replace(/(?!\d)\p{Nd}/gu, latinDigit)
		.trim();
}

/** Unicode lays out the digits of every script as a run from zero to nine; some scripts have several runs in a row. */
function latinDigit(digit: string): string {
	let first = digit.codePointAt(0) as number;
	const value = first;
	while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1;
	return String((value - first) % 10);
}
