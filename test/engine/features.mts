/** What a version of n8n has, beside what this node cannot do without; read off n8n-core and n8n-workflow. */
export interface Engine {
	core: { ExecuteContext?: { prototype: object }; WorkflowExecute: { prototype: { run: { length: number } } } };
	workflow: { NodeHelpers: { displayParameter: { length: number } } };
}

/** Whether nodes can put hints beside their items: from n8n 1.79 on. */
export function hasHints({ core }: { core: Pick<Engine['core'], 'ExecuteContext'> }): boolean {
	return 'addExecutionHints' in (core.ExecuteContext?.prototype ?? {});
}

/** Whether a field can be shown for a tool only: from n8n 1.88 on, which also hands over the description of its type. */
export function tellsTools({ workflow }: Pick<Engine, 'workflow'>): boolean {
	return workflow.NodeHelpers.displayParameter.length > 4;
}

/** Whether a request can have options of its connection, such as a TLS session: in n8n 2, whose engine is run in another way. */
export function hasAgentOptions({ core }: { core: Pick<Engine['core'], 'WorkflowExecute'> }): boolean {
	return core.WorkflowExecute.prototype.run.length <= 1;
}
