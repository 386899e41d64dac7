import { parseArgs } from 'node:util';

import { withTestbed } from '../../sandbox/testbed.mts';
import { today, writeInto } from '../../scripts/markdown.mts';
import { program } from '../../scripts/program.mjs';
import { type Costs, costs, costsTable, tooCostly } from './cost.mts';
import { failuresOf, faultsTable, filedTable, problemsOf, resultTable } from './report.mts';
import { chaos, soak, type Soaked } from './soak.mts';
import { EVERY_TROUBLE, type Filed, filed, troubleOf } from './troubles.mts';

const OPTIONS = { concurrency: 100, maxRetries: 2, timeout: 15_000, requestsPerMinute: 0 };

/** What a soak of the full length has: ten executions, so that the first is its first tenth. */
const FULL = { seeds: ['ash', 'birch', 'cedar'], executions: 10, contacts: 10_000 };
const SHORT = { seeds: ['ash'], executions: 3, contacts: 1000 };

/** Of the gateway's outages: every trouble in every way of speaking. */
const TROUBLE = { seeds: ['dogwood', 'elder', 'fir'], executions: EVERY_TROUBLE, contacts: 1250 };
const SHORT_TROUBLE = { seeds: ['dogwood'], executions: EVERY_TROUBLE, contacts: 300 };
const TROUBLE_OPTIONS = { concurrency: 20, maxRetries: 3, timeout: 15_000, requestsPerMinute: 0 };

/** @returns the exit code: 0 only if every promise was kept */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			short: { type: 'boolean', default: false },
			trouble: { type: 'boolean', default: false },
			seeds: { type: 'string' },
		},
	});
	return values.trouble ? await soakInTrouble(values) : await soakInChaos(values);
}

interface Values {
	short: boolean;
	seeds?: string;
}

/** Token, instance and session die and come back, the endpoint is gone, a cache mixes answers up. */
async function soakInTrouble({ short, seeds }: Values): Promise<number> {
	const { executions, contacts, seeds: usual } = short ? SHORT_TROUBLE : TROUBLE;
	const soaked: Record<string, Soaked<Filed>> = {};
	await withTestbed('soak', async (testbed) => {
		for (const seed of seeds?.split(',') ?? usual) {
			const trouble = (execution: number) => troubleOf(seed, execution, contacts);
			const course = {
				dayOf: (execution: number) => trouble(execution).day,
				judge: (execution: number, ...came: Judged) => filed(trouble(execution), ...came),
			};
			const plan = { executions, contacts, options: TROUBLE_OPTIONS };
			soaked[seed] = await soak(course, plan, testbed, (execution, { seconds }) => {
				console.log(`seed ${seed}, ${trouble(execution).what}: ${seconds.toFixed(0)} s`);
			});
		}
	});
	const text = filedTable(Object.values(soaked));
	console.log(`\n${text}`);
	const problems = problemsOf(soaked);
	for (const problem of problems) console.error(problem);
	if (!short && problems.length === 0) await write('trouble', text);
	return problems.length > 0 ? 1 : 0;
}

type Judged = Parameters<typeof filed> extends [unknown, ...infer Rest] ? Rest : never;

async function soakInChaos(values: Values): Promise<number> {
	const length = values.short ? SHORT : FULL;
	const { executions, contacts } = length;
	const seeds = values.seeds?.split(',') ?? length.seeds;
	const soaked: Record<string, Soaked> = {};
	let cost: Costs = [];
	await withTestbed('soak', async (testbed) => {
		cost = await costs(testbed);
		for (const seed of seeds) {
			const plan = { executions, contacts, options: OPTIONS };
			soaked[seed] = await soak(chaos(seed, OPTIONS.maxRetries), plan, testbed, (execution, { seconds }, memory) => {
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
	if (!values.short && failures.length === 0) await write('soak', text);
	return failures.length > 0 ? 1 : 0;
}

async function write(section: string, text: string): Promise<void> {
	await writeInto('test/soak/results.md', section, `Run on ${today()}:\n\n${text}`);
	console.log('\nWritten: the tables in test/soak/results.md');
}

await program(main);
