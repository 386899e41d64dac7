import { wawpParameters } from '../engine/parameters.mts';
import { type ImportedWorkflow, node, to, WITH_CREDENTIAL } from '../e2e/workflows.mts';
import { CONTACTS } from '../stand-in/contacts.mts';

/** A lead of a list that is posted to the webhook. */
export interface Lead {
	index: number;
	phone: string;
}

/** The node under test. */
export const NODE = 'Get profile picture';

const FIRST_NUMBER = 4_915_200_000_000;

const numberOf = (list: number, index: number) => String(FIRST_NUMBER + list * 1000 + index);

/** What fails, or has no picture, in each list of more than one lead. */
const ODD = ['ask the front desk', CONTACTS.badRequest.id, CONTACTS.hidden401.id];

/** A workflow that a webhook starts with a list of leads, and the lists that are posted to it. */
export interface Webhook {
	/** Under /webhook. */
	path: string;
	/** How many contacts each list has. */
	listLength: number;
	/** The node's options. */
	options: { concurrency: number; requestsPerMinute: number };
	/** Makes a list that shares no person with another one. */
	leadsOf(list: number): Lead[];
}

/** Takes lists, without a pace. */
export const LISTS: Webhook = {
	path: 'enrich-leads',
	listLength: 50,
	options: { concurrency: 5, requestsPerMinute: 0 },
	leadsOf: (list) => {
		const people = Array.from({ length: LISTS.listLength - ODD.length }, (_, index) => numberOf(list, index));
		return [...people, ...ODD].map((phone, index) => ({ index, phone }));
	},
};

/** Takes one lead at a time, with fewer requests at once than a worker runs executions, and with a pace. */
export const SINGLE_LEADS: Webhook = {
	path: 'enrich-lead',
	listLength: 1,
	options: { concurrency: 2, requestsPerMinute: 60 },
	leadsOf: (list) => [{ index: 0, phone: numberOf(list, 0) }],
};

/** The workflow behind a webhook. It answers at once, and looks the leads up. */
export function workflowBehind({ path, options }: Webhook): ImportedWorkflow {
	return {
		id: path,
		name: path,
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [
			node(0, 'Webhook', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path }, { webhookId: path }),
			node(1, 'One item per lead', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.leads', options: {} }),
			node(2, NODE, 'n8n-nodes-wawp.wawp', 1, wawpParameters({ options }), {
				onError: 'continueErrorOutput',
				...WITH_CREDENTIAL,
			}),
			node(3, 'Pictures', 'n8n-nodes-base.noOp', 1, {}),
			node(4, 'Failures', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			Webhook: { main: [to('One item per lead')] },
			'One item per lead': { main: [to(NODE)] },
			[NODE]: { main: [to('Pictures'), to('Failures')] },
		},
	};
}

/** Whether it is the ID of a contact that only one list has. */
export function isPerson(contactId: string): boolean {
	return Number.parseInt(contactId) >= FIRST_NUMBER;
}
