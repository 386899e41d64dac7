import { spawnSync } from 'node:child_process';

import { Stop } from './install.mjs';

/**
 * Installs packages of Debian, as root or with sudo.
 *
 * @param missing what they are needed for, for the words of the failure
 * @throws {Stop} where they cannot be installed
 */
export function installDebianPackages(packages: string[], missing: string): void {
	const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
	const run = (...args: string[]) => {
		const [command = '', ...rest] = [...asRoot, ...args];
		return spawnSync(command, rest, {
			encoding: 'utf8',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
	};
	console.log(`Installing ${packages.join(' and ')} from Debian's packages ...`);
	run('apt-get', 'update', '-qq');
	const { status, stderr } = run('apt-get', 'install', '-qq', '-y', '--no-install-recommends', ...packages);
	if (status !== 0) {
		const end = (stderr ?? '').trim().split('\n').at(-1) ?? '';
		throw new Stop(`${missing} is needed: install ${packages.join(' and ')} and run the same command again. ${end}`);
	}
}
