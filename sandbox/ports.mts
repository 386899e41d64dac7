import { createServer } from 'node:net';

import { Stop } from '../scripts/install.mjs';

/** Where n8n's editor is, unless N8N_PORT says otherwise. */
const EDITOR_PORT = 5678;

/**
 * The port for n8n's editor.
 *
 * @param command what was run, for the words of the failure
 * @param mustBeFree whether something may listen there already
 * @throws {Stop} where it must be free, and is not
 */
export async function editorPort(command: string, mustBeFree = true): Promise<number> {
	const port = Number(process.env.N8N_PORT ?? EDITOR_PORT);
	if (mustBeFree && (await isBusy(port))) {
		throw new Stop(`Port ${port} is busy. Stop what listens there, or choose another: N8N_PORT=5680 ${command}`);
	}
	return port;
}

/** A port that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject).listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

async function isBusy(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(true)).listen(port, '127.0.0.1', () => probe.close(() => resolve(false)));
	});
}
