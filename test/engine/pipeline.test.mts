import { Expression, type IBinaryKeyData, type IDataObject, type INodeParameters, type OnError } from 'n8n-workflow';

import { CONTACTS } from '../stand-in/contacts.mts';
import { withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const ADA = { id: 7, name: 'Ada', phone: '15551234567', url: 'https://ada.example.com' };
const DAN = { id: 8, name: 'Dan', phone: CONTACTS.hidden401.id };
const EVE = { id: 9, name: 'Eve', phone: 'call me' };
const FALLBACK = 'https://example.com/avatar.png';

async function run(
	leads: IDataObject[],
	options: INodeParameters,
	onError: OnError = 'continueErrorOutput',
	files?: IBinaryKeyData,
) {
	return await runInEngine({ leads, onError, parameters: { options }, ...(files && { files }) });
}

const reasonOf = ({ json }: { json: IDataObject }) => (json.error as IDataObject | undefined)?.reason;

describe('If There Is No Picture', () => {
	test('Output an Empty URL: the item goes on with null', async () => {
		const { success } = await run([DAN], { noPicture: 'emptyUrl' });
		expect(success.map(({ json }) => json)).toEqual([{ id: DAN.phone, url: null }]);
	});

	test('Output a Fallback URL: the item goes on with that URL, and a contact with a picture keeps its own', async () => {
		const { success } = await run([DAN, ADA], { noPicture: 'fallbackUrl', fallbackUrl: FALLBACK });
		expect(success.map(({ json }) => json.url)).toEqual([FALLBACK, expect.stringContaining('pps.whatsapp.net')]);
	});

	test('Fail the Item: it goes to the error output with its own fields and the reason no-picture', async () => {
		const { success, failed } = await run([ADA, DAN], { noPicture: 'error' });
		expect(success).toHaveLength(1);
		expect(failed.map(({ json }) => json)).toEqual([
			{
				...DAN,
				error: {
					message: 'This contact has no profile picture, or does not show it to you',
					description: expect.any(String),
					reason: 'no-picture',
					retryable: false,
					attempts: 1,
					contactId: DAN.phone,
				},
			},
		]);
	});

	test('Fail the Item, with Stop Workflow: the workflow ends with an error that names the item', async () => {
		const { error } = await run([ADA, DAN, ADA], { noPicture: 'error' }, 'stopWorkflow');
		expect(error).toMatchObject({ message: expect.stringContaining('no profile picture'), context: { itemIndex: 1 } });
	});

	test.each([
		['', 'is missing'],
		[undefined, 'is missing'],
		['ftp://example.com/a.png', 'has an invalid value'],
		['example.com/a.png', 'has an invalid value'],
		['javascript:alert(1)', 'has an invalid value'],
		['https://', 'has an invalid value'],
	])(
		'a fallback URL of %p fails every item before any request, and says what to set: it %s',
		async (fallbackUrl, what) => {
			const { failed } = await run([ADA, DAN], { noPicture: 'fallbackUrl', fallbackUrl } as INodeParameters);
			expect(failed.map(reasonOf)).toEqual(['bad-request', 'bad-request']);
			expect(failed[0]?.json.error).toMatchObject({
				message: `'Fallback URL' ${what}`,
				description: expect.stringContaining('a URL that begins with https:// or http://'),
			});
			expect(suite.standIn.gateway.counts.lookUps).toBe(0);
		},
	);

	test('a fallback URL that is left over does no harm where nothing uses it', async () => {
		const { success } = await run([DAN], { noPicture: 'emptyUrl', fallbackUrl: 'not a URL' });
		expect(success.map(({ json }) => json.url)).toEqual([null]);
	});

	test('the fallback URL is not downloaded', async () => {
		const { success } = await run([DAN], { noPicture: 'fallbackUrl', fallbackUrl: FALLBACK, downloadPicture: true });
		expect(success[0]?.binary).toBeUndefined();
		expect(suite.standIn.gateway.counts.strays).toEqual([]);
	});
});

describe('Include Expiry', () => {
	test('adds the time that the URL itself names, in ISO 8601', async () => {
		const { success } = await run([ADA], { includeExpiry: true });
		const { url, expiresAt } = success[0]?.json as Record<string, string>;
		const seconds = Number.parseInt(new URL(url ?? '').searchParams.get('oe') ?? '', 16);
		expect(expiresAt).toBe(new Date(seconds * 1000).toISOString());
	});

	test('adds null where the URL does not say, or there is none', async () => {
		const { success } = await run([{ phone: CONTACTS.renumbered.id }, DAN], { includeExpiry: true });
		expect(success.map(({ json }) => json.expiresAt)).toEqual([null, null]);
	});
});

describe('Include Input Fields', () => {
	test('puts the fields of the lead first, and replaces its own id and url', async () => {
		const { success } = await run([ADA, DAN], { includeInputFields: true, includeExpiry: true });
		expect(success.map(({ json }) => json)).toEqual([
			{
				...ADA,
				id: '15551234567@c.us',
				url: expect.stringContaining('pps.whatsapp.net'),
				expiresAt: expect.any(String),
			},
			{ ...DAN, id: DAN.phone, url: null, expiresAt: null },
		]);
	});

	test('leaves out the error of a former pass of this node, and keeps any other field of that name', async () => {
		const { failed } = await run([EVE], {});
		const again = { ...failed[0]?.json, phone: ADA.phone };
		const own = { ...ADA, error: 'of the lead itself' };
		const { success } = await run([again, own], { includeInputFields: true });
		expect(success[0]?.json).toEqual({ ...EVE, phone: ADA.phone, id: '15551234567@c.us', url: expect.any(String) });
		expect(success[1]?.json.error).toBe('of the lead itself');
	});

	test('gives items that share a lookup their own fields', async () => {
		const { success } = await run([ADA, { ...ADA, name: 'Ada again' }], { includeInputFields: true });
		expect(success.map(({ json }) => json.name)).toEqual(['Ada', 'Ada again']);
	});

	test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'leaves a failure with the fields of its lead and the error, with On Error %s',
		async (onError) => {
			const { success, failed } = await run([EVE, ADA], { includeInputFields: true }, onError);
			const failures = [...success, ...failed].filter(reasonOf);
			expect(failures.map(({ json }) => json)).toEqual([
				{ ...EVE, error: expect.objectContaining({ reason: 'invalid-contact-id' }) },
			]);
			expect([success.length, failed.length]).toEqual(onError === 'continueErrorOutput' ? [1, 1] : [2, 0]);
		},
	);
});

describe('an option that is no option', () => {
	test.each<[string, INodeParameters]>([
		['If There Is No Picture', { noPicture: 'skip' }],
		['Download Picture', { downloadPicture: 'perhaps' }],
		['Include Expiry', { includeExpiry: 1 }],
		['Include Input Fields', { includeInputFields: '={{ $json.nothing }}' }],
		['Put Output File in Field', { downloadPicture: true, binaryPropertyName: ' ' }],
	])('%s fails every item, and is named', async (displayName, options) => {
		const { failed } = await run([ADA, DAN], options);
		expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([
			`'${displayName}' has an invalid value`,
			`'${displayName}' has an invalid value`,
		]);
		expect(suite.standIn.gateway.counts.lookUps).toBe(0);
	});
});

describe('An expression in an option', () => {
	const FAY = { ...DAN, id: 10, name: 'Fay Wray', phone: CONTACTS.emptyUrl.id };
	const byName = { noPicture: 'fallbackUrl', fallbackUrl: '=https://ui-avatars.com/api/?name={{ $json.name }}' };

	test('is evaluated for each item: each lead without a picture has a fallback URL of its own', async () => {
		const { success } = await run([DAN, ADA, FAY], byName);
		expect(success.map(({ json }) => json.url)).toEqual([
			'https://ui-avatars.com/api/?name=Dan',
			expect.stringContaining('pps.whatsapp.net'),
			'https://ui-avatars.com/api/?name=Fay%20Wray',
		]);
	});

	test('that yields nothing usable for one item fails that item alone, without a request, and keeps its fields', async () => {
		const leads = [
			{ ...ADA, avatar: 'https://a.example' },
			{ ...DAN, avatar: '' },
			{ ...FAY, avatar: 'https://b.example' },
		];
		const options = { noPicture: 'fallbackUrl', fallbackUrl: '={{ $json.avatar }}', includeInputFields: true };
		const { success } = await run(leads, options, 'continueRegularOutput');
		expect(success.map(({ json }) => json)).toEqual([
			{ ...leads[0], id: '15551234567@c.us', url: expect.stringContaining('pps.whatsapp.net') },
			{
				...leads[1],
				error: expect.objectContaining({ reason: 'bad-request', message: "'Fallback URL' is missing", attempts: 0 }),
			},
			{ ...leads[2], id: FAY.phone, url: 'https://b.example' },
		]);
		expect(suite.standIn.gateway.counts.lookUps).toBe(2);
	});

	test('that throws for one item fails that item alone, the first one, too', async () => {
		const includeExpiry = '={{ $json.name === "Dan" ? $("No such node").item.json.on : true }}';
		const { success, failed } = await run([DAN, ADA], { includeExpiry });
		expect(failed.map(({ json }) => [json.name, (json.error as IDataObject).message])).toEqual([
			['Dan', "The expression in 'Include Expiry' under Options could not be evaluated"],
		]);
		expect(success.map(({ json }) => Object.keys(json))).toEqual([['id', 'url', 'expiresAt']]);
	});

	test('decides for each item what becomes of it, the same contact included, which is looked up once', async () => {
		const leads = [
			{ phone: ADA.phone, wants: true, file: 'photo', strict: 'emptyUrl' },
			{ phone: ADA.phone, wants: false, file: '', strict: 'error' },
			{ phone: DAN.phone, wants: false, file: '', strict: 'error' },
			{ phone: DAN.phone, wants: true, file: 'avatar', strict: 'emptyUrl' },
		];
		const { success, failed } = await run(leads, {
			downloadPicture: '={{ $json.wants }}',
			binaryPropertyName: '={{ $json.file }}',
			noPicture: '={{ $json.strict }}',
			includeInputFields: '={{ $json.wants }}',
		});
		expect(success.map(({ json, binary }) => [json.url !== null, json.file, Object.keys(binary ?? {})])).toEqual([
			[true, 'photo', ['photo']],
			[true, undefined, []],
			[false, 'avatar', []],
		]);
		expect(failed.map(reasonOf)).toEqual(['no-picture']);
		expect(suite.standIn.gateway.counts.lookUps).toBe(2);
	});

	test('of the run is evaluated for the first item only', async () => {
		const { success, failed } = await run(
			[
				{ ...ADA, wait: 5000 },
				{ ...DAN, wait: 'soon' },
			],
			{ timeout: '={{ $json.wait }}' },
		);
		expect([success.length, failed.length]).toEqual([2, 0]);
	});
});

describe('What n8n has to evaluate', () => {
	/** The expressions that n8n evaluated while the node ran. */
	async function evaluated(options: INodeParameters): Promise<string[]> {
		const evaluate = jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');
		await run([ADA, DAN, ADA], options);
		const expressions = evaluate.mock.calls.map(([value]) => value).filter((value) => String(value).startsWith('='));
		evaluate.mockRestore();
		return expressions as string[];
	}

	test('is nothing where options are fixed, or a field was dragged onto them', async () => {
		expect(await evaluated({ includeExpiry: true, timeout: 5000, noPicture: 'error', maxRetries: 1 })).toEqual([]);
		expect(await evaluated({ defaultCountry: '={{ $json.name }}' })).toEqual([]);
	});

	test('is an expression for each item, and one of the run once', async () => {
		const perItem = '={{ $json.name === "Ada" }}';
		const ofTheRun = '={{ 1000 * 5 }}';
		expect(await evaluated({ includeExpiry: perItem, timeout: ofTheRun, noPicture: 'error' })).toEqual([
			...[ofTheRun, perItem],
			...[perItem, perItem],
		]);
	});
});

describe('Files of the lead', () => {
	const cv = { data: Buffer.from('cv').toString('base64'), mimeType: 'text/plain', fileName: 'cv.txt' };
	const files = { cv, data: { ...cv, fileName: 'other.txt' } };
	const include = { includeInputFields: true };

	test('come along with Include Input Fields, and do not otherwise', async () => {
		const { success } = await run([ADA], include, undefined, files);
		expect(success[0]?.binary).toEqual(files);
		expect((await run([ADA], {}, undefined, files)).success[0]?.binary).toBeUndefined();
	});

	test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'do not come along with a failure, with On Error %s: some modes of n8n would take it for a success',
		async (onError) => {
			const { success, failed } = await run([EVE], include, onError, files);
			const [failure] = [...success, ...failed];
			expect(reasonOf(failure ?? { json: {} })).toBe('invalid-contact-id');
			expect(failure?.binary).toBeUndefined();
			expect(failed).toHaveLength(onError === 'continueErrorOutput' ? 1 : 0);
			expect(failure?.json.name).toBe('Eve');
		},
	);

	test('do not pass for a picture that was to be downloaded', async () => {
		const { success } = await run([ADA, DAN], { ...include, downloadPicture: true }, undefined, files);
		expect(success.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['cv', 'data'], ['cv']]);
		expect(success[0]?.binary?.data?.fileName).toBe('15551234567.jpg');
	});
});

describe('Default Country', () => {
	const LEADS = [
		{ phone: '020 7946 0958', country: 'United Kingdom' },
		{ phone: '(555) 123-4567', country: 'usa' },
		{ phone: '0152 28817386', country: 49 },
		{ phone: '+61 491 570 156', country: 'Nowhere' },
		{ phone: '0170 1234567', country: 'Nowhere' },
		{ phone: '0170 1234567', country: null },
	];

	test('is that of each lead, where an expression says so', async () => {
		const { success, failed } = await run(LEADS, { defaultCountry: '={{ $json.country }}' });
		expect(success.map(({ json }) => json.id)).toEqual([
			'442079460958@c.us',
			'15551234567@c.us',
			'4915228817386@c.us',
			'61491570156@c.us',
		]);
		expect(failed.map(({ json }) => [reasonOf({ json }), (json.error as IDataObject).message])).toEqual([
			['invalid-contact-id', '"Nowhere" in \'Default Country\' is not a country'],
			['invalid-contact-id', '"0170 1234567" is missing the country code'],
		]);
	});

	test('is the same for all leads, where it was chosen from the list', async () => {
		const { success } = await run([{ phone: '0152 28817386' }, { phone: '+1 555 123 4567' }], { defaultCountry: 'DE' });
		expect(success.map(({ json }) => json.id)).toEqual(['4915228817386@c.us', '15551234567@c.us']);
	});
});
