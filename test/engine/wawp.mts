import type { IExecuteFunctions, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { Wawp } from '../../nodes/Wawp/Wawp.node';
import { type Given, type Ran, runNode } from './engine.mts';
import { unpacedParameters, wawpParameters } from './parameters.mts';

/** What to run the Wawp node on, and with which parameters beside resource and operation. */
export interface GivenWawp extends Given {
	parameters?: INodeParameters;
	/** At the pace that the node keeps where none is set. Without this there is none. */
	isPaced?: true;
	/** Under the name that n8n gives a node which an AI agent uses. */
	asTool?: true;
	/** What the node is handed in place of the leads, of any kind: what n8n's engine does not let pass between nodes as well. */
	items?: unknown[];
}

/** Runs the Wawp node in n8n's engine. */
export async function runInEngine({ parameters, isPaced, asTool, items, ...given }: GivenWawp): Promise<Ran> {
	const subject = {
		name: asTool ? 'n8n-nodes-wawp.wawpTool' : 'n8n-nodes-wawp.wawp',
		type: items ? handed(items) : new Wawp(),
		typeVersion: 1,
		parameters: isPaced ? wawpParameters(parameters) : unpacedParameters(parameters),
	};
	return await runNode(subject, given);
}

/** The node, in n8n's own context but for the items. */
function handed(items: unknown[]): INodeType {
	const wawp = new Wawp();
	return {
		description: wawp.description,
		async execute(this: IExecuteFunctions) {
			const context = Object.create(this) as IExecuteFunctions;
			context.getInputData = () => items as INodeExecutionData[];
			return await wawp.execute.call(context);
		},
	};
}
