import { Stryker } from '@stryker-mutator/core';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import jestConfig from '../../jest.config.mjs';
import { ROOT } from '../../scripts/install.mjs';

/** A small change to the code, and whether a test noticed it. */
export interface Mutant {
	/** Relative to the repository. */
	file: string;
	/** The line that it changes, or the first of them, counted from one. */
	line: number;
	/** That line, before and after. */
	before: string;
	after: string;
	isNoticed: boolean;
}

/** Tests that try thousands of inputs. */
const SLOW = /(?:property|oracle|fuzz)\.test\.mts$/;

/**
 * Makes many small changes to sources, one at a time, and runs tests on each: the quick ones, and what those let pass goes
 * to the slow ones.
 *
 * @param sources a pattern for files
 * @param folder with the tests
 */
export async function mutate(sources: string, folder: string): Promise<Mutant[]> {
	const tests = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.test.mts'));
	const inFolder = (names: string[]) => names.map((name) => `<rootDir>/${folder}/${name}`);
	const mutants = await run([sources], inFolder(tests.filter((name) => !SLOW.test(name))));
	const survivors = mutants.filter(({ isNoticed }) => !isNoticed);
	const slow = inFolder(tests.filter((name) => SLOW.test(name)));
	if (survivors.length === 0 || slow.length === 0) return mutants;
	const again = await run([...new Set(survivors.map(({ range }) => range))], slow);
	const late = new Set(again.filter(({ isNoticed }) => isNoticed).map(({ id }) => id));
	return mutants.map((mutant) => ({ ...mutant, isNoticed: mutant.isNoticed || late.has(mutant.id) }));
}

interface Result extends Mutant {
	/** The same in each run. */
	id: string;
	/** Where it is, as Stryker takes it. */
	range: string;
}

async function run(sources: string[], tests: string[]): Promise<Result[]> {
	const unit = jestConfig.projects.find(({ displayName }) => displayName === 'unit');
	const options = {
		mutate: sources,
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner', join(ROOT, 'test/mutation/editorTexts.mjs')],
		ignorers: ['editor-texts'],
		jest: {
			enableFindRelatedTests: false,
			config: { ...unit, displayName: undefined, projects: [], testMatch: tests },
		},
		// Each mutant runs those tests alone that come by it.
		coverageAnalysis: 'perTest',
		concurrency: availableParallelism(),
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
		.map(({ fileName, location, replacement = '', status }) => {
			const file = relative(ROOT, fileName);
			const { start, end } = location;
			// Stryker counts columns from one in what it reports, and from zero in what it is told.
			const range = `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
			return {
				id: `${range} ${replacement}`,
				range,
				file,
				...linesOf(readFileSync(fileName, 'utf8'), location, replacement),
				isNoticed: status === 'Killed' || status === 'Timeout',
			};
		});
}

interface Position {
	/** Both counted from one. */
	line: number;
	column: number;
}

function linesOf(source: string, { start, end }: { start: Position; end: Position }, replacement: string) {
	const lines = source.split('\n');
	const [first = '', last = ''] = [lines[start.line - 1], lines[end.line - 1]];
	const after = `${first.slice(0, start.column - 1)}${replacement}${last.slice(end.column - 1)}`;
	return { line: start.line, before: first.trim(), after: after.replace(/\s+/g, ' ').trim() };
}
