import Table from 'cli-table3';

import type { Branches } from './execution.mts';

/** Prints both branches of an execution as tables, a lead a row. */
export function printBranches({ pictures, failures }: Branches): void {
	print(
		`Success branch: ${pictures.length} items`,
		{ lead: 8, id: 22, url: 62 },
		pictures.map(({ lead, json }) => [lead.name, json.id, json.url ?? 'null (no picture to see)']),
	);
	print(
		`Error branch: ${failures.length} items`,
		{ lead: 8, reason: 26, 'what happened, and what to do': 58 },
		failures.map(({ json }) => {
			const { reason, message, description } = json.error as Record<string, unknown>;
			return [json.name, reason, `${message}. ${description}.`];
		}),
	);
}

function print(title: string, columns: Record<string, number>, rows: unknown[][]): void {
	const table = new Table({
		head: Object.keys(columns),
		colWidths: Object.values(columns),
		wordWrap: true,
		wrapOnWordBoundary: true,
		style: { head: [], border: [] },
	});
	table.push(...rows.map((row) => row.map(String)));
	console.log(`\n${title}\n${table.toString()}`);
}
