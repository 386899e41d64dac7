import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE } from '../scripts/install.mjs';
import { n8nCommand, type Setup } from './n8n.mts';

/** A credential as n8n imports it, not encrypted. */
export interface Credential {
	id: string;
	name: string;
	type: string;
	data: object;
}

/** Imports credentials, which pass through a file that is there no longer than it takes. */
export async function importCredentials(setup: Setup, credentials: Credential[]): Promise<void> {
	mkdirSync(CACHE, { recursive: true });
	const file = join(CACHE, `credentials-${process.pid}.json`);
	writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
	try {
		await n8nCommand(setup, ['import:credentials', `--input=${file}`]);
	} finally {
		rmSync(file);
	}
}
