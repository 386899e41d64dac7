import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { freePort } from '../../sandbox/ports.mts';
import { Stop } from '../../scripts/install.mjs';
import { until } from '../until.mts';

/** A server that is up, on loopback. */
export interface Running {
	port: number;
	/** Ends it, and waits until it has. */
	stop(): Promise<void>;
}

const START_MS = 30_000;

/** Where Debian has PostgreSQL's programs, a folder for each version. */
const POSTGRES = '/usr/lib/postgresql';

/**
 * Installs Redis and PostgreSQL from Debian's packages, unless they are there.
 *
 * @throws {Stop} where that is not possible
 */
export function installServers(): void {
	const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
	if (!hasRedis) installDebianPackages(['redis-server'], 'Redis');
	if (newestPostgres() === undefined) installDebianPackages(['postgresql'], 'PostgreSQL');
}

function installDebianPackages(packages: string[], missing: string): void {
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

/** @param folder for its log; it keeps no data */
export async function startRedis(folder: string): Promise<Running> {
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
	const child = start('redis-server', args, join(folder, 'redis.log'));
	await up('Redis', child, () => spawnSync('redis-cli', ['-p', String(port), 'ping']).stdout.includes('PONG'));
	return { port, stop: async () => await end(child, 'SIGTERM') };
}

/**
 * Starts PostgreSQL with an empty database "n8n" of the user "n8n", who needs no password.
 *
 * @param folder for its data
 */
export async function startPostgres(folder: string): Promise<Running> {
	const folderOfPrograms = newestPostgres() ?? '';
	const program = (name: string) => join(folderOfPrograms, name);
	// PostgreSQL refuses to be root.
	const owner = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
	mkdirSync(folder, { recursive: true });
	if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
	const data = join(folder, 'data');
	execFileSync(program('initdb'), ['-D', data, '-U', 'n8n', '--auth=trust', '--no-sync'], { ...owner, cwd: folder });
	const port = await freePort();
	// A lost database would only fail a test.
	const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off'];
	const child = start(program('postgres'), args, join(folder, '..', 'postgres.log'), { ...owner, cwd: folder });
	const asks = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n'];
	await up('PostgreSQL', child, () => spawnSync(program('pg_isready'), asks).status === 0);
	execFileSync(program('createdb'), [...asks, 'n8n'], { cwd: folder });
	// Fast: it does not wait for those who are connected.
	return { port, stop: async () => await end(child, 'SIGINT') };
}

/** Makes a folder that others may pass through, so that one in it can be PostgreSQL's. */
export function passable(folder: string): string {
	chmodSync(folder, 0o755);
	return folder;
}

/** Where the newest version has its programs; with a client alone it has no server. */
function newestPostgres(): string | undefined {
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = versions.map((version) => join(POSTGRES, version, 'bin'));
	return folders.find((programs) => existsSync(join(programs, 'initdb')));
}

function idOf(which: '-u' | '-g'): number {
	return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}

function start(command: string, args: string[], log: string, more: { uid?: number; gid?: number; cwd?: string } = {}) {
	const output = openSync(log, 'a');
	const child = spawn(command, args, { stdio: ['ignore', output, output], ...more });
	// Else it would go on where this process is ended.
	const kill = () => child.kill();
	process.once('exit', kill);
	child.once('close', () => process.off('exit', kill));
	return child;
}

async function up(what: string, child: ChildProcess, isUp: () => boolean): Promise<void> {
	try {
		const hasEnded = () => child.exitCode !== null;
		await until(`${what} is up`, () => hasEnded() || isUp(), START_MS);
		if (hasEnded()) throw new Stop(`${what} does not start`);
	} catch (error) {
		child.kill();
		throw error;
	}
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'close');
	child.kill(signal);
	await ended;
}
