import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldOfSimpleExpression } from './simpleExpression';

/**
 * Makes the reader of a parameter that may differ from item to item. What needs no evaluation does not go through n8n: a
 * fixed value, and a field that was dragged onto the parameter.
 *
 * @param path where the parameter stands, as n8n's `getNodeParameter` takes it
 * @param raw the parameter as the workflow holds it, expressions unevaluated
 * @returns a function that throws what n8n throws where the expression cannot be evaluated
 */
export function parameterReader(
	context: IExecuteFunctions,
	path: string,
	raw: unknown,
): (itemIndex: number) => unknown {
	const isFixed = raw === null || ['string', 'number', 'boolean'].includes(typeof raw);
	if (isFixed && !isExpression(raw)) return () => raw;
	const items = context.getInputData();
	const field = fieldOfSimpleExpression(raw);
	return (itemIndex) => {
		const json = items[itemIndex]?.json ?? {};
		const value = field !== undefined && Object.hasOwn(json, field) ? json[field] : undefined;
		if (typeof value === 'string' || typeof value === 'number') return value;
		return context.getNodeParameter(path, itemIndex);
	};
}

/** Whether n8n evaluates a parameter. */
export function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}
