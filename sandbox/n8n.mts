import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Stop } from '../scripts/install.mjs';
import { n8nProgram, nodeBinary, type Line } from './install.mts';
import { freePort } from './ports.mts';
import { exitCode, type Service, serviceOf } from './service.mts';

/** n8n takes ten seconds to start, and with other work on the machine's cores some more. */
const UP_MS = 180_000;

/** Where an n8n keeps its data, and how it reaches the gateway. */
export interface Setup {
	line: Line;
	/** What N8N_USER_FOLDER names; the database is in it. */
	userFolder: string;
	/** Where n8n's output goes as well. */
	logFile: string;
	/** For the editor and the REST API; a free one where it is missing. */
	port?: number;
	/** Added to n8n's environment. */
	env?: Record<string, string>;
	/** Is given n8n's standard output, too. */
	onOutput?: (text: string) => void;
}

/** A server that is up. */
export interface Server extends Service {
	url: string;
}

/**
 * Runs one of n8n's commands to its end.
 *
 * @returns what it wrote to its standard output
 * @throws {Stop} with the end of its output where it fails
 */
export async function n8nCommand(setup: Setup, args: string[]): Promise<string> {
	const child = await startN8n(setup, args);
	let stdout = '';
	let all = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		stdout += chunk.toString();
		all += chunk.toString();
	});
	child.stderr?.on('data', (chunk: Buffer) => {
		all += chunk.toString();
	});
	const code = await exitCode(child);
	if (code !== 0) throw new Stop(`"n8n ${args.join(' ')}" ended with code ${code}:\n${all.slice(-2000)}`);
	return stdout;
}

/**
 * Starts n8n's server.
 *
 * @returns once the editor can be reached
 * @throws {Stop} where it ends before that, or takes more than three minutes
 */
export async function n8nServer(setup: Setup): Promise<Server> {
	const port = setup.port ?? (await freePort());
	const withPort = { ...setup, env: { ...setup.env, N8N_PORT: String(port) } };
	const child = await startN8n(withPort, ['start']);
	const service = await serviceOf(child, named('n8n', setup), 'Editor is now accessible', UP_MS);
	const ended = service.ended.then((code) => {
		removeEditorFiles(setup.userFolder);
		return code;
	});
	return {
		...service,
		url: `http://localhost:${port}`,
		ended,
		stop: async () => {
			await service.stop();
			await ended;
		},
	};
}

/**
 * Starts a worker of n8n's queue mode.
 *
 * @param concurrency how many executions it runs at a time
 * @returns once it takes jobs
 * @throws {Stop} where it ends before that, or takes more than three minutes
 */
export async function n8nWorker(setup: Setup, concurrency: number): Promise<Service> {
	const child = await startN8n(setup, ['worker', `--concurrency=${concurrency}`]);
	return await serviceOf(child, named("n8n's worker", setup), 'n8n worker is now ready', UP_MS);
}

const named = (what: string, { logFile }: Setup) => `${what}, whose output is in ${logFile},`;

/**
 * Removes the copy of its editor that n8n's server makes at each start: more than 600 scripts, which linters would read
 * for minutes.
 *
 * @param userFolder what N8N_USER_FOLDER named
 */
export function removeEditorFiles(userFolder: string): void {
	rmSync(join(userFolder, '.cache', 'n8n', 'public'), { recursive: true, force: true });
}

async function startN8n({ line, userFolder, logFile, env, onOutput }: Setup, args: string[]): Promise<ChildProcess> {
	// The one folder that n8n 2 lets a workflow write to is in the home folder, and n8n does not make it.
	mkdirSync(join(userFolder, '.n8n-files'), { recursive: true });
	mkdirSync(dirname(logFile), { recursive: true });
	const child = spawn(nodeBinary(), [n8nProgram(line), ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		cwd: userFolder,
		env: {
			...ofThisMachine(process.env, env),
			NODE_ENV: 'production',
			N8N_USER_FOLDER: userFolder,
			// What workflows write stays out of the developer's own home folder.
			HOME: userFolder,
			USERPROFILE: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			// The list of verified community nodes, which n8n would fetch.
			N8N_VERIFIED_PACKAGES_ENABLED: 'false',
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
			// isolated-vm has no binary for every Node.js that n8n 1 runs on.
			...(line === 'n8n-1' && { N8N_EXPRESSION_ENGINE: 'legacy' }),
			...env,
		},
	});
	const log = createWriteStream(logFile, { flags: 'a' });
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	if (onOutput) child.stdout.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
	// Else n8n would go on where this process is ended while it waits for it.
	const end = () => child.kill();
	process.once('exit', end);
	child.once('close', () => process.off('exit', end));
	return child;
}

/**
 * The environment without what someone has set for their own n8n, which could point at their database; and without
 * their proxy, whose name in lower case would come first, and npm's settings, where n8n is led to the stand-in.
 */
function ofThisMachine(env: NodeJS.ProcessEnv, added: Setup['env']): NodeJS.ProcessEnv {
	const left = added?.HTTPS_PROXY ? /^(?:N8N|DB|EXECUTIONS|QUEUE|npm)_|_proxy$/i : /^(?:N8N|DB|EXECUTIONS|QUEUE)_/;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !left.test(name)));
}
