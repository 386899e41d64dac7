import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, ROOT, Stop } from './install.mjs';

const shell = process.platform === 'win32';

/**
 * Builds the node and packs it as it would be published, unless PACKED_NODE names the tarball already: builds that run
 * beside one another would take each other's files away.
 *
 * @returns the path of the tarball
 * @throws {Stop} where it does not compile
 */
export function buildAndPack(): string {
	if (process.env.PACKED_NODE) return process.env.PACKED_NODE;
	const built = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8', shell });
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
 * Installs the packed node as a community node, by hand as the README has it: with npm into `.n8n/nodes`.
 *
 * The peer n8n-workflow stays out, so that nothing is downloaded and the node uses the one that n8n itself brings.
 *
 * @param userFolder what N8N_USER_FOLDER names
 */
export function installAsCommunityNode(tarball: string, userFolder: string): void {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const args = ['install', '--prefix', nodes, '--legacy-peer-deps', '--no-audit', '--no-fund'];
	const { status, stderr } = spawnSync('npm', [...args, tarball], { cwd: ROOT, encoding: 'utf8', shell });
	if (status !== 0) throw new Stop(`The packed node cannot be installed:\n${stderr}`);
}
