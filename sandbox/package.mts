import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, ROOT, Stop } from '../scripts/install.mjs';
import { tool } from '../scripts/tool.mts';

const shell = process.platform === 'win32';

/**
 * Builds the node and packs it as it would be published.
 *
 * @returns the path of the tarball
 * @throws {Stop} where it does not compile
 */
export function buildAndPack(): string {
	const built = tool('gulp', ['build']);
	if (built.status !== 0) throw new Stop(`The node does not build:\n${built.stdout}${built.stderr}`);
	const folder = join(CACHE, 'package');
	mkdirSync(folder, { recursive: true });
	const packed = spawnSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
		shell,
	});
	if (packed.status !== 0) throw new Stop(`The node cannot be packed:\n${packed.stderr}`);
	const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
	return join(folder, `${name}-${version}.tgz`);
}

/**
 * Installs the packed node as a community node, by hand as n8n's documentation has it: with npm in `.n8n/nodes`.
 *
 * The peer n8n-workflow stays out, so that nothing is downloaded and the node uses the one that n8n itself brings.
 *
 * @param userFolder what N8N_USER_FOLDER names
 */
export function installAsCommunityNode(tarball: string, userFolder: string): void {
	const nodes = join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	writeFileSync(join(nodes, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true }));
	const args = ['install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
	const { status, stderr } = spawnSync('npm', [...args, tarball], { cwd: nodes, encoding: 'utf8', shell });
	if (status !== 0) throw new Stop(`The packed node cannot be installed:\n${stderr}`);
}
