import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { installN8n, n8nVersion, nodeVersion } from '../sandbox/install.mts';
import { type Engine, hasHints, tellsTools } from './engine/features.mts';
import { CACHE, ROOT, Stop } from '../scripts/install.mjs';
import { jest } from './jest/jest.mts';
import { program } from '../scripts/program.mjs';
import { markdownTable, today, writeInto } from '../scripts/markdown.mts';

/** A version of n8n, and what runs on it. */
interface Line {
	n8n: string;
	/** jest's project, and the folder whose packages it uses. */
	engine: { project: string; folder: string };
	/** A file of Node's test runner. */
	real?: string;
}

const LINES: Line[] = [
	{
		n8n: n8nVersion('n8n-2'),
		engine: { project: 'n8n 2', folder: '.' },
		real: 'test/e2e/n8n-2.test.mts',
	},
	{
		n8n: n8nVersion('n8n-1'),
		engine: { project: 'n8n 1', folder: 'test/engine/n8n-1' },
		real: 'test/e2e/n8n-1.test.mts',
	},
	{ n8n: '1.68.0', engine: { project: 'n8n 1.68', folder: 'test/engine/n8n-1.68' } },
];

const FEATURES: Array<[what: string, has: (engine: Engine) => boolean]> = [
	['hints in the output panel', hasHints],
	["an AI agent's model is told what the tool is for", tellsTools],
];

interface Passed {
	passed: number;
	of: number;
}

/** Runs what there is on each version of n8n, and puts the table into docs/compatibility.md, whether or not all tests passed. */
await program(async () => {
	await installN8n('n8n-1');
	const rows: string[][] = [];
	let failed = 0;
	for (const { n8n, engine, real } of LINES) {
		console.log(`\nn8n ${n8n} ...`);
		const parts = [await inEngine(engine.project), real === undefined ? undefined : inRealN8n(real)];
		for (const part of parts) failed += part ? part.of - part.passed : 0;
		rows.push([n8n, coreOf(engine.folder), ...parts.map(shown), missingIn(engine.folder)]);
	}
	const head = [
		'n8n',
		'its `n8n-core`',
		`tests in its engine (Node.js ${process.versions.node})`,
		`in real n8n (Node.js ${nodeVersion()})`,
		'not there yet',
	];
	const table = markdownTable(head, rows);
	console.log(`\n${table}`);
	await writeInto('docs/compatibility.md', 'compatibility', `Passed on ${today()}:\n\n${table}`);
	return failed > 0 ? 1 : 0;
});

async function inEngine(project: string): Promise<Passed> {
	mkdirSync(CACHE, { recursive: true });
	const file = join(CACHE, 'compatibility.json');
	rmSync(file, { force: true });
	await jest(['--selectProjects', project, '--json', `--outputFile=${file}`]);
	const counts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
	// The tests of a file that cannot be loaded are not counted.
	if (counts.numRuntimeErrorTestSuites !== 0) throw new Stop(`Test files of ${project} could not be loaded`);
	return { passed: counts.numPassedTests ?? 0, of: counts.numTotalTests ?? 0 };
}

function inRealN8n(file: string): Passed {
	const runner = ['--import', 'tsx', '--test', '--test-reporter=tap', file];
	const { stdout, status } = spawnSync(process.execPath, runner, { cwd: ROOT, encoding: 'utf8' });
	if (!/^# fail 0$/m.test(stdout)) console.log(stdout);
	const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1] ?? 0);
	if (status !== 0 && count('fail') === 0) throw new Stop(`${file} ended with code ${status}`);
	return { passed: count('pass'), of: count('tests') };
}

function shown(part: Passed | undefined): string {
	return part ? `${part.passed} of ${part.of}` : 'not run';
}

function coreOf(folder: string): string {
	const description = readFileSync(join(ROOT, folder, 'node_modules', 'n8n-core', 'package.json'), 'utf8');
	return (JSON.parse(description) as { version: string }).version;
}

function missingIn(folder: string): string {
	const require = createRequire(join(ROOT, folder, 'package.json'));
	const engine = { core: require('n8n-core'), workflow: require('n8n-workflow') } as Engine;
	const missing = FEATURES.filter(([, has]) => !has(engine)).map(([what]) => what);
	return missing.join('; ');
}
