import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { EXAMPLES } from '../../sandbox/examples.mts';
import { n8nCommand, type Setup } from '../../sandbox/n8n.mts';
import { LEADS_DOCUMENT } from '../stand-in/googleSheets.mts';
import type { ImportedWorkflow } from './workflows.mts';

/** Requests per Minute for the examples whose tests would take minutes with the 60 that they have. */
const FASTER: Record<string, number> = { 'new-lead.json': 0, 'keep-urls-alive.json': 900, 'google-sheets.json': 900 };

interface Example extends ImportedWorkflow {
	nodes: Array<{ type: string; parameters: { documentId?: object; options?: object } }>;
}

/**
 * Imports workflows, and the examples as they stand in their files, but for the pace, and for the document that a user has to
 * choose.
 */
export async function importWorkflows(setup: Setup, workflows: ImportedWorkflow[]): Promise<void> {
	const folder = join(setup.userFolder, 'workflows');
	mkdirSync(folder, { recursive: true });
	for (const workflow of [...workflows, ...readdirSync(EXAMPLES).map(example)]) {
		writeFileSync(join(folder, `${workflow.id}.json`), JSON.stringify(workflow));
	}
	await n8nCommand(setup, ['import:workflow', '--separate', `--input=${folder}`]);
	rmSync(folder, { recursive: true });
}

function example(file: string): Example {
	const read = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Example;
	for (const { type, parameters } of read.nodes) {
		if (parameters.documentId) parameters.documentId = LEADS_DOCUMENT;
		if (type === 'n8n-nodes-wawp.wawp' && file in FASTER) {
			parameters.options = { ...parameters.options, requestsPerMinute: FASTER[file] };
		}
	}
	return read;
}
