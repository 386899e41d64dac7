import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { removeEditorFiles } from '../sandbox/n8n.mts';
import { CACHE, ROOT, Stop } from '../scripts/install.mjs';
import { jest } from './jest/jest.mts';
import { program } from '../scripts/program.mjs';

interface Check {
	what: string;
	name: string;
	args: string[];
}

/** For tsc to check only what has changed since. */
function remembered(name: string): string[] {
	return ['--incremental', '--tsBuildInfoFile', `.cache/${name}.tsbuildinfo`];
}

/** What `npm test` checks beside the tests, and how; what takes longest comes first. */
const CHECKS: Check[] = [
	{
		what: 'the types of what is not published',
		name: 'tsc',
		args: ['--project', 'scripts/tsconfig.json', ...remembered('types-unpublished')],
	},
	{
		what: 'the format',
		name: 'prettier',
		args: ['--check', '--log-level=warn', '--cache', '--cache-location=.cache/prettier', '.'],
	},
	{
		what: 'the linter for what is not published',
		name: 'eslint',
		args: [
			'--config',
			'scripts/eslint.config.mjs',
			'--max-warnings=0',
			'--cache',
			'--cache-strategy=content',
			'--cache-location=.cache/eslint',
			'scripts',
			'bench',
			'sandbox/*.m[jt]s',
			'test/**/*.m[jt]s',
			'*.js',
			'*.mjs',
		],
	},
	{ what: "n8n's linter for community nodes", name: 'n8n-node', args: ['lint'] },
	{ what: 'the types of the node', name: 'tsc', args: ['--noEmit', ...remembered('types-node')] },
	{
		what: 'which folder imports from which',
		name: 'depcruise',
		args: ['nodes', 'credentials', 'scripts', 'sandbox', 'bench', 'test'],
	},
];

await program(async () => {
	const started = performance.now();
	const args = process.argv.slice(2);
	removeLeftovers();
	console.log('Running the checks and the tests ...\n');
	// Many of the tests wait: the checks use the time.
	const [code, failed] = await Promise.all([jest(args), checkAll()]);
	console.log(`\nnpm test took ${seconds(started)} s.`);
	if (failed.length > 0) throw new Stop(`Failed: ${failed.join('; ')}`);
	return code;
});

/** Removes what is left over where an n8n was killed. */
function removeLeftovers(): void {
	for (const folder of [
		...foldersIn(join(ROOT, '.sandbox')),
		...foldersIn(join(CACHE, 'browser')),
		join(CACHE, 'e2e', 'dev', '.sandbox', 'dev'),
		join(CACHE, 'e2e', 'n8n-1', 'user'),
		join(CACHE, 'e2e', 'n8n-2', 'user'),
	]) {
		removeEditorFiles(folder);
	}
}

/**
 * Runs all checks, as many at once as there are cores, and prints what each has to say once it is done.
 *
 * @returns the names of those that failed
 */
async function checkAll(): Promise<string[]> {
	const left = [...CHECKS];
	const failed: string[] = [];
	const checkNext = async (): Promise<void> => {
		const check = left.shift();
		if (!check) return;
		const { what, name, args } = check;
		const started = performance.now();
		const { code, output } = await outputOf(name, args);
		console.log(`Checked ${what}: ${code === 0 ? 'good' : 'FAILED'} (${seconds(started)} s)`);
		if (code !== 0) {
			console.log(output);
			failed.push(`${what} (${name} ${args.join(' ')})`);
		}
		await checkNext();
	};
	await Promise.all(Array.from({ length: availableParallelism() }, checkNext));
	return failed;
}

/** Runs one of the development tools (`node_modules/.bin`) to its end. */
async function outputOf(name: string, args: string[]): Promise<{ code: number; output: string }> {
	const child = spawn(join(ROOT, 'node_modules', '.bin', name), args, {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
		// These tools are command files on Windows.
		shell: process.platform === 'win32',
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code: code ?? 1, output };
}

function seconds(since: number): number {
	return Math.round((performance.now() - since) / 1000);
}

function foldersIn(folder: string): string[] {
	return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
