import { isKnown } from './knownWords.mts';

/** So much of a secret in a name gives it away. */
const RUN = 4;

const LONGEST_NAME = 40;

/**
 * Decides which names out of an answer may be shown: a body can hold token, numbers and addresses in its keys as well.
 *
 * @param secrets what must not be shown, in whatever encoding: token, instance ID, contact IDs
 * @returns the name, its digits as `#`; or how long it is, where it is none that a programmer gives, or shares four
 *   characters in a row with a secret and is not made of known words
 */
export function nameFilter(secrets: string[]): (name: string) => string {
	const runs = new Set(secrets.flatMap(encodings).flatMap(runsOf));
	return (name) => {
		const shown = name.replace(/\d/g, '#');
		const isName = /^[A-Za-z_$][\w$-]*$/.test(name) && name.length <= LONGEST_NAME && !/\d{3}/.test(name);
		const isSafe = isName && (wordsOf(name).every(isKnown) || !runsOf(name).some((run) => runs.has(run)));
		return isSafe ? shown : `(${Math.min(name.length, 999)} characters)`;
	};
}

/** The words of a name in camel or snake case. */
function wordsOf(name: string): string[] {
	return name
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '');
}

/** All runs of that many letters and digits, in lower case. What stands between them is left out. */
function runsOf(text: string): string[] {
	const plain = text.toLowerCase().replace(/[^a-z0-9]/g, '');
	return Array.from({ length: Math.max(0, plain.length - RUN + 1) }, (_, start) => plain.slice(start, start + RUN));
}

/** The ways in which a text can come back. Base64 looks different at each of three offsets. */
function encodings(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const reversed = [...secret].reverse().join('');
	return [
		secret,
		reversed,
		encodeURIComponent(secret),
		encodeURIComponent(encodeURIComponent(secret)),
		bytes.toString('hex'),
		...[0, 1, 2].map((offset) => Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')),
	];
}
