import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { getProfilePictureFields, getProfilePictures } from './contact/getProfilePicture';

/**
 * The Wawp node as n8n shows and calls it.
 *
 * It is programmatic because n8n's declarative style can neither bound the requests in flight nor link an output
 * item to its input, without which the error output loses the input's fields.
 */
export class Wawp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wawp',
		name: 'wawp',
		icon: { light: 'file:../../icons/wawp.svg', dark: 'file:../../icons/wawp.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["resource"] + ": " + $parameter["operation"] }}',
		description: 'Get WhatsApp profile pictures of contacts through the Wawp gateway',
		defaults: { name: 'Wawp' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wawpApi', required: true }],
		properties: [
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

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await getProfilePictures(this)];
	}
}
