import Table from 'cli-table3';

import type { Row } from './describe.mts';

/** What the file says of where it comes from. */
export interface Origin {
	/** The package's. */
	version: string;
	/** Milliseconds since 1970; of it the day is kept. */
	now: number;
}

/** The rows for a terminal. */
export function asTable(rows: Row[]): string {
	const head = ['request', 'status', 'content type', 'body', 'what the node makes of it'];
	const table = new Table({
		head,
		colWidths: [24, 8, 18, 54, 34],
		wordWrap: true,
		wrapOnWordBoundary: true,
		style: { head: [], border: [] },
	});
	for (const { request, status, contentType, body, fields, outcome } of rows) {
		const lines = Object.entries(fields).map(([path, shape]) => `${path}: ${shape}`);
		table.push([request, status ?? '-', contentType, [body, ...lines].join('\n'), outcome]);
	}
	return table.toString();
}

/** The rows as the file holds them: JSON, to be sent along with a report, or to become a fixture. */
export function asJson(rows: Row[], { version, now }: Origin): string {
	const origin = { package: version, day: new Date(now).toISOString().slice(0, 10) };
	return `${JSON.stringify({ ...origin, answers: rows }, null, '\t')}\n`;
}
