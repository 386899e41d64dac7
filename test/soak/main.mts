import { parseArgs } from 'node:util';

import { withVenue } from '../../sandbox/testbed.mts';
import { writeInto } from '../../scripts/markdown.mts';
import { program } from '../../scripts/program.mjs';
import { type Costs, costs, costsTable, tooCostly } from './cost.mts';
import { failuresOf, faultsTable, resultTable } from './report.mts';
import { soak, type Soaked } from './soak.mts';

const OPTIONS = { concurrency: 100, maxRetries: 2, timeout: 15_000 };

/** What a soak of the full length has: ten executions, so that the first is its first tenth. */
const FULL = { seeds: ['ash', 'birch', 'cedar'], executions: 10, contacts: 10_000 };
const SHORT = { seeds: ['ash'], executions: 3, contacts: 1000 };

/** @returns the exit code: 0 only if every promise was kept */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: { short: { type: 'boolean', default: false }, seeds: { type: 'string' } },
	});
	const length = values.short ? SHORT : FULL;
	const { executions, contacts } = length;
	const seeds = values.seeds?.split(',') ?? length.seeds;
	const soaked: Record<string, Soaked> = {};
	let cost: Costs = [];
	await withVenue('soak', async (venue) => {
		cost = await costs(venue);
		for (const seed of seeds) {
			const plan = { executions, contacts, options: OPTIONS };
			soaked[seed] = await soak(seed, plan, venue, (execution, { seconds }, memory) => {
				const mb = (memory / 1e6).toFixed(1);
				const which = `execution ${execution + 1} of ${executions}`;
				console.log(`seed ${seed}, ${which}: ${seconds.toFixed(0)} s, ${mb} MB in use`);
			});
		}
	});
	const text = `${resultTable(soaked, contacts)}\n\n${faultsTable(Object.values(soaked))}\n\n${costsTable(cost)}`;
	console.log(`\n${text}`);
	const failures = [...failuresOf(soaked), ...tooCostly(cost)];
	for (const failure of failures) console.error(failure);
	if (!values.short && failures.length === 0) {
		const day = new Date().toISOString().slice(0, 10);
		await writeInto('docs/under-fire.md', 'soak', `Run on ${day}:\n\n${text}`);
		console.log('\nWritten: the tables in docs/under-fire.md');
	}
	return failures.length > 0 ? 1 : 0;
}

await program(main);
