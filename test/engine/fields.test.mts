import { type INode, type INodeProperties, type INodeParameters, NodeHelpers } from 'n8n-workflow';

import { Wawp } from '../../nodes/Wawp/Wawp.node';
import { wawpParameters } from './parameters.mts';

const { description } = new Wawp();
const node: INode = {
	id: '1',
	name: 'Wawp',
	type: 'n8n-nodes-wawp.wawp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The options that n8n keeps, which are those that it shows. */
function kept(options: INodeParameters): unknown {
	const parameters = wawpParameters({ options });
	return NodeHelpers.getNodeParameters(description.properties, parameters, false, false, node, description)?.options;
}

/** The options that n8n offers beside those that are set. */
function shown(options: INodeParameters): string[] {
	const collection = description.properties.find(({ name }) => name === 'options') as INodeProperties;
	return (collection.options as INodeProperties[])
		.filter((option) => NodeHelpers.displayParameter(options, option, node, description, wawpParameters({ options })))
		.map(({ name }) => name);
}

describe('n8n shows', () => {
	test('the fallback URL only where it counts', () => {
		expect(shown({})).not.toContain('fallbackUrl');
		expect(shown({ noPicture: 'emptyUrl' })).not.toContain('fallbackUrl');
		expect(shown({ noPicture: 'error' })).not.toContain('fallbackUrl');
		expect(shown({ noPicture: 'fallbackUrl' })).toContain('fallbackUrl');
	});

	test('the field for the file only where the picture is downloaded', () => {
		expect(shown({})).not.toContain('binaryPropertyName');
		expect(shown({ downloadPicture: false })).not.toContain('binaryPropertyName');
		expect(shown({ downloadPicture: true })).toContain('binaryPropertyName');
	});

	test('every other option at any time', () => {
		expect(shown({})).toEqual([
			'downloadPicture',
			'noPicture',
			'includeExpiry',
			'includeInputFields',
			'concurrency',
			'maxRetries',
			'requestsPerMinute',
			'timeout',
		]);
	});
});

test('n8n keeps a fallback URL that is set and counts', () => {
	const options = { noPicture: 'fallbackUrl', fallbackUrl: 'https://example.com/a.png', downloadPicture: true };
	expect(kept(options)).toEqual(options);
});
