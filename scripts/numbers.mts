// npm run numbers: reads many phone numbers, and writes how well into test/unit/contactId/results.md.
import {
	figuresOf,
	LANDLINES,
	MOBILES,
	newRangeFigures,
	randomFigures,
	type Tally,
} from '../test/unit/contactId/figures.mts';
import { markdownTable, writeInto } from './markdown.mts';
import { program } from './program.mjs';

const HEAD = ['written', 'Default Country', 'texts', 'right', 'refused', "another's", 'of these in use'];

function rowsOf(kind: string, figures: Array<[what: string, country: string, tally: Tally]>): string[][] {
	return figures.map(([what, country, { texts, right, refused, anothers, inUse }]) => [
		`${kind}${what}`,
		country,
		...[texts, right, refused, anothers, inUse].map((count) => count.toLocaleString('en')),
	]);
}

await program(async () => {
	const rows = [
		...rowsOf('mobiles, ', figuresOf(MOBILES)),
		...rowsOf('mobiles, ', newRangeFigures()),
		...rowsOf('landlines, ', figuresOf(LANDLINES)),
		...rowsOf('', randomFigures()),
	];
	const countries = new Set(MOBILES.map(({ region }) => region)).size;
	const head = `${MOBILES.length} mobiles of ${countries} countries and territories, and ${LANDLINES.length} landlines:`;
	await writeInto('test/unit/contactId/results.md', 'figures', `${head}\n\n${markdownTable(HEAD, rows)}`);
	return 0;
});
