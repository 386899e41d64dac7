import { setTimeout as sleep } from 'node:timers/promises';

import type { Editor, StoredExecution } from '../e2e/editor.mts';
import { type Lead, NODE, PATH } from './workflow.mts';

/** How n8n shows an execution that goes on no more. */
const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** An execution that has ended, and what came out of it. */
export interface Ended {
	id: string;
	status: string;
	/** Which list it was given, where n8n has kept that. */
	list: number | undefined;
	/** The leads' indexes, of both branches. */
	delivered: number[];
	/** What n8n says that went wrong with the execution as a whole. */
	error: string | undefined;
}

/** Waits until the webhook is there, some time after its workflow was activated. */
export async function listening(url: string): Promise<void> {
	// n8n says to whoever comes with the wrong method that there is another.
	const isThere = async () => /POST request\?/.test(await (await fetch(`${url}/webhook/${PATH}`)).text());
	for (let tries = 0; !(await isThere()); tries += 1) {
		if (tries > 100) throw new Error('The webhook does not come');
		await sleep(200);
	}
}

/** Posts lists to the webhook, which answers at once; one after the other, so that n8n numbers them in their order. */
export async function post(url: string, lists: Array<{ list: number; leads: Lead[] }>): Promise<void> {
	for (const list of lists) {
		const response = await fetch(`${url}/webhook/${PATH}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(list),
		});
		if (!response.ok) throw new Error(`The webhook answers ${response.status}: ${await response.text()}`);
	}
}

/** The ID of the newest execution. */
export async function newest(editor: Editor): Promise<string> {
	return (await editor.executionsBehind('0')).at(-1)?.id ?? '0';
}

/**
 * Waits until so many executions behind one of them have ended, and reads them, the earliest first.
 *
 * @throws where they have not after so many milliseconds
 */
export async function ended(editor: Editor, behind: string, count: number, patienceMs: number): Promise<Ended[]> {
	for (const end = performance.now() + patienceMs; ; await sleep(500)) {
		const executions = await editor.executionsBehind(behind);
		if (executions.length >= count && executions.every(({ status }) => ENDED.has(status))) {
			const read: Ended[] = [];
			for (const { id, status } of executions) read.push({ id, status, ...readExecution(await editor.execution(id)) });
			return read;
		}
		if (performance.now() > end) throw new Error(`Of ${count} executions: ${JSON.stringify(executions)}`);
	}
}

function readExecution({ resultData }: StoredExecution): Pick<Ended, 'list' | 'delivered' | 'error'> {
	const outputsOf = (node: string) => resultData.runData[node]?.[0]?.data?.main ?? [];
	const body = outputsOf('Webhook')[0]?.[0]?.json.body as { list: number } | undefined;
	const delivered = outputsOf(NODE).flatMap((branch) => (branch ?? []).map(({ pairedItem }) => pairedItem?.item ?? -1));
	return { list: body?.list, delivered, error: resultData.error?.message };
}
