import {
	checkItemOptions,
	checkRunOptions,
	type CheckedOptions,
	type ValueOf,
} from '../../../nodes/Wawp/operation/readOptions';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';

/** Checks a set of options as the workflow holds it, with what was evaluated in the places of expressions. */
export function checkAll(set: unknown): CheckedOptions<Options> {
	const given = Object(set) as Record<string, unknown>;
	const valueOf: ValueOf = (name) => (Object.hasOwn(given, name) ? given[name] : DEFAULT_OPTIONS[name]);
	const run = checkRunOptions(valueOf);
	const item = checkItemOptions(valueOf);
	const failure = run.failure ?? item.failure;
	return { options: { ...run.options, ...item.options }, ...(failure && { failure }) };
}
