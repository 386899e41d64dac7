import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { failure, type Failure } from '../failure';
import { errorMessage } from '../n8n/errors';
import type { RunOptions } from '../run/options';
import { DEFAULT_OPTIONS, type ItemOptions, OPTION_FIELDS, type OptionField, type Options } from './optionFields';
import { isExpression, parameterReader, parseBoolean } from './parameterReader';

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

/** The options as far as they are usable, else with their defaults, and what is wrong with the first that is not. */
export interface CheckedOptions<Some extends Partial<Options>> {
	options: Some;
	failure?: Failure;
}

/**
 * What an option was set to, of any type: a workflow can be written by hand. Its default where it is not set. It throws
 * what n8n throws where an expression cannot be evaluated.
 */
export type ValueOf = (name: keyof Options) => unknown;

/** Checks the options of the run. Never throws. */
export function checkRunOptions(valueOf: ValueOf): CheckedOptions<RunOptions> {
	const { concurrency, maxRetries, requestsPerMinute, timeout } = DEFAULT_OPTIONS;
	return check({ concurrency, maxRetries, requestsPerMinute, timeout }, valueOf);
}

/**
 * Checks the options of one item. What is not applicable, such as a fallback URL that nothing uses, is left alone.
 * Never throws.
 */
export function checkItemOptions(valueOf: ValueOf): CheckedOptions<ItemOptions> {
	const {
		binaryPropertyName,
		defaultCountry,
		downloadPicture,
		fallbackUrl,
		includeExpiry,
		includeInputFields,
		noPicture,
	} = DEFAULT_OPTIONS;
	const defaults = {
		binaryPropertyName,
		defaultCountry,
		downloadPicture,
		fallbackUrl,
		includeExpiry,
		includeInputFields,
		noPicture,
	};
	return check(defaults, valueOf);
}

function check<Some extends Partial<Options>>(defaults: Some, valueOf: ValueOf): CheckedOptions<Some> {
	const options: Record<string, unknown> = { ...defaults };
	let unusable: Failure | undefined;
	for (const field of IN_ORDER) {
		if (!(field.name in defaults) || !isApplicable(field, options)) continue;
		const read = readOption(field, valueOf);
		if ('failure' in read) unusable ??= read.failure;
		else options[field.name] = read.value;
	}
	return { options: options as unknown as Some, ...(unusable && { failure: unusable }) };
}

/** What others depend on comes first. */
const IN_ORDER = [...OPTION_FIELDS].sort((a, b) => dependencies(a) - dependencies(b));

function dependencies({ displayOptions }: OptionField): number {
	return Object.keys(displayOptions?.show ?? {}).length;
}

/** Whether the editor shows an option beside the others, as they have been read so far. */
function isApplicable({ displayOptions }: OptionField, options: Record<string, unknown>): boolean {
	const conditions = Object.entries(displayOptions?.show ?? {});
	return conditions.every(([name, wanted]) => (wanted as unknown[]).includes(options[name]));
}

function readOption(field: OptionField, valueOf: ValueOf): { value: unknown } | { failure: Failure } {
	const { name, displayName } = field;
	let given: unknown;
	try {
		given = valueOf(name);
	} catch (error) {
		return unusable(`The expression in '${displayName}' under Options could not be evaluated`, errorMessage(error));
	}
	const { parse, expected } = PARSERS[name](field);
	const value = parse(given);
	if (value !== undefined) return { value };
	if (name === 'fallbackUrl' && isEmpty(given)) {
		return unusable("'Fallback URL' is missing", `Add 'Fallback URL' under Options, and enter ${expected}`);
	}
	return unusable(`'${displayName}' is not usable`, `Set '${displayName}' under Options to ${expected}`);
}

function unusable(message: string, description: string): { failure: Failure } {
	return { failure: failure('bad-request', { message, description }) };
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

interface Parser {
	/** @returns `undefined` for what is not usable */
	parse(given: unknown): unknown;
	/** What is usable, in words that follow "Set it to". */
	expected: string;
}

/** Expressions often yield numbers as text. */
function wholeNumber({ typeOptions }: OptionField): Parser {
	const { minValue = 0, maxValue = Infinity } = typeOptions ?? {};
	return {
		expected: `a whole number from ${minValue} to ${maxValue}, or remove it`,
		parse: (given) => {
			const number = typeof given === 'string' && /^\s*\d{1,9}\s*$/.test(given) ? Number(given) : given;
			return isWhole(number) && minValue <= number && number <= maxValue ? number : undefined;
		},
	};
}

function isWhole(value: unknown): value is number {
	return Number.isInteger(value);
}

/** What is not set is no number. */
function pace(field: OptionField): Parser {
	const { expected, parse } = wholeNumber(field);
	return { expected, parse: (given) => (given === DEFAULT_OPTIONS.requestsPerMinute ? given : parse(given)) };
}

function trueOrFalse(): Parser {
	return { expected: 'true or false, or remove it', parse: parseBoolean };
}

function oneOfItsChoices({ options }: OptionField): Parser {
	const choices = (options as INodePropertyOptions[]).map(({ value }) => value);
	return {
		expected: `one of its choices (in an expression: ${choices.join(', ')}), or remove it`,
		parse: (given) => choices.find((choice) => choice === given),
	};
}

function webAddress(): Parser {
	return {
		expected: 'a URL that begins with https:// or http://',
		parse: (given) => {
			// A name in a URL that an expression puts together brings its spaces along.
			const text = trimmed(given)?.replaceAll(' ', '%20');
			return text && /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : undefined;
		},
	};
}

function fieldName(): Parser {
	return { expected: 'the name of a field, or remove it', parse: trimmed };
}

/** A country that nobody knows is no mistake where the phone number has its country code, so that all is taken here. */
function anyCountry(): Parser {
	return {
		expected: 'a country',
		parse: (given) => {
			if (given === undefined || given === null) return '';
			return typeof given === 'object' ? JSON.stringify(given) : String(given);
		},
	};
}

function trimmed(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** How each option is read; one that is added to the fields does not compile without its own line here. */
const PARSERS: Record<keyof Options, (field: OptionField) => Parser> = {
	binaryPropertyName: fieldName,
	concurrency: wholeNumber,
	defaultCountry: anyCountry,
	downloadPicture: trueOrFalse,
	fallbackUrl: webAddress,
	includeExpiry: trueOrFalse,
	includeInputFields: trueOrFalse,
	maxRetries: wholeNumber,
	noPicture: oneOfItsChoices,
	requestsPerMinute: pace,
	timeout: wholeNumber,
};
