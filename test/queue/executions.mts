import type { RestApi, Listed, StoredExecution } from '../e2e/restApi.mts';
import { until } from '../until.mts';
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
	await until('the webhook is there', isThere, 20_000);
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

/**
 * Waits until so many executions behind one of them have ended, and reads them, the earliest first.
 *
 * @throws where they have not after so many milliseconds
 */
export async function ended(api: RestApi, behind: string, count: number, patienceMs: number): Promise<Ended[]> {
	let executions: Listed[] = [];
	const haveEnded = async () => {
		executions = await api.executionsBehind(behind);
		return executions.length >= count && executions.every(({ status }) => ENDED.has(status));
	};
	await until(async () => `${count} executions end: ${JSON.stringify(executions)}`, haveEnded, patienceMs);
	const read: Ended[] = [];
	for (const { id, status } of executions) read.push({ id, status, ...readExecution(await api.execution(id)) });
	return read;
}

function readExecution({ resultData }: StoredExecution): Pick<Ended, 'list' | 'delivered' | 'error'> {
	const outputsOf = (node: string) => resultData.runData[node]?.[0]?.data?.main ?? [];
	const body = outputsOf('Webhook')[0]?.[0]?.json.body as { list: number } | undefined;
	const delivered = outputsOf(NODE).flatMap((branch) => (branch ?? []).map(({ pairedItem }) => pairedItem?.item ?? -1));
	return { list: body?.list, delivered, error: resultData.error?.message };
}
