import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, ROOT } from '../scripts/install.mjs';
import type { Branches } from './execution.mts';
import type { Connection } from './gateway.mts';
import { n8nCommand, type Setup } from './n8n.mts';

const WORKFLOW = join(ROOT, 'sandbox', 'workflow.json');

/** The ID of the example workflow, in workflow.json as well. */
export const WORKFLOW_ID = 'wawpSandboxLeads';

/** On which branch each lead of workflow.json has to come out, when the stand-in answers. */
const EXPECTED: Record<string, string> = {
	Ada: 'picture',
	Ben: 'picture',
	Cleo: 'picture',
	Dara: 'no picture',
	Eli: 'invalid-contact-id',
	Fay: 'rate-limited',
	Gus: 'temporarily-unavailable',
	Hana: 'picture',
};

/**
 * Imports the example workflow and its credential, unless that has been done: what someone has changed in the editor
 * stays.
 */
export async function importExample(setup: Setup, data: Connection['credential']): Promise<void> {
	const credential = JSON.stringify([{ id: 'wawpSandboxCred', name: 'Wawp (sandbox)', type: 'wawpApi', data }]);
	const imported = createHash('sha256').update(credential).update(readFileSync(WORKFLOW)).digest('hex');
	const stamp = join(setup.userFolder, 'imported');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === imported) return;

	console.log('Importing a credential and a workflow ...');
	const file = join(CACHE, 'sandbox-credential.json');
	mkdirSync(CACHE, { recursive: true });
	writeFileSync(file, credential, { mode: 0o600 });
	try {
		await n8nCommand(setup, ['import:credentials', `--input=${file}`]);
	} finally {
		rmSync(file);
	}
	await n8nCommand(setup, ['import:workflow', `--input=${WORKFLOW}`]);
	writeFileSync(stamp, imported);
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
