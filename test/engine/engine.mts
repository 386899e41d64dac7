import { ExecuteContext, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	type IBinaryKeyData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type NodeExecutionHint,
	type OnError,
	Workflow,
} from 'n8n-workflow';

import { hasHints } from './features.mts';
import { OneCredential } from './credentialsHelper.mts';
import { ownCredential } from './instance.mts';

/** The node to run. */
export interface Subject {
	/** As workflows name it: n8n lets its own HTTP Request node use credentials of any type. */
	name: string;
	type: INodeType;
	typeVersion: number;
	parameters: INodeParameters;
}

/** What to run it on, and how. */
export interface Given {
	/** The JSON of the items that reach the node. */
	leads: IDataObject[];
	/** The files of each item. */
	files?: IBinaryKeyData;
	onError?: OnError;
	/** Of the workflow. */
	settings?: IWorkflowSettings;
	/** The setting of workflows that are older than On Error. */
	continueOnFail?: boolean;
	/** `null` leaves the node without a credential; an error is what decrypting it throws. */
	credential?: ICredentialDataDecryptedObject | Error | null;
	/** Called once the engine runs, with what stops the execution. */
	whenRunning?: (cancel: () => void) => void;
}

/** What came of it. */
export interface Ran {
	run: IRun;
	success: INodeExecutionData[];
	/** The items on the error output. */
	failed: INodeExecutionData[];
	/** What the node threw, where it did. */
	error?: Error & { description?: string | null; context?: IDataObject };
	credentialLookUps: number;
	/** What the output panel shows beside the items. */
	hints: NodeExecutionHint[];
}

const NODE = 'Get profile picture';

/** Whether the engine under test has hints. */
export const HAS_HINTS = hasHints({ core: { ExecuteContext } });

/** Runs a node in n8n's engine, in a workflow that hands it the leads and takes up both of its outputs. */
export async function runNode(subject: Subject, given: Given): Promise<Ran> {
	const helper = new OneCredential(given.credential ?? ownCredential());
	const workflow = workflowOf(subject, given);
	const additionalData = {
		credentialsHelper: helper,
		// Before n8n 1.79 they are another class, and none are needed.
		...(ExecutionLifecycleHooks && { hooks: new ExecutionLifecycleHooks('manual', 'test', {} as IWorkflowBase) }),
		executionId: 'test',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;

	const engine = new WorkflowExecute(additionalData, 'manual');
	const startNode = workflow.getNode('Leads') as INode;
	const running = startEngine(engine, workflow, startNode);
	given.whenRunning?.(() => running.cancel());
	const run = await running;

	const task = run.data.resultData.runData[NODE]?.[0];
	const [success, failed] = task?.data?.main ?? [];
	return {
		run,
		success: success ?? [],
		failed: failed ?? [],
		...(task?.error && { error: task.error as Ran['error'] }),
		credentialLookUps: helper.lookUps,
		hints: task?.hints ?? [],
	};
}

type Running = ReturnType<WorkflowExecute['run']>;

/** n8n 2 takes one object, n8n 1 took a list of arguments. */
function startEngine(engine: WorkflowExecute, workflow: Workflow, startNode: INode): Running {
	if (engine.run.length > 1) {
		return (engine.run as unknown as (...args: unknown[]) => Running).call(engine, workflow, startNode);
	}
	return engine.run({ workflow, startNode });
}

function workflowOf(subject: Subject, given: Given): Workflow {
	const { onError, continueOnFail, credential, settings = {} } = given;
	const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return new Workflow({
		id: 'test',
		active: false,
		settings,
		nodes: [
			node('Leads', 'leads'),
			node(NODE, subject.name, {
				typeVersion: subject.typeVersion,
				parameters: subject.parameters,
				...(onError && { onError }),
				...(continueOnFail !== undefined && { continueOnFail }),
				...(credential !== null && { credentials: { wawpApi: { id: '1', name: 'Wawp' } } }),
			}),
			node('Pictures', 'end'),
			node('Failures', 'end'),
		],
		connections: {
			Leads: { main: [to(NODE)] },
			[NODE]: { main: [to('Pictures'), to('Failures')] },
		},
		nodeTypes: nodeTypesFor(subject, given),
	});
}

function nodeTypesFor(subject: Subject, { leads, files: binary }: Given): INodeTypes {
	const items = leads.map((json) => ({ json, ...(binary && { binary }) }));
	const types: Record<string, INodeType> = {
		leads: helperNode('leads', [], async () => [items]),
		end: helperNode('end', ['main'], async function (this: IExecuteFunctions) {
			return [this.getInputData()];
		}),
		[subject.name]: subject.type,
	};
	return {
		getByName: (name) => types[name] as INodeType,
		getByNameAndVersion: (name) => types[name] as INodeType,
		getKnownTypes: () => ({}),
	};
}

function helperNode(name: string, inputs: ['main'] | [], execute: INodeType['execute']): INodeType {
	const description = {
		displayName: name,
		name,
		group: ['transform'] as Array<'transform'>,
		version: 1,
		description: name,
		defaults: { name },
		inputs,
		outputs: ['main'],
		properties: [],
	};
	return { description: description as INodeType['description'], execute };
}
