import type { INodeParameters } from 'n8n-workflow';

import { Wawp } from '../../nodes/Wawp/Wawp.node';
import { type Given, type Ran, runNode } from './engine.mts';
import { wawpParameters } from './parameters.mts';

/** What to run the Wawp node on, and with which parameters beside resource and operation. */
export interface GivenWawp extends Given {
	parameters?: INodeParameters;
	/** Under the name that n8n gives a node which an AI agent uses. */
	asTool?: true;
}

/** Runs the Wawp node in n8n's engine. */
export async function runInEngine({ parameters, asTool, ...given }: GivenWawp): Promise<Ran> {
	const subject = {
		name: asTool ? 'n8n-nodes-wawp.wawpTool' : 'n8n-nodes-wawp.wawp',
		type: new Wawp(),
		typeVersion: 1,
		parameters: wawpParameters(parameters),
	};
	return await runNode(subject, given);
}
