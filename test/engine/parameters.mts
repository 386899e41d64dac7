import type { INodeParameters } from 'n8n-workflow';

/** The parameters of the Wawp node in a workflow whose leads have a field `phone`. */
export function wawpParameters(parameters: INodeParameters = {}): INodeParameters {
	return {
		resource: 'contact',
		operation: 'getProfilePicture',
		contactId: '={{ $json.phone }}',
		refresh: false,
		options: {},
		...parameters,
	};
}
