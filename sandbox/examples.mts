import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../scripts/install.mjs';
import { importCredentials } from './credentials.mts';
import type { Connection } from './gateway.mts';
import { n8nCommand, type Setup } from './n8n.mts';

/** The folder with the example workflows. Their nodes name the credential by this ID. */
export const EXAMPLES = join(ROOT, 'examples');

/** The ID of the credential that the examples use, and the name that n8n gives a first one. */
export const WAWP_ACCOUNT = { id: 'wawpAccount', name: 'Wawp account', type: 'wawpApi' };

/** The ID of the first example, which `npm start` executes. */
export const ENRICH_LEADS = 'wawpEnrichLeads';

/**
 * Imports the examples and the credential that they use, unless that has been done: what someone has changed in the
 * editor stays.
 */
export async function importExamples(setup: Setup, data: Connection['credential']): Promise<void> {
	const credential = { ...WAWP_ACCOUNT, data };
	const hash = createHash('sha256').update(JSON.stringify(credential));
	for (const file of readdirSync(EXAMPLES)) hash.update(readFileSync(join(EXAMPLES, file)));
	const imported = hash.digest('hex');
	const stamp = join(setup.userFolder, 'imported');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === imported) return;

	console.log('Importing a credential and the example workflows ...');
	await importCredentials(setup, [credential]);
	await n8nCommand(setup, ['import:workflow', '--separate', `--input=${EXAMPLES}`]);
	writeFileSync(stamp, imported);
}
