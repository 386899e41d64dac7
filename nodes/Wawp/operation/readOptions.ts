import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { failure, type Failure } from '../failure';
import { errorMessage } from '../n8n/errors';
import type { RunOptions } from '../run/run';
import {
	ITEM_OPTION_FIELDS,
	type ItemOptions,
	OPTION_FIELDS,
	type OptionField,
	type Options,
	RUN_OPTION_FIELDS,
} from './optionFields';
import { isEmpty, isExpression, parameterReader, parseBoolean } from './parameterReader';

/** The options, with defaults for invalid ones, and the failure of the first invalid one. */
export interface CheckedOptions<Some> {
	options: Some;
	failure?: Failure;
}

/** All options of one execution. */
export interface ReadOptions {
	/** Expressions in these see the first item. */
	run: CheckedOptions<RunOptions>;
	/** Never throws. */
	ofItem(itemIndex: number): CheckedOptions<ItemOptions>;
}

/** Reads and checks the options: those of an item for each item, unless none of them is an expression. Never throws. */
export function readOptions(context: IExecuteFunctions): ReadOptions {
	// A workflow can have anything here.
	const set = Object(context.getNode().parameters.options) as Partial<Record<keyof Options, unknown>>;
	const readers = new Map<string, (itemIndex: number) => unknown>();
	for (const { name, default: value } of OPTION_FIELDS) {
		readers.set(name, Object.hasOwn(set, name) ? parameterReader(context, `options.${name}`, set[name]) : () => value);
	}
	const run = check<RunOptions>(RUN_OPTION_FIELDS, (name) => readers.get(name)?.(0));
	const ofItems: Array<CheckedOptions<ItemOptions>> = [];
	const differ = ITEM_OPTION_FIELDS.some(({ name }) => isExpression(set[name]));
	return {
		run,
		ofItem: (itemIndex) =>
			(ofItems[differ ? itemIndex : 0] ??= check(ITEM_OPTION_FIELDS, (name) => readers.get(name)?.(itemIndex))),
	};
}

/**
 * Options that the editor hides, such as an unused fallback URL, keep their default.
 *
 * @param read throws if the expression of an option cannot be evaluated
 */
function check<Some>(fields: OptionField[], read: (name: string) => unknown): CheckedOptions<Some> {
	const options: Record<string, unknown> = {};
	const problems: Array<Pick<Failure, 'message' | 'description'>> = [];
	for (const field of fields) {
		const { name, type, displayName } = field;
		options[name] = field.default;
		const conditions = Object.entries(field.displayOptions?.show ?? {});
		if (!conditions.every(([other, wanted]) => (wanted as unknown[]).includes(options[other]))) continue;
		try {
			const given = read(name);
			const [expected, parse] = (PARSERS[name] ?? PARSERS[type])(field);
			const value = parse(given);
			const isMissing = field.default === '' && isEmpty(given);
			const message = `'${displayName}' ${isMissing ? 'is missing' : 'has an invalid value'}`;
			if (value !== undefined) options[name] = value;
			else problems.push({ message, description: `Set '${displayName}' under Options to ${expected}` });
		} catch (error) {
			const message = `The expression in '${displayName}' under Options could not be evaluated`;
			problems.push({ message, description: errorMessage(error) });
		}
	}
	const [first] = problems;
	return { options: options as Some, ...(first && { failure: failure('bad-request', first) }) };
}

/** What is valid, to follow "Set '...' under Options to", and a parser that returns `undefined` for an invalid value. */
type Parser = (field: OptionField) => [expected: string, parse: (given: unknown) => unknown];

/** By name if there is one, else by type. */
const PARSERS: Record<OptionField['type'], Parser> & Partial<Record<keyof Options, Parser>> = {
	boolean: () => ['true or false, or remove it', parseBoolean],
	number: ({ typeOptions: { minValue = 0, maxValue = Infinity } = {} }) => [
		`a whole number from ${minValue} to ${maxValue}, or remove it`,
		(given) => {
			// Expressions often return numbers as text.
			const number = typeof given === 'string' && /^\s*\d{1,9}\s*$/.test(given) ? Number(given) : given;
			const isWhole = typeof number === 'number' && Number.isInteger(number);
			return isWhole && minValue <= number && number <= maxValue ? number : undefined;
		},
	],
	options: ({ options = [] }) => {
		const choices = (options as INodePropertyOptions[]).map(({ value }) => value);
		return [
			`one of its choices (in an expression: ${choices.join(', ')}), or remove it`,
			(given) => choices.find((choice) => choice === given),
		];
	},
	string: () => ['some text, or remove it', textOf],
	// An unknown country fails only phone numbers without a country code.
	defaultCountry: () => [
		'a country',
		(given) => (typeof given === 'object' && given ? JSON.stringify(given) : String(given ?? '')),
	],
	fallbackUrl: () => [
		'a URL that begins with https:// or http://',
		(given) => {
			// An expression can put a name with spaces into the URL.
			const url = textOf(given)?.replaceAll(' ', '%20');
			return url && /^https?:\/\/\S+$/i.test(url) && URL.canParse(url) ? url : undefined;
		},
	],
};

function textOf(given: unknown): string | undefined {
	return typeof given === 'string' ? given.trim() || undefined : undefined;
}
