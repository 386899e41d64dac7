import type { IExecuteFunctions } from 'n8n-workflow';

import type { Options } from '../../../nodes/Wawp/operation/optionFields';
import { type CheckedOptions, readOptions } from '../../../nodes/Wawp/operation/readOptions';

/** Checks a set of options as the workflow has it, with what n8n evaluated instead of each expression. */
export function checkAll(set: unknown): CheckedOptions<Options> {
	const context = {
		getNode: () => ({ parameters: { options: set } }),
		getInputData: () => [{ json: {} }],
		getNodeParameter: (path: string) => Object(set)[path.slice('options.'.length)] as unknown,
	};
	const { run, ofItem } = readOptions(context as unknown as IExecuteFunctions);
	const failure = run.failure ?? ofItem(0).failure;
	return { options: { ...run.options, ...ofItem(0).options }, ...(failure && { failure }) };
}
