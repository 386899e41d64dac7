import type { INodeProperties, INodePropertyOptions, NodeParameterValue } from 'n8n-workflow';

import { nameOf } from '../contactId/country';
import { callingCodeOfCountry, COUNTRIES } from '../contactId/numberingPlans';
import type { RunOptions } from '../run/options';

/** The options of one item, checked. They may differ from item to item. */
export interface ItemOptions {
	/** The binary field that a downloaded picture goes into. */
	binaryPropertyName: string;
	/** What stands for the country of phone numbers without a country code, unchecked; '' for none. */
	defaultCountry: string;
	/** Whether to get the picture itself, not only its URL. */
	downloadPicture: boolean;
	/** What stands for the URL where there is no picture, if `noPicture` says so. */
	fallbackUrl: string;
	/** Whether to say when the URL stops working. */
	includeExpiry: boolean;
	/** Whether the input's fields come first in the output item. */
	includeInputFields: boolean;
	/** What becomes of a contact without a visible picture. */
	noPicture: 'emptyUrl' | 'fallbackUrl' | 'error';
}

/** All options, by their names in the workflow. */
export type Options = RunOptions & ItemOptions;

/** An option as the editor shows it, which is also what its value is checked against. */
export interface OptionField extends INodeProperties {
	name: keyof Options;
	default: NodeParameterValue;
}

/** An agent asks for one contact at a time, and gets no files: what is for lists and files is not there for its tool. */
const NOT_FOR_TOOLS = { hide: { '@tool': [true] } };

/** The countries as the editor lists them, by name: "Germany (+49)". Typing finds one by its name or its code. */
const COUNTRY_CHOICES: INodePropertyOptions[] = [
	{ name: 'None', value: '' },
	...COUNTRIES.map((value) => ({ name: `${nameOf(value)} (+${callingCodeOfCountry(value)})`, value })).sort(
		({ name: one }, { name: other }) => (one < other ? -1 : 1),
	),
];

/** In the order in which the editor lists them: by their names, as n8n wants it. */
export const OPTION_FIELDS: OptionField[] = [
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		options: COUNTRY_CHOICES,
		default: '',
		description:
			'The country of phone numbers without a country code, such as 020 7946 0958. Numbers that begin with + or 00 keep their own country. If the country differs from item to item, use an expression: it can yield a code such as DE, an English name such as Germany, or a calling code such as +49.',
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
		displayName: 'Fallback URL',
		name: 'fallbackUrl',
		type: 'string',
		builderHint: {
			propertyHint:
				'May be an expression, evaluated for each item, that puts encodeURIComponent($json.name) into the URL of an avatar service. Only with noPicture set to fallbackUrl.',
		},
		displayOptions: { show: { noPicture: ['fallbackUrl'] } },
		default: '',
		placeholder: 'e.g. https://example.com/avatar.png',
		description:
			'URL to output if a contact has no visible picture, such as a generic avatar. An expression is evaluated for each item.',
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
				'Keep emptyUrl unless asked otherwise, and tell contacts apart by url === null behind the node. A hidden picture is common, and no failure.',
		},
		description: 'What to do for a contact that has no picture, or hides it',
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
			propertyHint: "Turn on where later nodes need the lead's own fields beside id and url.",
		},
		default: false,
		description:
			'Whether to keep the fields and files of the input item. Input fields with the name of an output field are replaced: rename them before this node if you need them.',
	},
	{
		displayName: 'Max Concurrent Requests',
		name: 'concurrency',
		type: 'number',
		displayOptions: NOT_FOR_TOOLS,
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 5,
		description:
			'How many contacts are looked up, or their pictures downloaded, at the same time. Raise it to get through a long list faster; lower it if Wawp says that it received too many requests.',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: 3,
		description:
			'How often to try a contact again after a temporary failure, such as a timeout. Each wait can be longer than the one before, or is as long as Wawp asks for. Set to 0 to try once only.',
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
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		displayOptions: NOT_FOR_TOOLS,
		builderHint: {
			propertyHint:
				'Set it only where the user names the limit of their Wawp plan. Do not build loops, waits or batches around this node to pace it: it paces itself.',
		},
		typeOptions: { minValue: 0, maxValue: 60000 },
		default: 60,
		description:
			'The most requests to Wawp to start per minute, evenly spaced after a first few. It holds for all executions that use the same WhatsApp instance. Without this option, only live look-ups are limited, to 60 a minute, as Wawp advises. 0 means no limit at all.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 600000 },
		default: 30000,
		description:
			"How long to wait for the answer to one request, or for one picture, in milliseconds. Raise it if look-ups with 'Refresh' turned on fail with a timeout.",
	},
];

/** The options where none is set. For the pace alone that is something else than the value that the editor begins with. */
export const DEFAULT_OPTIONS = {
	...Object.fromEntries(OPTION_FIELDS.map(({ name, default: value }) => [name, value])),
	requestsPerMinute: 'advised',
} as unknown as Options;

/** The collection as the editor shows it. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: OPTION_FIELDS,
};
