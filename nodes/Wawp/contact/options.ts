import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { failure, type Failure } from '../gateway/failure';
import { whatN8nSays } from '../n8n/errors';

/** The options of one run, checked. */
export interface Options {
	/** How many requests may be open at once. */
	concurrency: number;
	/** How often a contact is asked for again after a failure that may pass. */
	maxRetries: number;
	/** How many requests may start in a minute; 0 for as many as `concurrency` lets through. */
	requestsPerMinute: number;
	/** How long one request may take, in milliseconds. */
	timeout: number;
}

/** An option as the editor shows it, which is also what its value is checked against. */
interface NumberOption extends INodeProperties {
	name: keyof Options;
	default: number;
	typeOptions: { minValue: number; maxValue: number };
}

const NUMBERS: NumberOption[] = [
	{
		displayName: 'Max Concurrent Requests',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 5,
		description:
			'How many contacts are looked up at the same time. Raise it to get through a long list faster; lower it if the gateway says that you send too many requests.',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 3,
		description:
			'How often to ask again for a contact after a failure that may pass, such as a timeout or a busy gateway. The first wait is up to a second, each further one up to twice as long, or it is as long as the gateway asks. Raise it for a gateway that is often busy; set it to 0 to ask once only.',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 60000 },
		default: 0,
		description:
			"How many requests to start in a minute at most, evenly spaced, in one run of this node. 0 means no limit. Set it to the limit in your instance's policy, and to 60 or less for a long list with Refresh turned on. Inside a loop each round counts anew.",
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 600000 },
		default: 30000,
		description:
			'How long to wait for the answer to one request, in milliseconds. Raise it if look-ups with Refresh turned on fail with a timeout.',
	},
];

/** The options where none is set. */
export const DEFAULT_OPTIONS = Object.fromEntries(
	NUMBERS.map(({ name, default: value }) => [name, value]),
) as unknown as Options;

/** The collection as the editor shows it. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: NUMBERS,
};

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
		return unusable('An expression under Options could not be evaluated', whatN8nSays(error));
	}
	return checkOptions(given);
}

/**
 * Checks what the options were set to.
 *
 * @param given the collection's value, of any type: a workflow can be written by hand
 */
export function checkOptions(given: unknown): { options: Options } | { failure: Failure } {
	const set = given === undefined || given === null || given === '' ? {} : given;
	if (typeof set !== 'object' || Array.isArray(set)) {
		return unusable('Options is not a set of options', 'Set the options one by one in the editor');
	}
	const options = { ...DEFAULT_OPTIONS };
	for (const { name, displayName, typeOptions } of NUMBERS) {
		if (!(name in set)) continue;
		const { minValue, maxValue } = typeOptions;
		const value = wholeNumber((set as Record<string, unknown>)[name]);
		if (value === undefined || value < minValue || value > maxValue) {
			return unusable(
				`${displayName} is not usable`,
				`Set ${displayName} under Options to a whole number from ${minValue} to ${maxValue}, or remove it`,
			);
		}
		options[name] = value;
	}
	return { options };
}

function unusable(message: string, description: string): { failure: Failure } {
	return { failure: failure('bad-request', { message, description }) };
}

/** Expressions often yield numbers as text. */
function wholeNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
	return typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : undefined;
}
