import { Stryker } from '@stryker-mutator/core';
import Table from 'cli-table3';
import { readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import jestConfig from '../../jest.config.mjs';
import { ROOT, Stop } from '../../scripts/install.mjs';
import { program } from '../../scripts/program.mjs';
import { roomOf } from './plugins.mjs';

/** How many percent of each folder's mutants a test has to notice. */
const LEAST_PERCENT = 90;

const LIST = 'test/mutation.md';

const ROOMS = ['n8n', 'picture', 'limits', 'gateway', 'operation', 'contactId', 'run'];

/** The folders, and the unit tests that are to notice what changes in each. */
const FOLDERS: Record<string, { sources: string; tests: string }> = {
	credentials: { sources: 'credentials/*.ts', tests: 'test/unit/credentials/*.test.mts' },
	'nodes/Wawp': { sources: 'nodes/Wawp/*.ts', tests: 'test/unit/*.test.mts' },
	...Object.fromEntries(
		ROOMS.map((room) => [room, { sources: `nodes/Wawp/${room}/*.ts`, tests: `test/unit/${room}/*.test.mts` }]),
	),
};

/** A small change to the code. */
interface Mutant {
	/** Relative to the repository. */
	file: string;
	line: number;
	/** Stryker's name for this kind of change. */
	mutator: string;
	/** The code that was replaced, and what by. */
	before: string;
	after: string;
	isNoticed: boolean;
}

/** Tells how many small changes to the code the unit tests notice. */
await program(async () => {
	const started = performance.now();
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !(name in FOLDERS));
	if (unknown.length > 0) {
		throw new Stop(`No such folder: ${unknown.join(', ')}. There are ${Object.keys(FOLDERS).join(', ')}.`);
	}
	const folders = wanted.length > 0 ? wanted : Object.keys(FOLDERS);
	const mutants: Mutant[] = [];
	// One after the other, so that what was found stays in sight if the rest is cut off.
	for (const folder of folders) {
		const found = await mutate(folder);
		const missed = found.filter(({ isNoticed }) => !isNoticed).length;
		console.log(`${folder}: ${found.length} mutants, ${missed} not noticed, ${minutesSince(started)}`);
		mutants.push(...found);
	}
	const unnoticed = mutants.filter(({ isNoticed }) => !isNoticed);
	const known = readEquivalents().filter(({ file }) => folders.includes(folderOf(file)));
	const survivors = unnoticed.filter((mutant) => !known.some((entry) => isOf(entry, mutant)));
	for (const { file, line, mutator, before, after } of survivors) {
		console.log(`${file}:${line} ${mutator}\n- ${before}\n+ ${after}`);
	}
	const outdated = known.filter((entry) => !unnoticed.some((mutant) => isOf(entry, mutant)));
	for (const { file, mutator, code } of outdated) {
		console.error(`${LIST} has an entry that is needed no longer: ${file}, ${mutator}, ${code}`);
	}

	const head = ['folder', 'mutants', 'equivalent', 'survived', 'noticed'];
	const table = new Table({ head, style: { head: [], border: [] } });
	const low: string[] = [];
	for (const folder of folders) {
		const count = (all: Mutant[]) => all.filter(({ file }) => folderOf(file) === folder).length;
		const percent = 100 * (1 - count(survivors) / count(mutants));
		if (!(percent >= LEAST_PERCENT)) low.push(folder);
		const equivalent = count(unnoticed) - count(survivors);
		table.push([folder, count(mutants), equivalent, count(survivors), `${percent.toFixed(1)} %`]);
	}
	console.log(`\n${table.toString()}\n${minutesSince(started)}`);
	if (low.length > 0) throw new Stop(`Less than ${LEAST_PERCENT} % noticed: ${low.join(', ')}`);
	return outdated.length > 0 ? 1 : 0;
});

function minutesSince(started: number): string {
	return `${((performance.now() - started) / 60_000).toFixed(0)} minutes`;
}

function folderOf(file: string): string {
	return roomOf(file) || 'nodes/Wawp';
}

/** Makes the changes, one at a time, and runs tests on each. */
async function mutate(folder: string): Promise<Mutant[]> {
	const unit = jestConfig.projects.find(({ displayName }) => displayName === 'unit');
	const options = {
		mutate: [FOLDERS[folder]?.sources ?? ''],
		testRunner: 'file-by-file',
		plugins: ['@stryker-mutator/jest-runner', join(ROOT, 'test/mutation/plugins.mjs')],
		ignorers: ['editor-texts'],
		jest: {
			enableFindRelatedTests: false,
			config: {
				...unit,
				displayName: undefined,
				projects: [],
				testMatch: [`<rootDir>/${FOLDERS[folder]?.tests}`],
				// Compares many thousands of numbers with Google's library, which would take most of the time.
				testPathIgnorePatterns: ['figures\\.test'],
				moduleNameMapper: { '^fast-check$': '<rootDir>/test/mutation/fastCheck.cjs' },
				testEnvironment: join(ROOT, 'test/mutation/untilFailure.cjs'),
			},
		},
		// Each mutant only meets the tests that come by it.
		coverageAnalysis: 'perTest',
		concurrency: availableParallelism(),
		// Added to one and a half times what the tests usually take: a busy machine is no test that notices something.
		timeoutMS: 20_000,
		dryRunTimeoutMinutes: 20,
		// Not in the repository: n8n's linter takes every TypeScript file there for a part of the node.
		tempDirName: join(tmpdir(), `wawp-mutation-${process.pid}`),
		cleanTempDir: 'always',
		ignorePatterns: ['/.cache', '/.sandbox', '/test-results', '/docs', '/bench', '/sandbox'],
		reporters: ['progress-append-only'],
		logLevel: 'error',
		allowConsoleColors: false,
	} as const;
	const results = await new Stryker(options as never).runMutationTest();
	return results
		.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
		.map(({ fileName, location, mutatorName, replacement = '', status }) => ({
			file: relative(ROOT, fileName),
			line: location.start.line,
			mutator: mutatorName,
			before: inOneLine(codeAt(readFileSync(fileName, 'utf8'), location)),
			after: inOneLine(replacement),
			isNoticed: status === 'Killed' || status === 'Timeout',
		}));
}

interface Position {
	/** Both counted from one. */
	line: number;
	column: number;
}

function codeAt(source: string, { start, end }: { start: Position; end: Position }): string {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	const last = (lines.pop() ?? '').slice(0, end.column - 1);
	return [...lines, last].join('\n').slice(start.column - 1);
}

function inOneLine(code: string): string {
	return code.replace(/\s+/g, ' ').trim();
}

/** A line of the list of mutants that no test can notice. */
interface Equivalent {
	file: string;
	mutator: string;
	/** How the code begins that is replaced. */
	code: string;
}

/** @throws {Stop} where a row of the table is none of file, mutator, code and reason */
function readEquivalents(): Equivalent[] {
	const rows = readFileSync(join(ROOT, LIST), 'utf8').match(/^\| `.*$/gm) ?? [];
	return rows.map((row) => {
		const [, file, mutator, code] = /^\| `(\S+)` +\| (\w+) +\| `(.+?)` +\| .*\|$/.exec(row) ?? [];
		if (!file || !mutator || !code) throw new Stop(`${LIST} has a row that cannot be read: ${row}`);
		return { file, mutator, code };
	});
}

function isOf({ file, mutator, code }: Equivalent, mutant: Mutant): boolean {
	return mutant.file === file && mutant.mutator === mutator && mutant.before.startsWith(code);
}
