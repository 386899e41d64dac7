import type { IExecuteFunctions } from 'n8n-workflow';

import type { RunOptions } from '../run/options';
import { type CheckedOptions, checkItemOptions, checkRunOptions } from './checkOptions';
import type { ItemOptions } from './itemOptions';
import { DEFAULT_OPTIONS, OPTION_FIELDS, type Options } from './optionFields';
import { isExpression, parameterReader } from './parameterReader';

/** The options of a run and of its items. */
export interface ReadOptions {
	/** Expressions in these see the first item. */
	run: CheckedOptions<RunOptions>;
	/** Never throws. */
	ofItem(itemIndex: number): CheckedOptions<ItemOptions>;
}

/**
 * Reads the options: those of the run once, those of an item for each item, or once where none of them is an expression.
 * Never throws.
 */
export function readOptions(context: IExecuteFunctions): ReadOptions {
	// n8n drops what is no set of options before the node sees it.
	const set = Object(context.getNode().parameters.options) as Partial<Record<keyof Options, unknown>>;
	const readers = new Map(
		OPTION_FIELDS.filter(({ name }) => Object.hasOwn(set, name)).map(({ name }) => [
			name,
			parameterReader(context, `options.${name}`, set[name]),
		]),
	);
	const valuesFor = (itemIndex: number) => (name: keyof Options) => {
		const read = readers.get(name);
		return read ? read(itemIndex) : DEFAULT_OPTIONS[name];
	};
	const run = checkRunOptions(valuesFor(0));
	const first = checkItemOptions(valuesFor(0));
	const differ = Object.keys(first.options).some((name) => isExpression(set[name as keyof Options]));
	if (!differ) return { run, ofItem: () => first };
	const read = [first];
	return { run, ofItem: (itemIndex) => (read[itemIndex] ??= checkItemOptions(valuesFor(itemIndex))) };
}
