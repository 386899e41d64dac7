import { spawnSync, type SpawnSyncOptions, type SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';

import { ROOT } from './install.mjs';

/**
 * Runs one of the development tools (`node_modules/.bin`) in the repository's folder, to its end.
 */
export function tool(name: string, args: string[], options: SpawnSyncOptions = {}): SpawnSyncReturns<string> {
	return spawnSync(join(ROOT, 'node_modules', '.bin', name), args, {
		cwd: ROOT,
		encoding: 'utf8',
		// npm's tools are command files on Windows.
		shell: process.platform === 'win32',
		...options,
	}) as SpawnSyncReturns<string>;
}
