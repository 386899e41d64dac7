import Table from 'cli-table3';

import type { Branches } from './execution.mts';

const LONGEST_CELL = 58;

/** Prints both branches of an execution as tables, a lead a row. */
export function printBranches({ pictures, failures }: Branches): void {
	print(`Success branch: ${pictures.length} items`, ['lead', 'id', 'url'], pictures.map(({ lead, json }) => [
		lead.name,
		json.id,
		json.url ?? '(no picture to see)',
	]));
	print(`Error branch: ${failures.length} items`, ['lead', 'company', 'reason', 'message', 'again?'], failures.map(
		({ json }) => {
			const error = json.error as Record<string, unknown>;
			return [json.name, json.company, error.reason, error.message, error.retryable ? 'later' : 'no'];
		},
	));
}

function print(title: string, head: string[], rows: unknown[][]): void {
	const table = new Table({ head, style: { head: ['bold'], border: [] } });
	table.push(...rows.map((row) => row.map((cell) => shorten(String(cell)))));
	console.log(`\n${title}\n${table.toString()}`);
}

function shorten(text: string): string {
	return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}
