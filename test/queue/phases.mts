import type { Server } from '../../sandbox/n8n.mts';
import type { RestApi } from '../e2e/restApi.mts';
import type { Gateway } from '../stand-in/gateway.mts';
import type { Cluster, Worker } from './cluster.mts';
import { type Ended, ended, post } from './executions.mts';
import { LISTS, type Webhook } from './workflow.mts';

/** What there is to test with. */
export interface Stage {
	cluster: Cluster;
	main: Server;
	api: RestApi;
	gateway: Gateway;
}

/** What came of the lists of a phase. */
export interface Phase {
	what: string;
	lists: number;
	contacts: number;
	/** The executions by the status that n8n shows. */
	statuses: Record<string, number>;
	/** Contacts on one of the branches of an execution that succeeded. */
	delivered: number;
	/** Contacts of executions that n8n shows as failed, crashed or cancelled. */
	shownAsFailed: number;
	/** Of those, contacts that were delivered once their lists had been posted again. */
	deliveredAgain: number;
	/** Contacts that are nowhere. */
	lost: number;
	/** Contacts that came out twice of one execution. */
	doubled: number;
	/** How many of the executions each worker began. */
	workers: Record<string, number>;
	/** What n8n says of those that did not succeed, and what else is worth knowing. */
	seen: string[];
	/** What is not as it should be, in words. */
	problems: string[];
}

/** Longer than anything takes that comes to an end. */
export const PATIENCE_MS = 300_000;

/** Lists that are on their way through n8n. */
export class Lists {
	private static next = 0;

	private constructor(
		private readonly stage: Stage,
		private readonly behind: number,
		private readonly numbers: number[],
		private readonly webhook: Webhook,
	) {}

	/**
	 * Posts lists with contacts that no list before had.
	 *
	 * @param latencyMs how long the gateway takes for each lookup
	 * @param webhook where they are posted to
	 */
	static async post(stage: Stage, count: number, latencyMs = 0, webhook = LISTS): Promise<Lists> {
		stage.gateway.reset();
		stage.gateway.latencyMs = latencyMs;
		const numbers = Array.from({ length: count }, () => Lists.next++);
		return await Lists.postThese(stage, numbers, webhook);
	}

	private static async postThese(stage: Stage, numbers: number[], webhook: Webhook): Promise<Lists> {
		const behind = await stage.api.newestExecution();
		await post(
			stage.main.url,
			webhook,
			numbers.map((list) => ({ list, leads: webhook.leadsOf(list) })),
		);
		return new Lists(stage, behind, numbers, webhook);
	}

	/** Waits until all have ended, posts those again that did not succeed, and adds up. */
	async outcome(what: string, workers: Worker[]): Promise<Phase> {
		const first = await this.ended();
		const failed = first.filter(({ status }) => status !== 'success');
		this.stage.gateway.latencyMs = 0;
		const again = await Lists.postThese(
			this.stage,
			failed.map(({ list }) => list),
			this.webhook,
		);
		const second = await again.ended();
		const { listLength } = this.webhook;
		const contacts = this.numbers.length * listLength;
		const isWhole = ({ status, delivered }: Ended) =>
			status === 'success' && delivered.length === listLength && new Set(delivered).size === listLength;
		const count = (executions: Ended[]) => executions.filter(isWhole).length * listLength;
		const ids = new Set([...first, ...second].map(({ id }) => id));
		const shownAsFailed = failed.length * listLength;
		return {
			what,
			lists: this.numbers.length,
			contacts,
			statuses: countBy(first.map(({ status }) => status)),
			delivered: count(first),
			shownAsFailed,
			deliveredAgain: count(second),
			lost: contacts - count(first) - shownAsFailed,
			doubled: [...first, ...second].reduce(
				(sum, { delivered }) => sum + delivered.length - new Set(delivered).size,
				0,
			),
			workers: Object.fromEntries(workers.map(({ name, begun }) => [name, begun().filter((id) => ids.has(id)).length])),
			seen: [...new Set(first.flatMap(({ error }) => error ?? []))],
			problems: count(second) < shownAsFailed ? ['what failed does not succeed when it is sent again'] : [],
		};
	}

	/**
	 * Waits until all have ended.
	 *
	 * @throws where n8n has not numbered the executions in the order of the lists
	 */
	async ended(): Promise<Array<Ended & { list: number }>> {
		const executions = await ended(this.stage.api, this.behind, this.numbers.length, PATIENCE_MS);
		return executions.map((execution, index) => {
			const list = this.numbers[index];
			if (list === undefined || (execution.list !== undefined && execution.list !== list)) {
				throw new Error(`Execution ${execution.id} is of list ${execution.list}, and not of ${list}`);
			}
			return { ...execution, list };
		});
	}
}

function countBy(words: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}
