import { join } from 'node:path';

import { makeCertificates } from '../stand-in/certificates.mts';
import { CACHE, install } from '../../scripts/install.mjs';
import { tool } from '../../scripts/tool.mts';

/** Installs the engines of the older versions of n8n that the tests run on, unless that has been done. */
export async function installEngines(): Promise<void> {
	await install('test/engine/n8n-1', { what: 'the engine of n8n 1', takes: 'once, about a minute' });
	await install('test/engine/n8n-1.68', { what: 'the engine of n8n 1.68', takes: 'once, half a minute' });
}

/**
 * Runs jest in a process that trusts the stand-in: Node reads NODE_EXTRA_CA_CERTS only when a process starts.
 *
 * @param args jest's own arguments
 * @returns jest's exit code
 */
export async function jest(args: string[]): Promise<number> {
	await installEngines();
	const ca = await makeCertificates(join(CACHE, 'ca'));
	// n8n's engine would log each error that a test provokes.
	// A proxy of this machine would come before the stand-in's, where its name is in lower case.
	const noProxy = { https_proxy: undefined, all_proxy: undefined, no_proxy: undefined, NO_PROXY: undefined };
	const env = { N8N_LOG_LEVEL: 'silent', ...process.env, ...noProxy, NODE_EXTRA_CA_CERTS: ca, STAND_IN_CA: ca };
	return tool('jest', args, { stdio: 'inherit', env }).status ?? 1;
}
