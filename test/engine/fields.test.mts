import {
	type INode,
	type INodeProperties,
	type INodeParameters,
	type INodeTypeDescription,
	type INodeTypes,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';

import { Wawp } from '../../nodes/Wawp/Wawp.node';
import { tellsTools } from './features.mts';
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

/** n8n has the same node twice: as one of a workflow's, and by another name as an AI agent's tool. */
const asTool = { ...description, name: 'wawpTool' };

const TELLS_TOOLS = tellsTools({ workflow: { NodeHelpers } });
// Where n8n cannot tell a tool from a node, it takes no description of the type beside the node.
const given = (nodeType: INodeTypeDescription) => (TELLS_TOOLS ? [nodeType] : []);
const getNodeParameters = NodeHelpers.getNodeParameters as (...args: unknown[]) => INodeParameters | null;
const displayParameter = NodeHelpers.displayParameter as (...args: unknown[]) => boolean;

/** The options that n8n keeps, which are those that it shows. */
function kept(options: INodeParameters): unknown {
	const parameters = wawpParameters({ options });
	return getNodeParameters(description.properties, parameters, false, false, node, ...given(description))?.options;
}

/** The options that n8n offers beside those that are set. */
function shown(options: INodeParameters, nodeType = description): string[] {
	const collection = description.properties.find(({ name }) => name === 'options') as INodeProperties;
	return (collection.options as INodeProperties[])
		.filter((option) => displayParameter(options, option, node, ...given(nodeType), wawpParameters({ options })))
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
			'defaultCountry',
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

describe('For an AI agent n8n shows', () => {
	const shownToTool = (options: INodeParameters) => shown(options, asTool);

	test('what makes sense for one contact: no file, no fields of an input, no limits for lists', () => {
		const forTools = ['defaultCountry', 'noPicture', 'includeExpiry', 'maxRetries', 'timeout'];
		expect(shownToTool({})).toEqual(TELLS_TOOLS ? forTools : shown({}));
		expect(shownToTool({ downloadPicture: true }).includes('binaryPropertyName')).toBe(!TELLS_TOOLS);
	});
});

describe('Before a run n8n tells', () => {
	const messages = (parameters: INodeParameters, items: number) => {
		const workflow = new Workflow({
			id: 'test',
			active: false,
			nodes: [{ ...node, parameters: wawpParameters(parameters) }],
			connections: {},
			nodeTypes: { getByNameAndVersion: () => new Wawp() } as unknown as INodeTypes,
		});
		const input = Array.from({ length: items }, () => ({ json: { live: true } }));
		return (description.hints ?? []).flatMap(({ message, displayCondition = '', whenToDisplay }) => {
			expect(whenToDisplay).toBe('beforeExecution');
			const rest = [null, 0, 0, node.name, input, 'manual', {}] as const;
			const shown: unknown = workflow.expression.getParameterValue(displayCondition, ...rest);
			expect(typeof shown).toBe('boolean');
			return shown ? message : [];
		});
	};
	const PACED = [expect.stringContaining('60 requests a minute by default')];
	const RISKY = [expect.stringContaining('banned')];
	const live = (requestsPerMinute: number) => ({ refresh: true, options: { requestsPerMinute } });

	test.each<[string, INodeParameters, number, unknown[]]>([
		['nothing of a short list', {}, 30, []],
		['how long a list takes at the default pace', {}, 31, PACED],
		['the same of live lookups', { refresh: '={{ $json.live }}' }, 1000, PACED],
		['nothing where a pace is set', { options: { requestsPerMinute: 600 } }, 1000, []],
		['nothing of live lookups that are as Wawp advises', live(60), 50, []],
		['nothing of a few live lookups', live(0), 49, []],
		['of a risk if live lookups are faster', live(61), 50, RISKY],
		['of a risk if live lookups have no pace', live(0), 50, RISKY],
		['the same if Refresh is mapped', { ...live(0), refresh: '={{ $json.live }}' }, 50, RISKY],
	])('%s', (_what, parameters, items, expected) => {
		expect(messages(parameters, items)).toEqual(expected);
	});
});

describe('What a model is told', () => {
	const field = description.properties.find(({ name }) => name === 'toolDescription') as INodeProperties;
	const parametersOf = (nodeType: INodeTypeDescription) =>
		getNodeParameters(description.properties, wawpParameters(), true, false, node, ...given(nodeType));

	test('is a field of the tool, not of the node', () => {
		expect(displayParameter(wawpParameters(), field, node, ...given(asTool))).toBe(TELLS_TOOLS);
		expect(displayParameter(wawpParameters(), field, node, ...given(description))).toBe(false);
		expect(parametersOf(asTool)?.toolDescription).toBe(TELLS_TOOLS ? field.default : undefined);
		expect(parametersOf(description)).not.toHaveProperty('toolDescription');
	});

	test('is what it gets, and what not to do with it', () => {
		expect(field.default).toMatch(/WhatsApp profile picture.*URL, null.*or an error.*Do not use it to verify/);
	});
});

// n8n's linter has no rule for that.
test('A placeholder is an example', () => {
	const placeholders = description.properties
		.flatMap((field) => (field.type === 'collection' ? (field.options as INodeProperties[]) : [field]))
		.flatMap(({ placeholder }) => placeholder ?? []);
	expect(placeholders.length).toBeGreaterThan(0);
	for (const placeholder of placeholders) expect(placeholder).toMatch(/^e\.g\. \S/);
});

test('n8n keeps a fallback URL that is set and counts', () => {
	const options = { noPicture: 'fallbackUrl', fallbackUrl: 'https://example.com/a.png', downloadPicture: true };
	expect(kept(options)).toEqual(options);
});
