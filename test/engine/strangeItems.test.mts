import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { noConnectionOpen, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

// Whatever a node before this one has made: nothing of it may escape execute() where On Error says to continue, since n8n
// would then pass all items on to the success branch, as they came.

const suite = withStandIn();

const MODES = [
	{ onError: 'continueErrorOutput' },
	{ onError: 'continueRegularOutput' },
	{ continueOnFail: true },
	{ onError: 'stopWorkflow', continueOnFail: true },
] as const;

const PHONE = '15551234567';

const strange = fc.constantFrom<unknown>(null, undefined, 0, 7, '', 'text', true, [], [1], {}, { phone: null });
const json = fc.oneof(
	strange,
	fc.constant({ phone: PHONE }),
	fc.record({ phone: strange, error: strange }),
	fc.constant({ phone: 'x'.repeat(1_000_000) }),
);
const binary = fc.oneof(
	strange,
	fc.constant({ data: null }),
	fc.constant({ data: { data: '', mimeType: 'text/plain' } }),
);
const pairedItem = fc.oneof(strange, fc.constant({ item: -1 }), fc.constant({ item: 'x' }), fc.constant([{ item: 0 }]));
const item = fc.oneof(
	{ weight: 9, arbitrary: fc.record({ json, binary, pairedItem }, { requiredKeys: [] }) },
	{ weight: 1, arbitrary: strange },
);

const options = fc.record({
	includeInputFields: fc.boolean(),
	downloadPicture: fc.boolean(),
	includeExpiry: fc.boolean(),
	noPicture: fc.constantFrom('emptyUrl', 'error'),
});

test('In every mode that continues each strange item comes out once, in order, with a picture or with its failure', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(item, { minLength: 1, maxLength: 6 }),
			fc.constantFrom(...MODES),
			options,
			async (items, mode, given) => {
				const { success, failed, error } = await runInEngine({
					leads: [{}, ...items.map(() => ({}))],
					items: [{ json: { phone: PHONE } }, ...items],
					...mode,
					parameters: { options: { ...given, maxRetries: 0, timeout: 1500 } },
				});
				expect(error).toBeUndefined();
				const linkOf = ({ pairedItem: link }: INodeExecutionData) => (link as { item: number }).item;
				const all = [...success, ...failed];
				expect(all.map(linkOf).sort((a, b) => a - b)).toEqual([...Array(items.length + 1).keys()]);
				for (const out of all) {
					const failure = out.json.error as IDataObject | undefined;
					const isPicture = typeof out.json.url === 'string' && out.json.id === `${PHONE}@c.us`;
					expect(isPicture || typeof failure?.reason === 'string').toBe(true);
					expect(String(failure?.contactId ?? '').length).toBeLessThan(300);
				}
				for (const out of failed) expect(typeof (out.json.error as IDataObject).reason).toBe('string');
			},
		),
		{ numRuns: 40, endOnFailure: true },
	);
	await noConnectionOpen(suite.standIn);
}, 120_000);

test('An item whose binary is null is its own item, with its own fields', async () => {
	const { success, failed } = await runInEngine({
		leads: [{}],
		items: [{ json: { name: 'Ada', phone: PHONE }, binary: null }],
		onError: 'continueErrorOutput',
		parameters: { options: { includeInputFields: true } },
	});
	expect(failed).toEqual([]);
	expect(success[0]?.json).toEqual({ name: 'Ada', phone: PHONE, id: `${PHONE}@c.us`, url: expect.any(String) });
});

test('An item that cannot be copied fails alone', async () => {
	const trap = { phone: PHONE };
	Object.defineProperty(trap, 'trap', {
		enumerable: true,
		get: () => {
			throw new Error('no');
		},
	});
	const { success, failed } = await runInEngine({
		leads: [{}, {}],
		items: [{ json: { phone: PHONE } }, { json: trap }],
		onError: 'continueRegularOutput',
		parameters: { options: { includeInputFields: true } },
	});
	expect(failed).toEqual([]);
	expect(success[0]?.json).toMatchObject({ phone: PHONE, url: expect.any(String) });
	expect(success[1]?.json).toEqual({ error: expect.objectContaining({ reason: 'bad-request' }) });
});

test('What nobody has thought of fails every item, and none of them passes for a success', async () => {
	let hasThrown = false;
	const items = new Proxy([{ json: { phone: PHONE } }, { json: { phone: PHONE } }], {
		get: (all, key, receiver) => {
			if (key === 'length' && !hasThrown) {
				hasThrown = true;
				throw new Error('Nobody has thought of this');
			}
			return Reflect.get(all, key, receiver) as unknown;
		},
	});
	const { success, failed } = await runInEngine({ leads: [{}, {}], items, onError: 'continueErrorOutput' });
	expect(success).toEqual([]);
	expect(failed.map(({ json: { error } }) => (error as IDataObject).reason)).toEqual(['bad-request', 'bad-request']);
});
