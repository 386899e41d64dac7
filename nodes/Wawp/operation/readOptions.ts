import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { failure, type Failure } from '../failure';
import { errorMessage } from '../n8n/errors';
import type { Options } from '../run/options';
import { OPTION_FIELDS, type OptionField } from './optionFields';
import { parseBoolean } from './parseBoolean';

/** The options where none is set. */
export const DEFAULT_OPTIONS = Object.fromEntries(
	OPTION_FIELDS.map(({ name, default: value }) => [name, value]),
) as unknown as Options;

/**
 * Reads the options, once for the whole run: expressions in them see the first item.
 *
 * @returns the options, or the failure that every item then has. Never throws.
 */
export function readOptions(context: IExecuteFunctions): { options: Options } | { failure: Failure } {
	let given: unknown;
	try {
		given = context.getNodeParameter('options', 0, {});
	} catch (error) {
		return unusable('An expression under Options could not be evaluated', errorMessage(error));
	}
	return checkOptions(given);
}

/**
 * Checks what the options were set to. What does not count, such as a fallback URL that nothing uses, is left alone.
 *
 * @param given the collection's value, of any type: a workflow can be written by hand
 */
export function checkOptions(given: unknown): { options: Options } | { failure: Failure } {
	const set = given === undefined || given === null || given === '' ? {} : given;
	if (typeof set !== 'object' || Array.isArray(set)) {
		return unusable('Options is not a set of options', 'Set the options one by one in the editor');
	}
	const values: Record<string, unknown> = { ...DEFAULT_OPTIONS, ...set };
	const options: Record<string, unknown> = { ...DEFAULT_OPTIONS };
	for (const field of IN_ORDER) {
		if (!counts(field, options)) continue;
		const { name, displayName } = field;
		const { read, expected } = readerOf(field);
		const value = read(values[name]);
		if (value === undefined) {
			if (name === 'fallbackUrl' && isEmpty(values[name])) return NO_FALLBACK_URL;
			return unusable(`${displayName} is not usable`, `Set ${displayName} under Options to ${expected}`);
		}
		options[name] = value;
	}
	return { options: options as unknown as Options };
}

function unusable(message: string, description: string): { failure: Failure } {
	return { failure: failure('bad-request', { message, description }) };
}

const NO_FALLBACK_URL = unusable(
	'Fallback URL is missing',
	'Add the option Fallback URL under Options, and enter a URL that begins with https:// or http://',
);

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** What others depend on comes first. */
const IN_ORDER = [...OPTION_FIELDS].sort((a, b) => Number('displayOptions' in a) - Number('displayOptions' in b));

/** Whether the editor shows an option beside the others, as they have been read so far. */
function counts({ displayOptions }: OptionField, options: Record<string, unknown>): boolean {
	const conditions = Object.entries(displayOptions?.show ?? {});
	return conditions.every(([name, wanted]) => (wanted as unknown[]).includes(options[name]));
}

interface Reader {
	/** @returns `undefined` for what is not usable */
	read(value: unknown): unknown;
	/** What is usable, in words that follow "Set it to". */
	expected: string;
}

function readerOf({ name, type, options = [], typeOptions = {} }: OptionField): Reader {
	switch (type) {
		case 'number': {
			const { minValue = 0, maxValue = Infinity } = typeOptions;
			const expected = `a whole number from ${minValue} to ${maxValue}, or remove it`;
			return { expected, read: (value) => wholeNumber(value, minValue, maxValue) };
		}
		case 'boolean':
			return { expected: 'true or false, or remove it', read: parseBoolean };
		case 'options': {
			const choices = (options as INodePropertyOptions[]).map(({ value }) => value);
			return {
				expected: `one of its choices (in an expression: ${choices.join(', ')}), or remove it`,
				read: (value) => choices.find((choice) => choice === value),
			};
		}
		default:
			return name === 'fallbackUrl' ? WEB_ADDRESS : FIELD_NAME;
	}
}

const WEB_ADDRESS: Reader = {
	expected: 'a URL that begins with https:// or http://',
	read: (value) => {
		const text = trimmed(value);
		return text && /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : undefined;
	},
};

const FIELD_NAME: Reader = { expected: 'the name of a field, or remove it', read: trimmed };

function trimmed(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Expressions often yield numbers as text. */
function wholeNumber(value: unknown, least: number, most: number): number | undefined {
	const number = typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : value;
	return Number.isInteger(number) && least <= (number as number) && (number as number) <= most
		? (number as number)
		: undefined;
}
