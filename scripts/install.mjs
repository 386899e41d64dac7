import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where logs and throw-away files go; git ignores it. */
export const CACHE = join(ROOT, '.cache');

/** An end that the user can do something about: its message is the one line to print. */
export class Stop extends Error {}

/** @typedef {{ name: string, why: string, node: () => string, from?: string, after?: Promise<void> }} Rebuild */

/**
 * Installs a folder's packages as its lockfile says, unless that has been done. What a broken-off installation left
 * behind is replaced.
 *
 * @param {string} folder relative to the repository, with a package.json and a package-lock.json
 * @param {{ what: string, takes: string, rebuild?: Rebuild }} options
 *   what it is and how long it takes the first time, in the user's words; and a package whose install script has to run
 *   after all, with a Node.js of its own, unless another folder has the same version, rebuilt for the same Node.js: that one
 *   is waited for
 * @throws {Stop} where npm cannot finish
 */
export async function install(folder, { what, takes, rebuild }) {
	const path = join(ROOT, folder);
	const stamp = join(path, 'node_modules', '.installed');
	const lock = createHash('sha256')
		.update(readFileSync(join(path, 'package-lock.json')))
		.digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

	if (existsSync(join(path, 'node_modules'))) {
		console.log(`Found an unfinished or older installation of ${what}: starting it over.`);
	}
	console.log(`Installing ${what} (${takes}) ...`);
	const log = join(CACHE, 'logs', `install-${what.replace(/\W+/g, '-')}.log`);
	rmSync(log, { force: true });
	rmSync(join(path, 'node_modules'), { recursive: true, force: true });
	// Not "npm ci": it refuses to start where a registry lacks an optional package for some other platform.
	await run('npm', ['install', '--no-save', '--ignore-scripts', '--include=dev'], { cwd: path, log, what });
	await rebuild?.after;
	if (rebuild?.from && versionIn(rebuild.from, rebuild.name) === versionIn(folder, rebuild.name)) {
		const [from, to] = [rebuild.from, folder].map((where) => join(packageIn(where, rebuild.name), 'build'));
		cpSync(from, to, { recursive: true });
	} else if (rebuild) {
		console.log(`Preparing ${rebuild.name} for this machine (${rebuild.why}) ...`);
		await run('npm', ['rebuild', rebuild.name, '--ignore-scripts=false'], {
			cwd: path,
			log,
			what: rebuild.name,
			path: rebuild.node(),
		});
	}
	writeFileSync(stamp, lock);
}

/** @type {(folder: string, name: string) => string} */
const packageIn = (folder, name) => join(ROOT, folder, 'node_modules', name);

/** @type {(folder: string, name: string) => string} */
const versionIn = (folder, name) =>
	JSON.parse(readFileSync(join(packageIn(folder, name), 'package.json'), 'utf8')).version;

const OFFLINE = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT/;
const EVERY_HALF_MINUTE = 30_000;

/** Runs a command with its output in a log, and a sign of life every half minute. */
async function run(command, args, { cwd, log, what, path }) {
	mkdirSync(join(CACHE, 'logs'), { recursive: true });
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const alive = setInterval(() => console.log(`  ... ${what}: ${seconds()} s`), EVERY_HALF_MINUTE);
	// The file itself, not a stream to it: what npm wrote last is there once it has ended.
	const output = openSync(log, 'a');
	const code = await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			shell: process.platform === 'win32',
			stdio: ['ignore', output, output],
			env: { ...process.env, ...(path && { PATH: `${path}${delimiter}${process.env.PATH}` }) },
		});
		child.once('error', reject);
		child.once('close', resolve);
	}).finally(() => {
		clearInterval(alive);
		closeSync(output);
	});
	if (code === 0) {
		console.log(`  ${what}: done after ${seconds()} s`);
		return;
	}
	const why = OFFLINE.test(readFileSync(log, 'utf8'))
		? 'the npm registry could not be reached: check the network, then run the same command again'
		: `npm ended with code ${code}`;
	throw new Stop(`Could not install ${what}: ${why}. The full output is in ${log}`);
}
