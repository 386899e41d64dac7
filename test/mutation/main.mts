import Table from 'cli-table3';

import { Stop } from '../../scripts/install.mjs';
import { program } from '../../scripts/program.mjs';
import { readEquivalents } from './equivalents.mts';
import { mutate, type Mutant } from './mutate.mts';

/** Of the mutants of each folder, so many in a hundred have to be noticed by a test. */
const LEAST_PERCENT = 90;

const ROOMS = ['contactId', 'gateway', 'limits', 'n8n', 'operation', 'picture', 'run'];

/** The folders, and where the unit tests are that are to notice what changes in each: its own. */
const FOLDERS: Record<string, { sources: string; tests: string }> = {
	credentials: { sources: 'credentials/*.ts', tests: 'test/unit/credentials' },
	'nodes/Wawp': { sources: 'nodes/Wawp/*.ts', tests: 'test/unit' },
	...Object.fromEntries(
		ROOMS.map((room) => [room, { sources: `nodes/Wawp/${room}/*.ts`, tests: `test/unit/${room}` }]),
	),
};

const EQUIVALENTS = readEquivalents();

interface Score {
	folder: string;
	mutants: number;
	survivors: Mutant[];
	equivalents: number;
	percent: number;
	minutes: number;
}

/** Tells how many small changes to the code the unit tests notice, folder by folder. */
await program(async () => {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !(name in FOLDERS));
	if (unknown.length > 0) {
		throw new Stop(`No such folder: ${unknown.join(', ')}. There are ${Object.keys(FOLDERS).join(', ')}.`);
	}
	const scores: Score[] = [];
	for (const folder of wanted.length > 0 ? wanted : Object.keys(FOLDERS)) {
		console.log(`\n${folder}:`);
		const score = await scoreOf(folder);
		for (const { file, line, before, after } of score.survivors) {
			console.log(`${file}:${line}\n- ${before}\n+ ${after}`);
		}
		scores.push(score);
	}
	console.log(`\n${asTable(scores)}`);
	const low = scores.filter(({ percent }) => percent < LEAST_PERCENT).map(({ folder }) => folder);
	if (low.length > 0) throw new Stop(`Less than ${LEAST_PERCENT} % noticed: ${low.join(', ')}`);
});

async function scoreOf(folder: string): Promise<Score> {
	const started = performance.now();
	const { sources = '', tests = '' } = FOLDERS[folder] ?? {};
	const mutants = await mutate(sources, tests);
	const unnoticed = mutants.filter(({ isNoticed }) => !isNoticed);
	const survivors = unnoticed.filter(({ file, after }) => !EQUIVALENTS.get(file)?.has(after));
	return {
		folder,
		mutants: mutants.length,
		survivors,
		equivalents: unnoticed.length - survivors.length,
		percent: 100 * (1 - survivors.length / mutants.length),
		minutes: (performance.now() - started) / 60_000,
	};
}

function asTable(scores: Score[]): string {
	const head = ['folder', 'mutants', 'equivalent', 'survived', 'noticed', 'minutes'];
	const table = new Table({ head, style: { head: [], border: [] } });
	for (const { folder, mutants, equivalents, survivors, percent, minutes } of scores) {
		table.push([folder, mutants, equivalents, survivors.length, `${percent.toFixed(1)} %`, minutes.toFixed(1)]);
	}
	return table.toString();
}
