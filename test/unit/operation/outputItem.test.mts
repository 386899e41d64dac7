import Ajv from 'ajv';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readFileSync } from 'node:fs';

import type { Failure } from '../../../nodes/Wawp/failure';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import { outputItem } from '../../../nodes/Wawp/operation/outputItem';
import type { ItemResult } from '../../../nodes/Wawp/run/run';

const ID = '15551234567@c.us';
// wawp-api.md: oe=66BC702E is 2024-08-14T08:52Z.
const URL = 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg?oe=66BC702E';
const EXPIRY = '2024-08-14T08:51:58.000Z';

const WHY: Failure = {
	reason: 'invalid-contact-id',
	message: 'What happened',
	description: 'What to do',
	retryable: false,
};
const pictureAt = (url: string): ItemResult => ({
	outcome: { kind: 'picture', id: ID, url },
	attempts: 1,
	contactId: ID,
});
const failedWith = (failure: Failure, contactId: ItemResult['contactId'] = 'Ada'): ItemResult => ({
	outcome: { kind: 'failure', failure },
	attempts: 4,
	contactId,
});
const PICTURE = pictureAt(URL);
const NONE: ItemResult = { outcome: { kind: 'none', id: ID }, attempts: 2, contactId: ID };
const FAILED = failedWith(WHY);
const ERROR = { ...WHY, attempts: 4, contactId: 'Ada' };

const FILE: IBinaryData = { data: 'aW1hZ2U=', mimeType: 'image/jpeg', fileName: '15551234567.jpg' };
const SHEET: IBinaryData = { data: 'c2hlZXQ=', mimeType: 'text/csv', fileName: 'leads.csv' };
const LEAD: INodeExecutionData = { json: { name: 'Ada', phone: '+1 555 123 4567' }, binary: { sheet: SHEET } };

const AVATAR = { noPicture: 'fallbackUrl', fallbackUrl: 'https://example.com/avatar.png?oe=66BC702E' } as const;
const WITH_INPUT = { includeInputFields: true };

interface Given {
	itemIndex?: number;
	input?: unknown;
	options?: Partial<Options>;
	n8nAddsInput?: boolean;
}

/** With a lead for the input, which is not to be seen unless an option asks for it. */
function output(result: ItemResult, { itemIndex = 0, input = LEAD, options, n8nAddsInput = false }: Given = {}) {
	const shape = { options: { ...DEFAULT_OPTIONS, ...options }, n8nAddsInput };
	return outputItem(result, itemIndex, input as INodeExecutionData, shape);
}

describe('The fields of a success', () => {
	const schema = JSON.parse(
		readFileSync('nodes/Wawp/__schema__/v1.0.0/contact/getProfilePicture.json', 'utf8'),
	) as Record<string, object>;
	const validate = new Ajv({ allowUnionTypes: true })
		.addKeyword('version')
		.compile({ ...schema, additionalProperties: false });
	const expiring = { includeExpiry: true };

	test.each<[string, ItemResult, Partial<Options>, object]>([
		['a picture', PICTURE, {}, { id: ID, url: URL }],
		['a picture, if there is a fallback', PICTURE, AVATAR, { id: ID, url: URL }],
		['no picture', NONE, {}, { id: ID, url: null }],
		['no picture, if there is a fallback', NONE, AVATAR, { id: ID, url: AVATAR.fallbackUrl }],
		['a picture with its expiry', PICTURE, expiring, { id: ID, url: URL, expiresAt: EXPIRY }],
		...['https://pps.whatsapp.net/1.jpg', 'https://pps.whatsapp.net/1.jpg?oe=soon', 'http://'].map(
			(url): [string, ItemResult, Partial<Options>, object] => [
				`${url}, which names no expiry`,
				pictureAt(url),
				expiring,
				{ id: ID, url, expiresAt: null },
			],
		),
		['no picture, which has no expiry', NONE, expiring, { id: ID, url: null, expiresAt: null }],
		[
			'a fallback, which has no expiry',
			NONE,
			{ ...AVATAR, ...expiring },
			{ id: ID, url: AVATAR.fallbackUrl, expiresAt: null },
		],
	])('are, in this order and as n8n offers them before the first run, for %s', (_what, result, options, json) => {
		expect(output(result, { itemIndex: 3, options })).toStrictEqual({ json, pairedItem: { item: 3 } });
		expect(Object.keys(output(result, { options }).json)).toStrictEqual(Object.keys(json));
		expect([validate(json), validate.errors]).toEqual([true, null]);
	});

	test('are all that n8n offers before the first run', () => {
		expect(Object.keys(schema.properties as object)).toStrictEqual(['id', 'url', 'expiresAt']);
		expect(schema.required).toStrictEqual(['id', 'url']);
	});

	test('have the ID that the gateway answered with', () => {
		const outcome = { kind: 'picture' as const, id: '5511912345678@c.us', url: URL };
		expect(output({ ...PICTURE, outcome, contactId: '551112345678@c.us' }).json).toHaveProperty('id', outcome.id);
	});
});

describe('The error of a failure', () => {
	const LIMITED: Failure = { ...WHY, reason: 'download-failed', statusCode: 429, retryAfterMs: 0, url: URL };

	test.each<[string, ItemResult, object]>([
		['without an answer', FAILED, ERROR],
		['with all that is known', failedWith(LIMITED, ID), { ...LIMITED, attempts: 4, contactId: ID }],
		...[null, 42, ''].map((typed): [string, ItemResult, object] => [
			`with ${JSON.stringify(typed)} for a contact ID`,
			failedWith(WHY, typed),
			{ ...ERROR, contactId: typed },
		]),
	])('is all that the item has: %s', (_what, result, error) => {
		for (const options of [{}, { includeExpiry: true }]) {
			expect(output(result, { itemIndex: 7, options })).toStrictEqual({ json: { error }, pairedItem: { item: 7 } });
		}
	});

	test('has its fields in the order in which people read them', () => {
		const { error } = output(failedWith(LIMITED)).json;
		expect(Object.keys(error as object)).toStrictEqual([
			...['message', 'description', 'reason', 'statusCode', 'retryable', 'attempts', 'contactId', 'retryAfterMs'],
			'url',
		]);
	});
});

describe("The input's fields and files", () => {
	test('come first, then ID, URL and expiry', () => {
		const { json } = output(PICTURE, { options: { ...WITH_INPUT, includeExpiry: true } });
		expect(json).toStrictEqual({ ...LEAD.json, id: ID, url: URL, expiresAt: EXPIRY });
		expect(Object.keys(json)).toStrictEqual(['name', 'phone', 'id', 'url', 'expiresAt']);
		expect(output(NONE, { options: WITH_INPUT }).json).toStrictEqual({ ...LEAD.json, id: ID, url: null });
	});

	test('are replaced by the output fields of the same name, and stay as they are in the input', () => {
		const input = { json: { url: 'https://ada.example', id: 7, expiresAt: 'never', error: 'none' } };
		const copy = structuredClone(input);
		const { json } = output(PICTURE, { input, options: { ...WITH_INPUT, includeExpiry: true } });
		expect(json).toStrictEqual({ id: ID, url: URL, expiresAt: EXPIRY, error: 'none' });
		expect(output(PICTURE, { input, options: WITH_INPUT }).json).toHaveProperty('expiresAt', 'never');
		expect(output(FAILED, { input, options: WITH_INPUT }).json).toStrictEqual({ ...input.json, error: ERROR });
		expect(input).toStrictEqual(copy);
	});

	test('come without what else the input item has', () => {
		const input = { ...LEAD, pairedItem: { item: 9 }, error: undefined };
		expect(output(PICTURE, { input, options: WITH_INPUT })).toStrictEqual({
			json: { ...LEAD.json, id: ID, url: URL },
			binary: { sheet: SHEET },
			pairedItem: { item: 0 },
		});
	});

	test.each([
		...[{ json: {} }, { json: {}, binary: {} }, undefined, {}],
		...[
			{ json: null, binary: null },
			{ json: [1], binary: [1] },
			{ json: 'text', binary: 7 },
		],
	])('can be none: %j', (input) => {
		for (const downloadPicture of [false, true]) {
			const shape = { options: { ...DEFAULT_OPTIONS, ...WITH_INPUT, downloadPicture }, n8nAddsInput: false };
			for (const result of [PICTURE, FAILED]) {
				expect(outputItem(result, 0, input as INodeExecutionData, shape)).toStrictEqual(output(result));
			}
		}
	});

	test('come before the error of a failure, without the files', () => {
		expect(output(FAILED, { options: WITH_INPUT })).toStrictEqual({
			json: { ...LEAD.json, error: ERROR },
			pairedItem: { item: 0 },
		});
		expect(Object.keys(output(FAILED, { options: WITH_INPUT }).json)).toStrictEqual(['name', 'phone', 'error']);
	});

	// Beside another key, or with a file in n8n 2's combined mode, n8n would not send the item to the error output.
	test('are left to n8n if it adds them to a failure', () => {
		expect(output(FAILED, { options: WITH_INPUT, n8nAddsInput: true })).toStrictEqual(output(FAILED));
		expect(output(PICTURE, { options: WITH_INPUT, n8nAddsInput: true }).json).toMatchObject(LEAD.json);
	});

	test('come without the error of an earlier attempt once the contact has been looked up', () => {
		const input = { json: { name: 'Ada', error: ERROR } };
		expect(output(PICTURE, { input, options: WITH_INPUT }).json).toStrictEqual({ name: 'Ada', id: ID, url: URL });
		expect(output(NONE, { input, options: WITH_INPUT }).json).toStrictEqual({ name: 'Ada', id: ID, url: null });
	});

	test.each([
		...['none', null, 404, { message: 'Denied' }, { reason: 'late', retryable: true }],
		...[
			{ reason: 1, attempts: 2 },
			{ retryable: true, attempts: 2 },
		],
	])("come with an error that is not this node's: %j", (error) => {
		expect(output(PICTURE, { input: { json: { error } }, options: WITH_INPUT }).json).toHaveProperty('error', error);
	});

	test('that cannot be copied are an error', () => {
		const throws = { enumerable: true, get: () => JSON.parse('') as unknown };
		const input = { json: Object.defineProperty({}, 'trap', throws) as IDataObject };
		expect(() => output(NONE, { input, options: WITH_INPUT })).toThrow(SyntaxError);
		expect(output(NONE, { input })).toStrictEqual(output(NONE));
	});
});

describe('The picture itself', () => {
	const downloaded = (options: Partial<Options> = {}, input: unknown = LEAD) =>
		output({ ...PICTURE, file: FILE }, { options: { downloadPicture: true, ...options }, input });

	test('is a file in the field that is named for it, and a copy for each item', () => {
		expect(downloaded()).toStrictEqual({ json: { id: ID, url: URL }, binary: { data: FILE }, pairedItem: { item: 0 } });
		expect(downloaded({ binaryPropertyName: 'picture' }).binary).toStrictEqual({ picture: FILE });
		expect(downloaded().binary?.data).not.toBe(FILE);
	});

	test("comes after the lead's files, and replaces the one in its field", () => {
		expect(Object.entries(downloaded(WITH_INPUT).binary ?? {})).toStrictEqual([
			['sheet', SHEET],
			['data', FILE],
		]);
		expect(downloaded({ ...WITH_INPUT, binaryPropertyName: 'sheet' }).binary).toStrictEqual({ sheet: FILE });
		expect(LEAD.binary).toStrictEqual({ sheet: SHEET });
	});

	test("is none of the lead's files if there is no picture, unless nothing was to be downloaded", () => {
		const options = { ...WITH_INPUT, downloadPicture: true, binaryPropertyName: 'sheet' };
		expect(output(NONE, { options })).not.toHaveProperty('binary');
		expect(output(NONE, { options: { ...options, binaryPropertyName: 'data' } }).binary).toStrictEqual(LEAD.binary);
		expect(output(NONE, { options: { ...options, downloadPicture: false } }).binary).toStrictEqual(LEAD.binary);
	});

	// n8n 2's combined mode has the files of an item there, and fails the run if it finds something else.
	test.each<[unknown, unknown]>([
		[{ data: SHEET, sheet: SHEET }, { sheet: SHEET }],
		[{ data: SHEET }, {}],
		...['text', null, 7, ['list']].map((given): [unknown, unknown] => [given, {}]),
	])('is none of the files in the JSON of the lead: of %j they are %j', (_files, left) => {
		const input = { json: { name: 'Ada', _files } };
		const options = { ...WITH_INPUT, downloadPicture: true };
		expect(downloaded(options, input).json).toStrictEqual({ name: 'Ada', _files: left, id: ID, url: URL });
		expect(output(NONE, { options, input }).json).toHaveProperty('_files', left);
		expect(output(FAILED, { options, input }).json).toStrictEqual({ name: 'Ada', _files: left, error: ERROR });
		expect(output(NONE, { options: WITH_INPUT, input }).json).toHaveProperty('_files', _files);
		expect(input.json).toStrictEqual({ name: 'Ada', _files });
	});
});
