import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { EXAMPLES } from '../../sandbox/examples.mts';
import { ROOT } from '../../scripts/install.mjs';
import type { WorkflowFile } from './canvas.mts';

interface WorkflowNode {
	name: string;
	type: string;
	parameters?: object;
}

interface Workflow {
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	[more: string]: unknown;
}

/** One of the example workflows, as its file has it. */
export function example(name: string): WorkflowFile {
	const path = join(EXAMPLES, `${name}.json`);
	return { path, content: readFileSync(path, 'utf8') };
}

/** How many of the sample leads come to each end of the example "Enrich leads". */
export const ENRICHED_LEADS = { Picture: 10, 'No visible picture': 1, 'Try again later': 2, 'Fix by hand': 2 };

/** A workflow that nobody has run yet, in which a node with the field Value stands behind Get profile picture. */
export function beforeTheFirstRun(): WorkflowFile {
	const { path, content } = example('enrich-leads');
	const { nodes } = JSON.parse(content) as Workflow;
	const kept = ['When clicking ‘Execute workflow’', 'Get profile picture'];
	const hash = { ...HASH, position: [928, 0] };
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const connections = { [kept[0] as string]: to('Get profile picture'), 'Get profile picture': to(HASH.name) };
	const workflow = {
		name: 'Not run yet',
		nodes: [...nodes.filter(({ name }) => kept.includes(name)), hash],
		connections,
	};
	return { path, content: JSON.stringify(workflow) };
}

const HASH = {
	id: 'hash',
	name: 'Hash',
	type: 'n8n-nodes-base.crypto',
	typeVersion: 1,
	parameters: { action: 'hash' },
};

/**
 * The first example as somebody has it who has their leads, and not yet this node: up to One item per lead. Their numbers
 * have their country codes.
 */
export function leadsOnly(): WorkflowFile {
	const { path, content } = example('enrich-leads');
	const workflow = JSON.parse(content) as Workflow;
	const kept = ['When clicking ‘Execute workflow’', 'Leads from the CRM', 'One item per lead'];
	const nodes = workflow.nodes.filter(({ name }) => kept.includes(name)).map(withCountryCodesOnly);
	const connections = Object.fromEntries(kept.slice(0, -1).map((name) => [name, workflow.connections[name]]));
	return { path, content: JSON.stringify({ ...workflow, name: 'My leads', nodes, connections }) };
}

/** The workflow that the README has for copying and pasting. */
export function snippetOfTheReadme(): string {
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
	const snippet = [...readme.matchAll(/^```json\n([^]*?)^```$/gm)]
		.map(([, json = '']) => json)
		.find((json) => json.includes('"nodes"'));
	if (snippet === undefined) throw new Error('The README has no workflow to paste');
	return snippet;
}

function withCountryCodesOnly(node: WorkflowNode): WorkflowNode {
	const { jsonOutput } = (node.parameters ?? {}) as { jsonOutput?: string };
	if (jsonOutput === undefined) return node;
	const { leads } = JSON.parse(jsonOutput) as { leads: object[] };
	const kept = leads.filter((lead) => !('country' in lead));
	return { ...node, parameters: { ...node.parameters, jsonOutput: JSON.stringify({ leads: kept }, null, 2) } };
}
