import type { IExecuteFunctions } from 'n8n-workflow';

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

const DRAGGED = /^=\{\{\s*\$json(?:\.([A-Za-z_$][\w$]*)|\[(?:"([^"\\]+)"|'([^'\\]+)')\])\s*\}\}$/;

/**
 * The field of the input item that a parameter is mapped to, where its expression is no more than that: what dragging a
 * field onto the parameter makes, `{{ $json.phone }}` or `{{ $json["Phone Number"] }}`.
 *
 * To evaluate an expression costs n8n up to 0.2 ms, a tenth of a whole look-up, and for this one there is nothing to
 * evaluate.
 *
 * @param raw the parameter as the workflow holds it, expressions unevaluated
 * @returns `undefined` for everything else
 */
export function fieldOfSimpleExpression(raw: unknown): string | undefined {
	if (typeof raw !== 'string') return undefined;
	const match = DRAGGED.exec(raw);
	return match?.[1] ?? match?.[2] ?? match?.[3];
}

const BY_WORD = new Map([
	['true', true],
	['false', false],
]);

/**
 * The truth value that a parameter holds. Expressions often yield it as text.
 *
 * @returns `undefined` for what is neither
 */
export function parseBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	return typeof value === 'string' ? BY_WORD.get(value.trim().toLowerCase()) : undefined;
}
