import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, ROOT } from '../scripts/install.mjs';
import type { Branches } from './execution.mts';
import type { Connection } from './gateway.mts';
import { n8nCommand, type Setup } from './n8n.mts';

/** The folder with the example workflows. Their nodes name the credential by this ID. */
export const EXAMPLES = join(ROOT, 'examples');

/** The ID of the credential that the examples use, and the name that n8n gives a first one. */
export const WAWP_ACCOUNT = { id: 'wawpAccount', name: 'Wawp account', type: 'wawpApi' };

/** The ID of the first example, which `npm start` executes. */
export const ENRICH_LEADS = 'wawpEnrichLeads';

/** On which branch each lead of the first example has to come out, when the stand-in answers. */
const EXPECTED: Record<string, string> = {
	Ada: 'picture',
	Ben: 'picture',
	Cleo: 'picture',
	Dara: 'no picture',
	Eli: 'invalid-contact-id',
	Fay: 'rate-limited',
	Gus: 'temporarily-unavailable',
	Hana: 'picture',
	Ivy: 'picture',
};

/**
 * Imports the examples and the credential that they use, unless that has been done: what someone has changed in the
 * editor stays.
 */
export async function importExamples(setup: Setup, data: Connection['credential']): Promise<void> {
	const credential = JSON.stringify([{ ...WAWP_ACCOUNT, data }]);
	const hash = createHash('sha256').update(credential);
	for (const file of readdirSync(EXAMPLES)) hash.update(readFileSync(join(EXAMPLES, file)));
	const imported = hash.digest('hex');
	const stamp = join(setup.userFolder, 'imported');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === imported) return;

	console.log('Importing a credential and the example workflows ...');
	await importCredentials(setup, credential);
	await n8nCommand(setup, ['import:workflow', '--separate', `--input=${EXAMPLES}`]);
	writeFileSync(stamp, imported);
}

/**
 * Imports credentials, which pass through a file that is there no longer than it takes.
 *
 * @param credentials a list of them, JSON, not encrypted
 */
export async function importCredentials(setup: Setup, credentials: string): Promise<void> {
	mkdirSync(CACHE, { recursive: true });
	const file = join(CACHE, `credentials-${process.pid}.json`);
	writeFileSync(file, credentials, { mode: 0o600 });
	try {
		await n8nCommand(setup, ['import:credentials', `--input=${file}`]);
	} finally {
		rmSync(file);
	}
}

/** A line for each lead of the example that did not come out where it should, or came out twice, or not at all. */
export function misplaced({ pictures, failures }: Branches): string[] {
	const found = new Map<unknown, string[]>();
	const add = (name: unknown, what: string) => found.set(name, [...(found.get(name) ?? []), what]);
	for (const { lead, json } of pictures) add(lead.name, json.url === null ? 'no picture' : 'picture');
	for (const { json } of failures) add(json.name, String((json.error as { reason?: string }).reason));
	return Object.entries(EXPECTED)
		.filter(([name, expected]) => found.get(name)?.join() !== expected)
		.map(([name, expected]) => `${name} should be "${expected}", but is "${found.get(name)?.join() ?? 'lost'}"`);
}
