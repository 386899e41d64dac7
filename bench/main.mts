import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { n8nVersion, nodeVersion } from '../sandbox/install.mts';
import { CACHE, ROOT, Stop } from '../scripts/install.mjs';
import { program } from '../scripts/program.mjs';
import { writeInto } from '../scripts/markdown.mts';
import { thresholdsOf, isKept } from './thresholds.mts';
import { CONTESTANTS, CONTESTANT_NAMES, type ContestantName } from './contestants.mts';
import { LISTS, type ListName } from './lists.mts';
import { measure } from './measure.mts';
import { plot } from './plot.mts';
import { circumstances, summary, tables, thresholdsTable } from './report.mts';
import { contestantsOf, METRICS, type Results } from './results.mts';
import { type Testbed, withTestbed } from '../sandbox/testbed.mts';

/** What is kept of a run, so that its report can be made once more. */
interface Run {
	circumstances: string;
	results: Results;
}

/** A median of fewer says little. */
const FEWEST_ROUNDS = 3;

const RECORD = join(CACHE, 'bench.json');

/** @returns the exit code: 0 only if every promise was kept */
async function bench(): Promise<number> {
	const { values } = parseArgs({
		options: {
			rounds: { type: 'string', default: '3' },
			lists: { type: 'string', default: Object.keys(LISTS).join(',') },
			// Makes the report of the last run once more.
			report: { type: 'boolean', default: false },
		},
	});
	const lists = values.lists.split(',').map((name) => {
		if (!(name in LISTS)) throw new Stop(`There is no list "${name}". There are: ${Object.keys(LISTS).join(', ')}`);
		return name as ListName;
	});
	const rounds = Number(values.rounds);
	if (!(rounds >= 1)) throw new Stop(`"${values.rounds}" is no number of rounds`);
	const isWhole = rounds >= FEWEST_ROUNDS && lists.length === Object.keys(LISTS).length;
	const record = values.report ? (JSON.parse(readFileSync(RECORD, 'utf8')) as Run) : await run(rounds, lists);
	console.log(`\n${record.circumstances}\n\n${tables(record.results)}`);
	if (!isWhole) {
		console.log(
			`\nThe promises are checked, and the results are written, only over all lists and ${FEWEST_ROUNDS} rounds.`,
		);
		return 0;
	}
	writeFileSync(RECORD, JSON.stringify(record));
	const thresholds = thresholdsOf(record.results);
	console.log(`\n${thresholdsTable(thresholds)}`);
	await writeReport(record);
	return thresholds.every(isKept) ? 0 : 1;
}

async function run(rounds: number, lists: ListName[]): Promise<Run> {
	const results: Results = {};
	await withTestbed('bench', async (testbed) => {
		for (let round = 1; round <= rounds; round += 1) {
			// Each starts a round in its turn, so that none is always the one that a busy machine meets.
			const order = rotated(CONTESTANT_NAMES, round);
			for (const list of lists) await inTurns(`round ${round} of ${rounds}`, list, order, testbed, results);
		}
	});
	return { circumstances: circumstances(rounds, nodeVersion(), n8nVersion('n8n-2')), results };
}

async function inTurns(
	when: string,
	list: ListName,
	order: ContestantName[],
	testbed: Testbed,
	results: Results,
): Promise<void> {
	const contestants = contestantsOf(LISTS[list]);
	for (const who of order.filter((name) => contestants.includes(name))) {
		process.stdout.write(`${when}: ${LISTS[list].title}, ${CONTESTANTS[who]} ...`);
		const sample = await measure(who, LISTS[list], testbed);
		((results[list] ??= {})[who] ??= []).push(sample);
		console.log(` ${sample.seconds.toFixed(1)} s, ${METRICS.perSecond.of(sample).toFixed(0)} contacts/s`);
	}
}

function rotated<Element>(list: Element[], by: number): Element[] {
	const start = by % list.length;
	return [...list.slice(start), ...list.slice(0, start)];
}

/** Writes all tables into bench/results.md, and the summary and the plots for docs/benchmark.md. */
async function writeReport({ circumstances, results }: Run): Promise<void> {
	for (const theme of ['light', 'dark'] as const) {
		writeFileSync(join(ROOT, 'docs', `benchmark-${theme}.svg`), await plot(results, theme));
	}
	await writeInto('docs/benchmark.md', 'summary', summary(results));
	await writeInto('bench/results.md', 'benchmark', `Measured on ${circumstances}.\n\n${tables(results)}`);
	console.log('\nWritten: bench/results.md, docs/benchmark.md and its two plots');
}

await program(bench);
