import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { CACHE, install, ROOT } from '../../scripts/install.mjs';
import { program } from '../../scripts/program.mjs';
import { makeCertificates } from '../stand-in/certificates.mts';

/** The projects of jest.config.mjs that run on an older version of n8n, and how long installing its engine takes. */
const ENGINES = {
	'n8n 1': { folder: 'test/engine/n8n-1', takes: 'once, about a minute' },
	'n8n 1.68': { folder: 'test/engine/n8n-1.68', takes: 'once, half a minute' },
};

/**
 * Installs the engines that tests run on, unless that has been done.
 *
 * @param args jest's own arguments: with `--selectProjects`, only these projects' engines are needed
 */
async function installEngines(args: string[]): Promise<void> {
	const isSelective = args.some((arg) => arg.startsWith('--selectProjects'));
	for (const [project, { folder, takes }] of Object.entries(ENGINES)) {
		const isNeeded = !isSelective || args.some((arg) => arg.endsWith(project));
		if (isNeeded) await install(folder, { what: `the engine of ${project}`, takes });
	}
}

/**
 * Runs jest in a process that trusts the stand-in: Node reads NODE_EXTRA_CA_CERTS only when a process starts.
 *
 * @param args jest's own arguments
 * @returns jest's exit code
 */
export async function jest(args: string[]): Promise<number> {
	await installEngines(args);
	const ca = await makeCertificates(join(CACHE, 'ca'));
	// A proxy of this machine would take precedence over the stand-in's if its name is in lower case.
	const noProxy = { https_proxy: undefined, all_proxy: undefined, no_proxy: undefined, NO_PROXY: undefined };
	// n8n's engine would log each error that a test provokes.
	const env = { N8N_LOG_LEVEL: 'silent', ...process.env, ...noProxy, NODE_EXTRA_CA_CERTS: ca, STAND_IN_CA: ca };
	const program = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [program, ...args], { cwd: ROOT, stdio: 'inherit', env });
	const [code] = (await once(child, 'close')) as [number | null];
	return code ?? 1;
}

await program(async () => await jest(process.argv.slice(2)), import.meta.url);
