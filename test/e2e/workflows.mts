import { unpacedParameters } from '../engine/parameters.mts';
import { CONTACTS } from '../stand-in/contacts.mts';
import { GOOD_CREDENTIAL } from '../stand-in/credentials.mts';

/** The credential that the workflows use; the stand-in lets it in. */
export const CREDENTIAL = { id: 'e2eWawpCredential', name: 'Wawp', type: 'wawpApi', data: GOOD_CREDENTIAL };

/** The name of the node that each workflow starts with. */
export const START = 'Start';

const LEADS = [
	{ name: 'Ada', phone: '+44 20 7946 0958' },
	{ name: 'Ben', phone: 'call me' },
	{ name: 'Cleo', phone: 15551234567 },
	{ name: 'Dan', phone: CONTACTS.hidden401.id },
	{ name: 'Eve', phone: CONTACTS.forbidden403.id },
	{ name: 'Fay', phone: CONTACTS.serverError.id },
	{ name: 'Gus', phone: CONTACTS.badRequestEcho.id },
	{ name: 'Hal', phone: CONTACTS.reset.id },
];

/** What the node can be set to when it fails. */
export const ON_ERROR = ['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const;

export type OnError = (typeof ON_ERROR)[number];

/** A workflow as n8n imports it. */
export interface ImportedWorkflow {
	id: string;
	[more: string]: unknown;
}

/** A node of a workflow. */
export const node = (id: number, name: string, type: string, typeVersion: number, parameters: object, more = {}) => ({
	id: `e2e00000-0000-4000-8000-00000000000${id}`,
	name,
	type,
	typeVersion,
	position: [id * 220, 0],
	parameters,
	...more,
});

/** A connection to a node's input. */
export const to = (name: string) => [{ node: name, type: 'main', index: 0 }];

/** For a node that uses the credential. */
export const WITH_CREDENTIAL = { credentials: { wawpApi: { id: CREDENTIAL.id, name: CREDENTIAL.name } } };

/** n8n's own HTTP Request node, with the credential. */
const httpRequest = (id: string, url: string): ImportedWorkflow => ({
	id,
	name: id,
	active: false,
	settings: { executionOrder: 'v1' },
	nodes: [
		node(0, START, 'n8n-nodes-base.manualTrigger', 1, {}),
		node(
			1,
			'HTTP Request',
			'n8n-nodes-base.httpRequest',
			4.2,
			{ url, authentication: 'predefinedCredentialType', nodeCredentialType: 'wawpApi', options: {} },
			WITH_CREDENTIAL,
		),
	],
	connections: { [START]: { main: [to('HTTP Request')] } },
});

/** On another endpoint of the gateway. */
export const HTTP_REQUEST = httpRequest('httpRequest', 'https://api.wawp.net/v2/session/me');

/** On a host that is none of the gateway's. */
export const HTTP_ELSEWHERE = httpRequest('httpElsewhere', 'https://pps.whatsapp.net/somewhere');

/**
 * A workflow that hands leads to the node.
 *
 * @param id its name as well
 */
export function workflow(id: string, onError: OnError, leads: object[] = LEADS): ImportedWorkflow {
	return {
		id,
		name: id,
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [
			node(0, START, 'n8n-nodes-base.manualTrigger', 1, {}),
			node(1, 'Leads', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ leads }),
				options: {},
			}),
			node(2, 'One item per lead', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'leads', options: {} }),
			node(3, 'Get profile picture', 'n8n-nodes-wawp.wawp', 1, unpacedParameters(), { onError, ...WITH_CREDENTIAL }),
			node(4, 'Pictures', 'n8n-nodes-base.noOp', 1, {}),
			node(5, 'Failures', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: {
			[START]: { main: [to('Leads')] },
			Leads: { main: [to('One item per lead')] },
			'One item per lead': { main: [to('Get profile picture')] },
			'Get profile picture': { main: [to('Pictures'), ...(onError === 'continueErrorOutput' ? [to('Failures')] : [])] },
		},
	};
}
