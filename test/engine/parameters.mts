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

/** The same without a pace, so that no test waits for one that it does not set. */
export function unpacedParameters({ options = {}, ...parameters }: INodeParameters = {}): INodeParameters {
	const isCollection = typeof options === 'object' && options !== null && !Array.isArray(options);
	return wawpParameters({ ...parameters, options: isCollection ? { requestsPerMinute: 0, ...options } : options });
}
