/** What a version of n8n has, beside what this node cannot do without; read off n8n-core and n8n-workflow. */
export interface Engine {
	core: { ExecuteContext?: { prototype: object } };
	workflow: { NodeHelpers: { displayParameter: { length: number } } };
}

/** Whether nodes can put hints beside their items: from n8n 1.79 on. */
export function hasHints({ core }: Pick<Engine, 'core'>): boolean {
	return 'addExecutionHints' in (core.ExecuteContext?.prototype ?? {});
}

/** Whether a field can be shown for a tool only: from n8n 1.88 on, which also hands over the description of its type. */
export function tellsTools({ workflow }: Pick<Engine, 'workflow'>): boolean {
	return workflow.NodeHelpers.displayParameter.length > 4;
}
