import { createRequire } from 'node:module';
import type {
	ICredentialsDecrypted,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import type { Subject } from '../test/engine/engine.mts';
import { wawpParameters } from '../test/engine/parameters.mts';
import { GOOD_CREDENTIAL } from '../test/stand-in/credentials.mts';

/** Who looks the contacts up. */
export const CONTESTANTS = {
	wawp: 'this node',
	http: 'HTTP Request node',
	batched: 'HTTP Request node, batches of 20',
	floor: 'bare loop (the floor)',
} as const;

export type ContestantName = keyof typeof CONTESTANTS;

export const CONTESTANT_NAMES = Object.keys(CONTESTANTS) as ContestantName[];

/** Who looks up where each lead has an execution of its own: batches and loops have nothing to do there. */
export const WEBHOOK_CONTESTANTS: ContestantName[] = ['wawp', 'http'];

/** How many requests this node and the bare loop keep open; the batches of the HTTP Request node are as large. */
export const CONCURRENCY = 20;

/** The pause after each batch. n8n's default is a second, which would make 20 contacts a second. */
const BATCH_INTERVAL_MS = 100;

const require = createRequire(import.meta.url);

/**
 * Loads a contestant into this process.
 *
 * @param packageFolder where the packed node was installed
 * @param options of this node, over those that the benchmark sets
 */
export function load(name: ContestantName, packageFolder: string, options: INodeParameters = {}): Subject {
	switch (name) {
		case 'wawp':
			return {
				name: 'n8n-nodes-wawp.wawp',
				type: newNode(`${packageFolder}/dist/nodes/Wawp/Wawp.node.js`, 'Wawp'),
				typeVersion: 1,
				parameters: wawpParameters({ options: { concurrency: CONCURRENCY, requestsPerMinute: 0, ...options } }),
			};
		case 'http':
			return httpRequest({});
		case 'batched':
			return httpRequest({ batching: { batch: { batchSize: CONCURRENCY, batchInterval: BATCH_INTERVAL_MS } } });
		case 'floor':
			return { name: 'bareLoop', type: bareLoop(), typeVersion: 1, parameters: {} };
	}
}

function newNode(path: string, className: string): INodeType {
	const loaded = require(path) as Record<string, new () => INodeType>;
	const Node = loaded[className];
	if (!Node) throw new Error(`${path} has no class ${className}`);
	return new Node();
}

const ENDPOINT = 'https://api.wawp.net/v2/contacts/profile-picture';

/** n8n's HTTP Request node as a user would configure it. */
function httpRequest(options: INodeParameters): Subject {
	const versioned = newNode('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js', 'HttpRequest');
	const { currentVersion, nodeVersions } = versioned as unknown as {
		currentVersion: number;
		nodeVersions: Record<number, INodeType>;
	};
	return {
		name: 'n8n-nodes-base.httpRequest',
		type: nodeVersions[currentVersion] as INodeType,
		typeVersion: currentVersion,
		parameters: {
			method: 'GET',
			url: ENDPOINT,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'wawpApi',
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'contactId', value: '={{ $json.phone }}@c.us' },
					{ name: 'refresh', value: 'false' },
				],
			},
			options,
		},
	};
}

/** The least that any node has to do: n8n's request helper in a loop, with the credential already decrypted. */
function bareLoop(): INodeType {
	const credential: ICredentialsDecrypted = { id: '', name: '', type: 'wawpApi', data: GOOD_CREDENTIAL };
	const execute = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		await this.getCredentials('wawpApi');
		const items = this.getInputData();
		const output: INodeExecutionData[] = [];
		let next = 0;
		const worker = async () => {
			while (next < items.length) {
				const item = next++;
				const pairedItem = { item };
				try {
					const { id, url } = (await this.helpers.httpRequestWithAuthentication.call(
						this,
						'wawpApi',
						{
							url: ENDPOINT,
							qs: { contactId: `${String(items[item]?.json.phone)}@c.us`, refresh: false },
							json: true,
						},
						{ credentialsDecrypted: credential },
					)) as { id: string; url: string };
					output[item] = { json: { id, url }, pairedItem };
				} catch (error) {
					output[item] = { json: { error: (error as Error).message }, pairedItem };
				}
			}
		};
		await Promise.all(Array.from({ length: CONCURRENCY }, worker));
		return [output];
	};
	const description: Partial<INodeType['description']> = {
		displayName: 'Bare loop',
		name: 'bareLoop',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Bare loop' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'wawpApi', required: true }],
		properties: [],
	};
	return { description: description as INodeType['description'], execute };
}
