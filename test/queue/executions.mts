import type { RestApi, StoredExecution } from '../e2e/restApi.mts';
import { until } from '../until.mts';
import { type Lead, NODE, type Webhook } from './workflow.mts';

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

/** Waits until a webhook is there, some time after its workflow was activated. */
export async function listening(url: string, { path }: Webhook): Promise<void> {
	// n8n says to whoever comes with the wrong method that there is another.
	const isThere = async () => /POST request\?/.test(await (await fetch(`${url}/webhook/${path}`)).text());
	await until('the webhook is there', isThere, 20_000);
}

/** Posts lists to a webhook, which answers at once; one after the other, so that n8n numbers them in their order. */
export async function post(
	url: string,
	{ path }: Webhook,
	lists: Array<{ list: number; leads: Lead[] }>,
): Promise<void> {
	for (const list of lists) {
		const response = await fetch(`${url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(list),
		});
		if (!response.ok) throw new Error(`The webhook answers ${response.status}: ${await response.text()}`);
	}
}

/**
 * Waits until the next executions after one of them have ended, and reads them, the earliest first. n8n numbers executions as
 * they come, and here nothing else starts any.
 *
 * @param behind the number of that one
 * @throws where one has not after so many milliseconds
 */
export async function ended(api: RestApi, behind: number, count: number, patienceMs: number): Promise<Ended[]> {
	const read: Ended[] = [];
	for (let number = behind + 1; number <= behind + count; number += 1) {
		const id = String(number);
		const endStatus = async () => {
			const status = await api.statusOf(id);
			return ENDED.has(status) && status;
		};
		const status = await until(
			async () => `execution ${id} ends, which is ${await api.statusOf(id)}`,
			endStatus,
			patienceMs,
		);
		read.push({ id, status, ...readExecution(await api.execution(id)) });
	}
	return read;
}

function readExecution({ resultData }: StoredExecution): Pick<Ended, 'list' | 'delivered' | 'error'> {
	const outputsOf = (node: string) => resultData.runData[node]?.[0]?.data?.main ?? [];
	const body = outputsOf('Webhook')[0]?.[0]?.json.body as { list: number } | undefined;
	const delivered = outputsOf(NODE).flatMap((branch) => (branch ?? []).map(({ pairedItem }) => pairedItem?.item ?? -1));
	return { list: body?.list, delivered, error: resultData.error?.message };
}
