import type { INodeProperties, INodePropertyOptions, NodeParameterValue } from 'n8n-workflow';

import { nameOf } from '../contactId/country';
import { callingCodeOfCountry, COUNTRIES } from '../contactId/numberingPlans';
import type { RunOptions } from '../run/run';

/** An expression in one of these is evaluated for every item. */
export interface ItemOptions {
	binaryPropertyName: string;
	/** As it was entered; '' for none. */
	defaultCountry: string;
	downloadPicture: boolean;
	/** '' unless `noPicture` is `fallbackUrl`. */
	fallbackUrl: string;
	includeExpiry: boolean;
	includeInputFields: boolean;
	noPicture: 'emptyUrl' | 'fallbackUrl' | 'error';
}

/** By their names in the workflow. */
export type Options = RunOptions & ItemOptions;

/**
 * How the editor shows an option, and what `readOptions` checks (type, limits, choices). A new one is an entry in a list
 * below, its type in `ItemOptions` or `RunOptions`, and, if the check by type does not fit, a line in `PARSERS`: text that may
 * be empty always needs one.
 */
export interface OptionField<Some = Options> extends INodeProperties {
	name: keyof Some & keyof Options;
	type: 'boolean' | 'number' | 'options' | 'string';
	default: NodeParameterValue;
}

/** An AI agent looks up one contact at a time and gets no files. */
const NOT_FOR_TOOLS = { hide: { '@tool': [true] } };

/** Such as "Germany (+49)": n8n's list is searched by name. */
const COUNTRY_CHOICES: INodePropertyOptions[] = [
	{ name: 'None', value: '' },
	...COUNTRIES.map((value) => ({ name: `${nameOf(value)} (+${callingCodeOfCountry(value)})`, value })).sort(
		({ name: one }, { name: other }) => (one < other ? -1 : 1),
	),
];

/** An option that depends on another comes after it. */
export const ITEM_OPTION_FIELDS: Array<OptionField<ItemOptions>> = [
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		options: COUNTRY_CHOICES,
		default: '',
		description:
			'The country of phone numbers without a country code, such as 020 7946 0958. Numbers that start with + or 00 keep their own country. If the country differs from item to item, use an expression: it can return a code such as DE, an English name such as Germany, or a calling code such as +49.',
	},
	{
		displayName: 'Download Picture',
		name: 'downloadPicture',
		type: 'boolean',
		displayOptions: NOT_FOR_TOOLS,
		default: false,
		description:
			"Whether to also download the picture as a file. Its URL stops working after a day or two. Only files of up to 5 MB from WhatsApp's own servers are downloaded.",
	},
	{
		displayName: 'If There Is No Picture',
		name: 'noPicture',
		type: 'options',
		options: [
			{
				name: 'Output an Empty URL',
				value: 'emptyUrl',
				description: 'The item continues with null instead of a URL',
			},
			{
				name: 'Output a Fallback URL',
				value: 'fallbackUrl',
				description: "The item continues with the URL from the option 'Fallback URL'. Add that option, too.",
			},
			{
				name: 'Fail the Item',
				value: 'error',
				description:
					'The item fails with the reason no-picture. If On Error is Stop Workflow, the first such contact stops the workflow.',
			},
		],
		default: 'emptyUrl',
		builderHint: {
			propertyHint:
				'Keep emptyUrl unless asked otherwise, and check url === null after the node. A hidden picture is common and not a failure.',
		},
		description: 'What to do for a contact that has no picture, or hides it',
	},
	{
		displayName: 'Fallback URL',
		name: 'fallbackUrl',
		type: 'string',
		builderHint: {
			propertyHint:
				'Can be an expression, evaluated for each item, that puts encodeURIComponent($json.name) into the URL of an avatar service. Only used if noPicture is fallbackUrl.',
		},
		displayOptions: { show: { noPicture: ['fallbackUrl'] } },
		default: '',
		placeholder: 'e.g. https://example.com/avatar.png',
		description:
			'URL to output if a contact has no visible picture, such as a generic avatar. An expression is evaluated for each item.',
	},
	{
		displayName: 'Include Expiry',
		name: 'includeExpiry',
		type: 'boolean',
		default: false,
		description: 'Whether to add expiresAt, the time at which the URL stops working',
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		displayOptions: NOT_FOR_TOOLS,
		builderHint: {
			propertyHint: "Turn on if later nodes need the lead's own fields beside id and url.",
		},
		default: false,
		description:
			'Whether to keep the fields and files of the input item. An input field with the same name as an output field is replaced: rename it before this node if you need it. Items that fail keep their fields, but not their files.',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		displayOptions: { ...NOT_FOR_TOOLS, show: { downloadPicture: [true] } },
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
	},
];

export const RUN_OPTION_FIELDS: Array<OptionField<RunOptions>> = [
	{
		displayName: 'Max Concurrent Requests',
		name: 'concurrency',
		type: 'number',
		displayOptions: NOT_FOR_TOOLS,
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 5,
		description:
			'How many contacts to look up, or pictures to download, at the same time. Lower it if Wawp answers that it received too many requests.',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 3,
		description:
			'How many times to try a contact again after a temporary failure, such as a timeout. The waits in between grow, or are as long as Wawp asks for. Set to 0 to try only once.',
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		displayOptions: NOT_FOR_TOOLS,
		builderHint: {
			propertyHint:
				'Set it only if the user knows the limit of their Wawp plan. Do not build loops, waits or batches around this node to pace it: it paces itself.',
		},
		typeOptions: { minValue: 0, maxValue: 60000 },
		default: 60,
		description:
			'How many requests to Wawp may start per minute. They are evenly spaced after a burst of up to ten. The limit holds for all executions of an n8n process that use the same WhatsApp number. The default is 60, which Wawp advises for live lookups. Raise it if your Wawp plan allows more; 0 means no limit.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 600000 },
		default: 30000,
		description:
			"How long to wait for the answer to one request, or for one picture, in milliseconds. Raise it if lookups with 'Refresh' turned on time out.",
	},
];

/** All options in the order of the editor: by name, as n8n's guidelines ask for. */
export const OPTION_FIELDS: OptionField[] = [...ITEM_OPTION_FIELDS, ...RUN_OPTION_FIELDS].sort((one, other) =>
	one.displayName < other.displayName ? -1 : 1,
);

export const DEFAULT_OPTIONS = Object.fromEntries(
	OPTION_FIELDS.map(({ name, default: value }) => [name, value]),
) as unknown as Options;

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: OPTION_FIELDS,
};
