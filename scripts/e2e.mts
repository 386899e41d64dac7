import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { installN8n } from '../sandbox/install.mts';
import { ROOT, Stop } from './install.mjs';

// Installed here, where the progress can be seen: Node's test runner holds back what a test file prints.
try {
	await installN8n('n8n-2');
	await installN8n('n8n-1');
} catch (error) {
	if (!(error instanceof Stop)) throw error;
	console.error(error.message);
	process.exit(1);
}

const folder = join(ROOT, 'test', 'e2e');
const files = readdirSync(folder).filter((name) => name.endsWith('.test.mts'));
// One n8n at a time: two of them do not fit on two cores.
const { status } = spawnSync(
	process.execPath,
	[
		'--import',
		'tsx',
		'--test',
		'--test-concurrency=1',
		'--test-reporter=spec',
		...files.map((name) => join(folder, name)),
	],
	{ cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
