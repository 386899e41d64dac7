// Reads many phone numbers, and writes how into docs/phone-numbers.md.
import { figuresOf, newRangeFigures, randomFigures, randomPhones, type Tally } from './unit/contactId/figures.mts';
import { markdownTable, writeInto } from '../scripts/markdown.mts';
import { program } from '../scripts/program.mjs';

const MOBILES = randomPhones('mobile', 57);
const LANDLINES = randomPhones('landline', 28);
const HEAD = ['written', 'Default Country', 'mobiles', 'landlines'];
const cellOf = ({ right, refused, anothers, inUse }: Tally) =>
	[right, refused, inUse, anothers - inUse].map((count) => count.toLocaleString('en')).join(', ');

await program(async () => {
	const landlines = figuresOf(LANDLINES);
	const rows = figuresOf(MOBILES).map(([what, country, mobiles], index) => {
		return [what, country, cellOf(mobiles), cellOf(landlines[index]?.[2] as Tally)];
	});
	const newRanges = newRangeFigures(MOBILES).map(([what, country, mobiles]) => [what, country, cellOf(mobiles), '']);
	const random = randomFigures();
	const lengths = [...new Set(random.map(([what]) => what))];
	const countries = [...new Set(random.map(([, country]) => country))];
	const randomRows = lengths.map((length) => [
		length,
		...random.filter(([what]) => what === length).map(([, , { anothers, texts }]) => `${anothers} of ${texts}`),
	]);
	const regions = new Set(MOBILES.map(({ region }) => region)).size;
	const text = [
		`${MOBILES.length} mobiles of ${regions} countries and territories, and ${LANDLINES.length} landlines: how many texts`,
		'were read right, refused, read as another number that is in use, and as another that is in no known range.',
		'',
		markdownTable(HEAD, [...rows, ...newRanges]),
		'',
		'Random digits that were taken as a number, by Default Country:',
		'',
		markdownTable(['', ...countries], randomRows),
	];
	await writeInto('docs/phone-numbers.md', 'figures', text.join('\n'));
	return 0;
});
