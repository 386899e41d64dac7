import { spawn, spawnSync, type SpawnSyncOptions, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { ROOT } from './install.mjs';

const WINDOWS = process.platform === 'win32';
const pathOf = (name: string) => join(ROOT, 'node_modules', '.bin', name);

/**
 * Runs one of the development tools (`node_modules/.bin`) in the repository's folder, to its end.
 */
export function tool(name: string, args: string[], options: SpawnSyncOptions = {}): SpawnSyncReturns<string> {
	return spawnSync(pathOf(name), args, {
		cwd: ROOT,
		encoding: 'utf8',
		// npm's tools are command files on Windows.
		shell: WINDOWS,
		...options,
	}) as SpawnSyncReturns<string>;
}

/**
 * The same while others run beside it.
 *
 * @returns its exit code, and all that it printed
 */
export async function toolOutput(name: string, args: string[]): Promise<{ code: number; output: string }> {
	const child = spawn(pathOf(name), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], shell: WINDOWS });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code: code ?? 1, output };
}
