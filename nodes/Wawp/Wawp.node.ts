import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { testCredential } from './operation/testCredential';
import { getProfilePictureFields, getProfilePictures } from './operation/getProfilePicture';
import { HINTS_BEFORE_RUN } from './operation/hints';

/** `NodeConnectionTypes.Main`, which n8n before 1.85 does not export. */
const MAIN = 'main';

/**
 * n8n uses a field of this name as the description of an AI agent's tool, instead of "Get profile picture in Wawp",
 * which names neither WhatsApp nor the result.
 */
const toolDescriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 2 },
	default:
		'Get the WhatsApp profile picture of one person or group. Returns its URL, null if there is no visible picture, or an error with the reason. Do not use it to verify who somebody is.',
	displayOptions: { show: { '@tool': [true] } },
};

/**
 * Programmatic, because n8n's declarative style can neither limit the open requests nor link an output item to its
 * input, and without that link the error output loses the input's fields.
 */
export class Wawp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wawp',
		name: 'wawp',
		icon: { light: 'file:../../icons/wawp.svg', dark: 'file:../../icons/wawp.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["resource"] + ": " + $parameter["operation"] }}',
		description: 'Get the WhatsApp profile picture of a contact or group, as a URL or a file',
		defaults: { name: 'Wawp' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Gets WhatsApp profile pictures by phone number, for one contact or a whole list at once: no loop is needed. Set onError to continueErrorOutput and connect both outputs, so that an invalid number does not stop the workflow. Items on the second output have error.reason and error.retryable.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-base.if',
					relationHint: 'Separates contacts without a visible picture, whose url is null',
				},
				{
					nodeType: 'n8n-nodes-base.dataTable',
					relationHint: 'Stores url and expiresAt, because a URL works only for a day or two',
				},
			],
		},
		hints: HINTS_BEFORE_RUN,
		inputs: [MAIN],
		outputs: [MAIN],
		credentials: [{ name: 'wawpApi', required: true, testedBy: 'testCredential' }],
		properties: [
			toolDescriptionField,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Contact', value: 'contact' }],
				default: 'contact',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['contact'] } },
				options: [
					{
						name: 'Get Profile Picture',
						value: 'getProfilePicture',
						action: 'Get profile picture',
						description: "Get the URL of a contact's or group's WhatsApp profile picture",
					},
				],
				default: 'getProfilePicture',
			},
			...getProfilePictureFields.map((field) => ({
				...field,
				displayOptions: { show: { resource: ['contact'], operation: ['getProfilePicture'] } },
			})),
		],
	};

	methods = { credentialTest: { testCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await getProfilePictures(this)];
	}
}
