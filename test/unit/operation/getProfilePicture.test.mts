import {
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
	type NodeExecutionHint,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { Readable } from 'node:stream';

import { getProfilePictures } from '../../../nodes/Wawp/operation/getProfilePicture';

const urlOf = (contactId: string) => `https://pps.whatsapp.net/${contactId}.jpg`;

interface Given {
	items?: IDataObject[];
	options?: INodeParameters;
	node?: Partial<INode>;
	credential?: IDataObject;
	continueOnFail?: boolean;
	cancel?: AbortSignal;
	helpers?: object;
	more?: object;
}

/** A contact that the gateway refuses, and one without a picture. */
const REFUSED = '15558004000@c.us';
const NO_PICTURE = '15558004040@c.us';

/** Runs the operation on items whose contact IDs are in `phone`. All contacts have a picture but those above. */
async function run({
	items = [{ phone: '15551234567' }],
	options = {},
	node = { onError: 'continueRegularOutput' },
	credential = { instance_id: 'instance-1', access_token: 'token-1' },
	continueOnFail = node.onError !== undefined && node.onError !== 'stopWorkflow',
	cancel,
	helpers = {},
	more = {},
}: Given = {}) {
	const asked: string[] = [];
	const hints: NodeExecutionHint[] = [];
	// The tests share one account, and so its pace.
	const parameters = { contactId: '={{ $json.phone }}', options: { requestsPerMinute: 0, ...options } };
	const context = {
		getNode: () => ({ name: 'Wawp', type: 'n8n-nodes-wawp.wawp', parameters, ...node }),
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (_: string, itemIndex: number) => items[itemIndex]?.phone,
		getCredentials: async () => credential,
		continueOnFail: () => continueOnFail,
		getExecutionCancelSignal: () => cancel,
		addExecutionHints: (...added: NodeExecutionHint[]) => void hints.push(...added),
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url, qs }: { url: string; qs?: { contactId: string } }) => {
				const answer = (statusCode: number, said: object) => ({
					...{ statusCode, headers: {} },
					body: Readable.from([Buffer.from(JSON.stringify(said))]),
				});
				if (url.endsWith('/session/info')) return answer(200, { status: 'WORKING' });
				if (!qs) return answer(400, {});
				const { contactId: id } = qs;
				asked.push(id);
				if (id === REFUSED) return answer(400, {});
				return answer(200, { id, url: id === NO_PICTURE ? null : urlOf(id) });
			},
			...helpers,
		},
		...more,
	} as unknown as IExecuteFunctions;
	const output = await getProfilePictures(context).catch((error: Error) => error);
	return { output, asked, hints: hints.map(({ message }) => message) };
}

const found = (item: number, contactId = '15551234567@c.us') => ({
	json: { id: contactId, url: urlOf(contactId) },
	pairedItem: { item },
});
const failedAs = (reason: string) => expect.objectContaining({ reason }) as object;

describe('The pictures of a list', () => {
	test('come out one for each item, in order, linked with it', async () => {
		const { output, asked } = await run({
			items: [{ phone: '15551234567' }, { phone: 'no' }, { phone: '+44 20 7946 0958' }],
		});
		expect(output).toEqual([
			found(0),
			{ json: { error: failedAs('invalid-contact-id') }, pairedItem: { item: 1 } },
			found(2, '442079460958@c.us'),
		]);
		expect(asked).toEqual(['15551234567@c.us', '442079460958@c.us']);
	});

	test('come with what the options of each item ask for', async () => {
		const { output } = await run({
			items: [{ name: 'Ada', phone: '15551234567' }],
			options: { includeInputFields: true },
		});
		expect(output).toMatchObject([{ json: { name: 'Ada', phone: '15551234567', id: '15551234567@c.us' } }]);
	});

	test('are downloaded where an option asks for that', async () => {
		const file = { data: 'aW1hZ2U=', mimeType: 'image/png' };
		const { output } = await run({
			options: { downloadPicture: true, binaryPropertyName: 'picture' },
			helpers: {
				httpRequest: async () => ({ statusCode: 200, headers: {}, body: Readable.from([Buffer.from('GIF89a')]) }),
				prepareBinaryData: async () => file,
			},
		});
		expect(output).toEqual([{ ...found(0), binary: { picture: file } }]);
	});

	test('come with hints about the run, where n8n has them', async () => {
		const twice = { items: [{ phone: '15551234567' }, { phone: '15551234567' }] };
		const repeated = '2 items: 2 with a picture. Items that share the lookup of an earlier one: 1.';
		expect((await run(twice)).hints).toEqual([repeated]);
		expect((await run({ ...twice, more: { addExecutionHints: undefined } })).output).toEqual([found(0), found(1)]);
		const { hints } = await run({ node: { onError: 'continueRegularOutput', retryOnFail: true } });
		expect(hints).toEqual([expect.stringContaining("'Retry On Fail' is on")]);
	});

	test('come with a hint that the default pace slowed the run, unless a pace is set', async () => {
		const items = Array.from({ length: 11 }, (_, index) => ({ phone: `1555123${1000 + index}` }));
		const credential = { instance_id: 'instance-2', access_token: 'token-2' };
		const node = { onError: 'continueRegularOutput', parameters: { contactId: '={{ $json.phone }}' } } as const;
		jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
		const paced = run({ items, credential, node });
		await jest.runAllTimersAsync();
		jest.useRealTimers();
		expect((await paced).hints).toEqual([
			expect.stringContaining('At 60 requests a minute, the default, this takes about 10 s.'),
		]);
		expect((await run({ items })).hints).toEqual([]);
	});

	test('come where n8n has no signal that stops an execution', async () => {
		expect((await run({ more: { getExecutionCancelSignal: undefined } })).output).toEqual([found(0)]);
	});

	test('are none once the execution was stopped', async () => {
		const { output, asked } = await run({ cancel: AbortSignal.abort() });
		expect([output, asked]).toEqual([[], []]);
	});
});

describe('A failure', () => {
	const items = [
		{ name: 'Ada', phone: '15551234567' },
		{ name: 'Eli', phone: 'no' },
		{ name: 'Fay', phone: 'none' },
	];

	test.each<[string, Given]>([
		['On Error says so', { node: { onError: 'continueRegularOutput' } }],
		['the setting of old workflows says so', { node: { onError: 'stopWorkflow', continueOnFail: true } }],
		['n8n says so', { node: {}, continueOnFail: true }],
		['an AI agent asks', { node: { type: 'n8n-nodes-wawp.wawpTool' } }],
	])('goes on as an item where %s', async (_what, given) => {
		expect((await run({ items, ...given })).output).toMatchObject([
			found(0),
			{ json: { error: { reason: 'invalid-contact-id' } } },
			{ json: { error: { reason: 'invalid-contact-id' } } },
		]);
	});

	test.each<[Partial<INode>]>([[{}], [{ onError: 'stopWorkflow' }], [{ continueOnFail: false }]])(
		'stops the workflow else, named after the first item that failed: %j',
		async (node) => {
			const { output } = await run({ items, node });
			expect(output).toBeInstanceOf(NodeOperationError);
			expect(output).toMatchObject({ message: expect.stringContaining('"no"') as string, context: { itemIndex: 1 } });
		},
	);

	test('stops the workflow with the lowest item that fails, though a later one was known to fail before', async () => {
		const { output, asked } = await run({ items: [{ phone: REFUSED }, { phone: 'no' }], node: {} });
		expect([asked, output]).toMatchObject([[REFUSED], { context: { itemIndex: 0 } }]);
	});

	test('stops the workflow at an item without a contact, once those before it have their picture', async () => {
		const { output, asked } = await run({ items: [{ phone: '15551234567' }, { phone: 'no' }], node: {} });
		expect(asked).toEqual(['15551234567@c.us']);
		expect(output).toMatchObject({ message: expect.stringContaining('"no"') as string, context: { itemIndex: 1 } });
	});

	test('that an answer tells stops the workflow as one of the API', async () => {
		const { output } = await run({ items: [{ phone: NO_PICTURE }], options: { noPicture: 'error' }, node: {} });
		expect(output).toBeInstanceOf(NodeApiError);
	});

	test.each([
		['is alone on the error output, where n8n adds its fields', 'continueErrorOutput', {}],
		['is beside the fields of its item on the one output', 'continueRegularOutput', items[1]],
	] as const)('%s', async (_what, onError, fields) => {
		const { output } = await run({
			items: items.slice(1, 2),
			node: { onError },
			options: { includeInputFields: true },
		});
		expect(output).toEqual([{ json: { ...fields, error: failedAs('invalid-contact-id') }, pairedItem: { item: 0 } }]);
	});

	test('is what each item has where an option of the run is unusable, or the credential, and nothing is asked', async () => {
		const unusable = await run({ options: { concurrency: 0 } });
		expect(unusable).toMatchObject({ asked: [], output: [{ json: { error: { reason: 'bad-request' } } }] });
		const blank = await run({ credential: { instance_id: '', access_token: 'token-1' } });
		expect(blank).toMatchObject({ asked: [], output: [{ json: { error: { reason: 'credential-invalid' } } }] });
	});

	const UNREADABLE = { message: 'This item could not be read', reason: 'bad-request', retryable: false };
	const unreadable = Object.defineProperty({ phone: '15551234567' }, 'name', {
		enumerable: true,
		get: () => {
			throw new Error('Nobody can read this');
		},
	});

	test('of an item that cannot be copied is its own alone, or stops the workflow', async () => {
		const given = { items: [unreadable, { phone: '15551234567' }], options: { includeInputFields: true } };
		const error = { ...UNREADABLE, attempts: 1, contactId: '15551234567@c.us' };
		expect((await run(given)).output).toMatchObject([{ json: { error } }, found(1)]);
		const { output } = await run({ ...given, node: {} });
		expect(output).toBeInstanceOf(NodeOperationError);
		expect(output).toMatchObject({ message: UNREADABLE.message, context: { itemIndex: 0 } });
	});

	test('is what each item has if something throws that should not', async () => {
		const addExecutionHints = () => {
			throw new Error('Nobody has thought of this');
		};
		const given = { items: [{ phone: '15551234567' }, {}], more: { addExecutionHints } };
		const error = expect.objectContaining({ ...UNREADABLE, attempts: 0, contactId: null }) as object;
		const { output } = await run(given);
		expect(output).toEqual([0, 1].map((item) => ({ json: { error }, pairedItem: { item } })));
		expect((await run({ ...given, items: [], node: {} })).output).toEqual(new Error('Nobody has thought of this'));
	});
});
