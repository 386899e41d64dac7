// How much CPU it takes to read the contact IDs of a list, beside what the library takes for the numbers alone.
import Table from 'cli-table3';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import { readContactId } from '../nodes/Wawp/contactId/readContactId.ts';
import { program } from '../scripts/program.mjs';
import { EXAMPLES } from '../test/unit/contactId/numbers.mts';
import { LOCAL, WITH_COUNTRY_CODE, type Writing } from '../test/unit/contactId/writings.mts';

const LEADS = 50_000;
const MOST_MS = 2000;
const ODD_TEXTS = 2000;
const MOST_US = 50;

/** Of every country, and in all writings that are text or a number, in turns. */
function leadsIn(writings: Record<string, Writing>): Array<[typed: string | number, country: string]> {
	const all = Object.values(writings).flatMap((write) =>
		EXAMPLES.map((example): [string | number, string] => [write(example) ?? example.id, example.region]),
	);
	// A prime as the step, so that neither countries nor writings stand together.
	return Array.from({ length: LEADS }, (_, index) => all[(index * 7919) % all.length] as [string | number, string]);
}

/** @returns milliseconds of CPU; the first run is for the compiler */
function cpuOf(work: () => void): number {
	work();
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

const abroad = leadsIn(WITH_COUNTRY_CODE);
const local = leadsIn(LOCAL);
const digits = abroad.map((_, index) => EXAMPLES[index % EXAMPLES.length]?.id.replace(/@.*/, '') ?? '');

const READERS: Record<string, () => void> = {
	'with country codes, in all writings': () => abroad.forEach(([typed]) => readContactId(typed)),
	'the same, with a default country for each': () => abroad.forEach(([typed, region]) => readContactId(typed, region)),
	'local, with a default country for each': () => local.forEach(([typed, region]) => readContactId(typed, region)),
	'digits only': () => digits.forEach((typed) => readContactId(typed)),
	'digits only, by libphonenumber-js alone': () =>
		digits.forEach((typed) => parsePhoneNumberFromString(`+${typed}`)?.isValid()),
};

const ODD: Record<string, string> = {
	'999 digits of another script': '١'.repeat(999),
	'1,000 signs that stand for eighteen each': '\ufdfa'.repeat(1000),
	'1,000 brackets': '('.repeat(1000),
	'a link with 986 odd digits': `https://wa.me/${'٣'.repeat(986)}`,
	'a link with 160 parameters': `https://api.whatsapp.com/send?${'&phone'.repeat(160)}`,
};

await program(async () => {
	const lists = Object.entries(READERS).map(([what, read]) => ({ what, ms: cpuOf(read) }));
	const odd = Object.entries(ODD).map(([what, text]) => ({
		what,
		us: (cpuOf(() => Array.from({ length: ODD_TEXTS }).forEach(() => readContactId(text))) * 1000) / ODD_TEXTS,
	}));
	const table = new Table({ head: ['what is read', 'CPU'], style: { head: [], border: [] } });
	for (const { what, ms } of lists) table.push([`${LEADS} leads, ${what}`, `${ms.toFixed(0)} ms`]);
	for (const { what, us } of odd) table.push([what, `${us.toFixed(1)} µs`]);
	console.log(table.toString());
	console.log(`Promised: a list in at most ${MOST_MS} ms, an odd text in at most ${MOST_US} µs.`);
	return await Promise.resolve(lists.every(({ ms }) => ms <= MOST_MS) && odd.every(({ us }) => us <= MOST_US) ? 0 : 1);
});
