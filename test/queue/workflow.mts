import { wawpParameters } from '../engine/parameters.mts';
import { type ImportedWorkflow, node, to, WITH_CREDENTIAL } from '../e2e/workflows.mts';
import { CONTACTS } from '../stand-in/contacts.mts';

/** A lead of a list that is posted to the webhook. */
export interface Lead {
	index: number;
	phone: string;
}

/** Under /webhook, where lists are posted to. */
export const PATH = 'enrich-leads';

/** The node's option, at what it is without it. */
export const MAX_CONCURRENT_REQUESTS = 5;

/** The node under test. */
export const NODE = 'Get profile picture';

/** Takes a list of leads, answers at once, and looks them up. */
export const WORKFLOW: ImportedWorkflow = {
	id: 'queueEnrichLeads',
	name: 'Enrich leads from a webhook',
	active: false,
	settings: { executionOrder: 'v1' },
	nodes: [
		node(0, 'Webhook', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: PATH }, { webhookId: PATH }),
		node(1, 'One item per lead', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.leads', options: {} }),
		node(2, NODE, 'n8n-nodes-wawp.wawp', 1, wawpParameters({ options: { concurrency: MAX_CONCURRENT_REQUESTS } }), {
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

const FIRST_NUMBER = 4_915_200_000_000;

/** What fails, or has no picture, in each list. */
const ODD = ['ask the front desk', CONTACTS.badRequest.id, CONTACTS.hidden401.id];

/**
 * A list of contacts that no other list has, but for a few that have no picture or fail.
 *
 * @param list counts them from 0
 */
export function leadsOf(list: number, contacts: number): Lead[] {
	const people = Array.from({ length: contacts - ODD.length }, (_, index) =>
		String(FIRST_NUMBER + list * contacts + index),
	);
	return [...people, ...ODD].map((phone, index) => ({ index, phone }));
}

/** Whether it is the ID of a contact that only one list has. */
export function isPerson(contactId: string): boolean {
	return Number.parseInt(contactId) >= FIRST_NUMBER;
}
