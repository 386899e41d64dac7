import { join } from 'node:path';

import { ENRICH_LEADS } from './examples.mts';
import { n8nServer, type Setup } from './n8n.mts';
import { OWNER, setUpOwner } from './owner.mts';

/**
 * Starts n8n's server, tells how to get into its editor, and waits.
 *
 * @returns once n8n has ended, after Ctrl+C or by itself
 */
export async function showEditor(setup: Setup): Promise<void> {
	console.log('\nStarting the editor ...');
	// Before it is up, n8n ends with this process. Afterwards this process waits for n8n to end.
	let end: () => void = () => process.exit(130);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end());
	const server = await n8nServer(setup);
	await setUpOwner(server.url).catch(async (error: unknown) => {
		await server.stop();
		throw error;
	});
	console.log(`\nThe editor:  ${server.url}/workflow/${ENRICH_LEADS}`);
	console.log(`Sign in:     ${OWNER.email}   password: ${OWNER.password}`);
	console.log(
		`Files:       ${join(setup.userFolder, '.n8n-files')}, where the example that keeps pictures writes them`,
	);
	console.log('Stop:        Ctrl+C');
	const interrupted = new Promise<void>((resolve) => {
		end = resolve;
	});
	await Promise.race([interrupted, server.ended]);
	await server.stop();
}
