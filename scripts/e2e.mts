import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { installN8n } from '../sandbox/install.mts';
import { ROOT } from './install.mjs';
import { program } from './program.mjs';

const FOLDER = join(ROOT, 'test', 'e2e');

await program(async () => {
	// Installed here, where the progress can be seen: Node's test runner holds back what a test file prints.
	await installN8n('n8n-2');
	await installN8n('n8n-1');

	const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.mts'));
	// One n8n at a time: two of them do not fit on two cores.
	const runner = ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec'];
	const { status } = spawnSync(process.execPath, [...runner, ...files.map((name) => join(FOLDER, name))], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	return status ?? 1;
});
