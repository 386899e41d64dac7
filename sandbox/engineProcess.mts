import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { nodeBinary } from './install.mts';

/** Where the runs take place. */
export interface EngineProcessOptions {
	/** The stand-in's proxy. */
	proxyUrl: string;
	/** The stand-in's authority. */
	caFile: string;
	/** The folder to run in, which is then its home, too, and where it has what is temporary. */
	cwd?: string;
	/** Whether its output is kept from the console, for the caller to read. */
	silent?: boolean;
}

const NODE_MODULES = fileURLToPath(new URL('n8n-2/node_modules', import.meta.url));
const SANDBOX_MODULES = new URL('n8nModules.mjs', import.meta.url).href;
const TSX = import.meta.resolve('tsx');

/**
 * Starts a script in a fresh process, on the Node.js that n8n 2 runs on, with n8n's engine from the sandbox and its way to
 * the stand-in. The collector of garbage can be called there.
 */
export function forkWithEngine(script: URL, args: string[], where: EngineProcessOptions): ChildProcess {
	const { proxyUrl, caFile, cwd, silent = false } = where;
	return fork(fileURLToPath(script), args, {
		...(cwd !== undefined && { cwd }),
		silent,
		execPath: nodeBinary(),
		execArgv: ['--expose-gc', '--import', SANDBOX_MODULES, '--import', TSX],
		env: {
			...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$|^N8N_/i.test(name))),
			NODE_ENV: 'production',
			// How n8n, too, lets an installed node find its n8n-workflow.
			NODE_PATH: NODE_MODULES,
			N8N_LOG_LEVEL: 'silent',
			...(cwd !== undefined && { HOME: cwd, TMPDIR: cwd, N8N_USER_FOLDER: cwd }),
			HTTPS_PROXY: proxyUrl,
			NODE_EXTRA_CA_CERTS: caFile,
		},
	});
}
