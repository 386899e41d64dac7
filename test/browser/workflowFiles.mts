import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { EXAMPLES } from '../../sandbox/examples.mts';
import type { WorkflowFile } from './canvas.mts';

interface Workflow {
	nodes: Array<{ name: string; type: string }>;
	connections: Record<string, unknown>;
	[more: string]: unknown;
}

/** One of the example workflows, as its file has it. */
export function example(name: string): WorkflowFile {
	const path = join(EXAMPLES, `${name}.json`);
	return { path, content: readFileSync(path, 'utf8') };
}

/** The first example as somebody has it who has their leads, and not yet this node: up to One item per lead. */
export function leadsOnly(): WorkflowFile {
	const { path, content } = example('enrich-leads');
	const workflow = JSON.parse(content) as Workflow;
	const kept = ['When clicking ‘Execute workflow’', 'Leads from the CRM', 'One item per lead'];
	const nodes = workflow.nodes.filter(({ name }) => kept.includes(name));
	const connections = Object.fromEntries(kept.slice(0, -1).map((name) => [name, workflow.connections[name]]));
	return { path, content: JSON.stringify({ ...workflow, name: 'My leads', nodes, connections }) };
}
