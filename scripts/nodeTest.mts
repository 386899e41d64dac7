import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './install.mjs';

/**
 * Runs the tests of a folder with Node's own test runner, one file after the other: two n8n do not fit on two cores.
 *
 * @param folder relative to the repository
 * @param names which of its files
 * @returns the exit code: 0 only if all have passed
 */
export function nodeTest(folder: string, names = /\.test\.mts$/): number {
	const path = join(ROOT, folder);
	const files = readdirSync(path).filter((name) => names.test(name));
	const runner = ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec'];
	const { status } = spawnSync(process.execPath, [...runner, ...files.map((name) => join(path, name))], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	return status ?? 1;
}
