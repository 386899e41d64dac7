import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { removeEditorFiles } from '../sandbox/n8n.mts';
import { CACHE, ROOT, Stop } from './install.mjs';
import { jest } from './jest.mts';
import { program } from './program.mjs';
import { tool } from './tool.mts';

/** What `npm test` checks before the tests, and how. */
const CHECKS: Array<[what: string, name: string, args: string[]]> = [
	["n8n's linter for community nodes", 'n8n-node', ['lint']],
	[
		'the linter for what is not published',
		'eslint',
		[
			'--config',
			'scripts/eslint.config.mjs',
			'--max-warnings=0',
			'scripts',
			'bench',
			'sandbox/*.mts',
			'test/**/*.mts',
			'*.js',
			'*.mjs',
		],
	],
	['the types of the node', 'tsc', ['--noEmit']],
	['the types of what is not published', 'tsc', ['--project', 'scripts/tsconfig.json']],
	["the package by the rules of n8n's verification", 'tsx', ['scripts/scan.mts']],
	['the format', 'prettier', ['--check', '--log-level=warn', '.']],
];

await program(async () => {
	// Left over where an n8n was killed.
	for (const folder of [
		...foldersIn(join(ROOT, '.sandbox')),
		...foldersIn(join(CACHE, 'browser')),
		join(CACHE, 'e2e', 'dev', '.sandbox', 'dev'),
		join(CACHE, 'e2e', 'n8n-1', 'user'),
		join(CACHE, 'e2e', 'n8n-2', 'user'),
	]) {
		removeEditorFiles(folder);
	}
	for (const [what, name, args] of CHECKS) {
		console.log(`\nChecking ${what} ...`);
		if (tool(name, args, { stdio: 'inherit' }).status !== 0) {
			throw new Stop(`Failed: ${what} (${name} ${args.join(' ')})`);
		}
	}
	console.log('\nRunning the tests ...');
	return await jest(process.argv.slice(2));
});

function foldersIn(folder: string): string[] {
	return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
