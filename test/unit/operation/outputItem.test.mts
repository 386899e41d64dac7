import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import type { Failure } from '../../../nodes/Wawp/failure';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import { outputItem, outputItemInAnyCase } from '../../../nodes/Wawp/operation/outputItem';
import type { ItemResult } from '../../../nodes/Wawp/run/itemResult';

const ID = '15551234567@c.us';
// wawp-api.md: oe=66BC702E is 2024-08-14T08:52Z.
const URL = 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg?oe=66BC702E';
const EXPIRY = '2024-08-14T08:51:58.000Z';
const AVATAR = 'https://example.com/avatar.png';

const WHY: Failure = {
	reason: 'invalid-contact-id',
	message: 'What happened',
	description: 'What to do',
	retryable: false,
};

const PICTURE: ItemResult = { outcome: { kind: 'picture', id: ID, url: URL }, attempts: 1, contactId: ID };
const NONE: ItemResult = { outcome: { kind: 'none', id: ID }, attempts: 2, contactId: ID };
const FAILED: ItemResult = { outcome: { kind: 'failure', failure: WHY }, attempts: 0, contactId: 'Ada' };

const FILE: IBinaryData = { data: 'aW1hZ2U=', mimeType: 'image/jpeg', fileName: '15551234567.jpg' };
const SHEET: IBinaryData = { data: 'c2hlZXQ=', mimeType: 'text/csv', fileName: 'leads.csv' };
const LEAD: INodeExecutionData = { json: { name: 'Ada', phone: '+1 555 123 4567' }, binary: { sheet: SHEET } };

interface Given {
	itemIndex?: number;
	input?: INodeExecutionData;
	options?: Partial<Options>;
	n8nAddsInput?: boolean;
}

/** With a lead for the input, which is not to be seen unless an option asks for it. */
function output(result: ItemResult, { itemIndex = 0, input = LEAD, options, n8nAddsInput = false }: Given = {}) {
	return outputItem(result, itemIndex, input, { options: { ...DEFAULT_OPTIONS, ...options }, n8nAddsInput });
}

describe('An output item', () => {
	test('of a picture has its ID and URL, and nothing else', () => {
		expect(output(PICTURE, { itemIndex: 3 })).toStrictEqual({ json: { id: ID, url: URL }, pairedItem: { item: 3 } });
	});

	test('has the ID that the gateway answered with', () => {
		const outcome = { kind: 'picture' as const, id: '5511912345678@c.us', url: URL };
		expect(output({ ...PICTURE, outcome, contactId: '551112345678@c.us' }).json).toStrictEqual({
			id: '5511912345678@c.us',
			url: URL,
		});
	});

	test('without a picture has null for a URL', () => {
		expect(output(NONE)).toStrictEqual({
			json: { id: ID, url: null },
			pairedItem: { item: 0 },
		});
	});

	test('of a failure has the error and no other key', () => {
		expect(output(FAILED, { itemIndex: 7 })).toStrictEqual({
			json: {
				error: {
					message: 'What happened',
					description: 'What to do',
					reason: 'invalid-contact-id',
					retryable: false,
					attempts: 0,
					contactId: 'Ada',
				},
			},
			pairedItem: { item: 7 },
		});
	});

	test('of a failed answer has its status and the wait that it asked for', () => {
		const failure: Failure = {
			reason: 'rate-limited',
			message: 'What happened',
			description: 'What to do',
			retryable: true,
			statusCode: 429,
			retryAfterMs: 30_000,
		};
		expect(
			output({ outcome: { kind: 'failure', failure }, attempts: 4, contactId: ID }, { itemIndex: 1 }),
		).toStrictEqual({
			json: {
				error: {
					message: 'What happened',
					description: 'What to do',
					reason: 'rate-limited',
					statusCode: 429,
					retryable: true,
					attempts: 4,
					contactId: ID,
					retryAfterMs: 30_000,
				},
			},
			pairedItem: { item: 1 },
		});
	});

	test('keeps a wait of zero', () => {
		const failure: Failure = { ...WHY, reason: 'rate-limited', retryAfterMs: 0 };
		const { json } = output({ ...FAILED, outcome: { kind: 'failure', failure } });
		expect(json.error).toHaveProperty('retryAfterMs', 0);
	});

	test.each([null, 42, ''])('of a failure shows %p as the contact ID that was typed', (contactId) => {
		const { json } = output({ ...FAILED, contactId });
		expect(json.error).toHaveProperty('contactId', contactId);
	});

	test('of a failed download has the address at the end', () => {
		const failure: Failure = {
			...WHY,
			reason: 'download-failed',
			statusCode: 404,
			retryAfterMs: 0,
			url: URL,
		};
		const { error } = output({ ...FAILED, outcome: { kind: 'failure', failure } }).json;
		expect(error).toHaveProperty('url', URL);
		expect(Object.keys(error as object)).toStrictEqual([
			...['message', 'description', 'reason', 'statusCode', 'retryable', 'attempts', 'contactId', 'retryAfterMs'],
			'url',
		]);
	});
});

describe('If there is no picture, the URL', () => {
	const options = { noPicture: 'fallbackUrl', fallbackUrl: AVATAR } as const;

	test('is the fallback URL where that is wanted', () => {
		expect(output(NONE, { options })).toStrictEqual({ json: { id: ID, url: AVATAR }, pairedItem: { item: 0 } });
	});

	test.each(['emptyUrl', 'error'] as const)('is null with %s, whatever the fallback URL', (noPicture) => {
		expect(output(NONE, { options: { ...options, noPicture } }).json).toStrictEqual({ id: ID, url: null });
	});

	test('is no matter for a contact with a picture', () => {
		expect(output(PICTURE, { options }).json).toStrictEqual({ id: ID, url: URL });
	});
});

describe('The expiry', () => {
	const expiring = (result: ItemResult, options: Partial<Options> = {}) =>
		output(result, { options: { includeExpiry: true, ...options } }).json;
	const at = (url: string): ItemResult => ({ ...PICTURE, outcome: { kind: 'picture', id: ID, url } });

	test('comes after ID and URL, as the URL says it', () => {
		expect(expiring(PICTURE)).toStrictEqual({ id: ID, url: URL, expiresAt: EXPIRY });
		expect(Object.keys(expiring(PICTURE))).toStrictEqual(['id', 'url', 'expiresAt']);
	});

	test.each(['https://pps.whatsapp.net/1.jpg', 'https://pps.whatsapp.net/1.jpg?oe=soon', 'http://'])(
		'is null where the URL does not say: %s',
		(url) => {
			expect(expiring(at(url))).toStrictEqual({ id: ID, url, expiresAt: null });
		},
	);

	test('is null without a picture, whatever the fallback URL says', () => {
		expect(expiring(NONE)).toStrictEqual({ id: ID, url: null, expiresAt: null });
		const fallback = { noPicture: 'fallbackUrl', fallbackUrl: URL } as const;
		expect(expiring(NONE, fallback)).toStrictEqual({ id: ID, url: URL, expiresAt: null });
	});

	test('is none of a failure', () => {
		expect(expiring(FAILED)).toStrictEqual(output(FAILED).json);
	});
});

describe("The input's fields", () => {
	const options = { includeInputFields: true };

	test('come first, then ID, URL and expiry', () => {
		const { json } = output(PICTURE, { options: { ...options, includeExpiry: true } });
		expect(json).toStrictEqual({ name: 'Ada', phone: '+1 555 123 4567', id: ID, url: URL, expiresAt: EXPIRY });
		expect(Object.keys(json)).toStrictEqual(['name', 'phone', 'id', 'url', 'expiresAt']);
	});

	test('come with a contact that has no picture as well', () => {
		expect(output(NONE, { options }).json).toStrictEqual({ ...LEAD.json, id: ID, url: null });
	});

	test('are replaced where they have the names of the output', () => {
		const input = { json: { url: 'https://ada.example', id: 7, expiresAt: 'never', error: 'none' } };
		const { json } = output(PICTURE, { input, options: { ...options, includeExpiry: true } });
		expect(json).toStrictEqual({ id: ID, url: URL, expiresAt: EXPIRY, error: 'none' });
		expect(output(PICTURE, { input, options }).json).toStrictEqual({
			id: ID,
			url: URL,
			expiresAt: 'never',
			error: 'none',
		});
	});

	test('are left as they are in the input', () => {
		const input = { json: { id: 7, tags: ['lead'] } };
		output(PICTURE, { input, options });
		output(FAILED, { input, options });
		expect(input).toStrictEqual({ json: { id: 7, tags: ['lead'] } });
	});

	test("come with the input's files, but not with what else the input item has", () => {
		const input = { ...LEAD, pairedItem: { item: 9 }, error: undefined };
		expect(output(PICTURE, { input, options })).toStrictEqual({
			json: { ...LEAD.json, id: ID, url: URL },
			binary: { sheet: SHEET },
			pairedItem: { item: 0 },
		});
	});

	test.each([{ json: {} }, { json: {}, binary: {} }])('may be none: %j', (input) => {
		const expected = { json: { id: ID, url: URL }, pairedItem: { item: 0 } };
		expect(output(PICTURE, { input, options })).toStrictEqual(expected);
	});

	test('may be missing altogether', () => {
		const shape = { options: { ...DEFAULT_OPTIONS, ...options }, n8nAddsInput: false };
		expect(outputItem(PICTURE, 0, undefined, shape)).toStrictEqual(output(PICTURE));
		expect(outputItem(FAILED, 0, undefined, shape)).toStrictEqual(output(FAILED));
	});

	test('come before the error of a failure, in the place of a field with that name', () => {
		const { error } = output(FAILED).json;
		const input = { json: { name: 'Ada', error: 'none', id: 7 }, binary: { sheet: SHEET } };
		expect(output(FAILED, { input, options })).toStrictEqual({
			json: { name: 'Ada', error, id: 7 },
			binary: { sheet: SHEET },
			pairedItem: { item: 0 },
		});
		expect(Object.keys(output(FAILED, { options }).json)).toStrictEqual(['name', 'phone', 'error']);
	});

	test('do not bring the error of an earlier pass along once the contact has been looked up', () => {
		const { error } = output(FAILED).json;
		const json = { name: 'Ada', error };
		expect(output(PICTURE, { input: { json }, options }).json).toStrictEqual({ name: 'Ada', id: ID, url: URL });
		expect(output(NONE, { input: { json }, options }).json).toStrictEqual({ name: 'Ada', id: ID, url: null });
	});

	test.each([
		'none',
		null,
		404,
		{ message: 'Denied' },
		{ reason: 'late', retryable: true },
		{ reason: 1, attempts: 2 },
		{ retryable: true, attempts: 2 },
	])('keep an error that is not this node’s: %j', (error) => {
		expect(output(PICTURE, { input: { json: { error } }, options }).json).toStrictEqual({ error, id: ID, url: URL });
	});

	// Beside another key n8n would not send the item to the error output.
	test('are left to n8n where it adds them to a failure', () => {
		expect(output(FAILED, { options, n8nAddsInput: true })).toStrictEqual({
			...output(FAILED),
			// n8n leaves these to the node.
			binary: { sheet: SHEET },
		});
		expect(output(PICTURE, { options, n8nAddsInput: true }).json).toStrictEqual({ ...LEAD.json, id: ID, url: URL });
	});

	test('are not to be seen unless they are wanted', () => {
		expect(output(FAILED, { n8nAddsInput: false })).toStrictEqual(output(FAILED, { input: { json: {} } }));
		expect(output(PICTURE)).toStrictEqual(output(PICTURE, { input: { json: {} } }));
	});
});

describe('The picture itself', () => {
	const downloaded = (options: Partial<Options> = {}) =>
		output({ ...PICTURE, file: FILE }, { options: { downloadPicture: true, ...options } });

	test('is a file in the field that is named for it', () => {
		expect(downloaded()).toStrictEqual({
			json: { id: ID, url: URL },
			binary: { data: FILE },
			pairedItem: { item: 0 },
		});
		expect(downloaded({ binaryPropertyName: 'picture' }).binary).toStrictEqual({ picture: FILE });
	});

	test("comes beside the input's files where the input's fields are wanted", () => {
		const options = { includeInputFields: true };
		const { binary } = downloaded(options);
		expect(binary).toStrictEqual({ sheet: SHEET, data: FILE });
		expect(Object.keys(binary as object)).toStrictEqual(['sheet', 'data']);
		expect(LEAD.binary).toStrictEqual({ sheet: SHEET });
	});

	test("takes the place of the input's file with the same name", () => {
		const options = { includeInputFields: true, binaryPropertyName: 'sheet' };
		expect(downloaded(options).binary).toStrictEqual({ sheet: FILE });
	});

	test("is not replaced by the input's file with the same name where there is none", () => {
		const options = { downloadPicture: true, includeInputFields: true, binaryPropertyName: 'sheet' };
		expect(output(NONE, { options })).not.toHaveProperty('binary');
		expect(output(FAILED, { options })).not.toHaveProperty('binary');
	});

	test('is an object of its own for each item', () => {
		const [first, second] = [downloaded(), downloaded()].map(({ binary }) => binary?.data as IBinaryData);
		Object.assign(first as IBinaryData, { fileName: 'changed.jpg' });
		expect(second).toStrictEqual(FILE);
		expect(FILE.fileName).toBe('15551234567.jpg');
	});
});

describe('An item that is not what n8n’s items are', () => {
	const shape = (options: Partial<Options>) => ({ options: { ...DEFAULT_OPTIONS, ...options }, n8nAddsInput: true });
	const odd = (fields: object) => fields as INodeExecutionData;

	test.each([{ json: null, binary: null }, { json: [1], binary: [1] }, { json: 'text', binary: 7 }, {}])(
		'has no fields and no files to keep: %j',
		(input) => {
			for (const downloadPicture of [false, true]) {
				const options = { includeInputFields: true, downloadPicture };
				expect(output(PICTURE, { input: odd(input), options }).json).toStrictEqual({ id: ID, url: URL });
			}
		},
	);

	test('comes out as any other where it can be copied', () => {
		expect(outputItemInAnyCase(PICTURE, 3, LEAD, shape({}))).toStrictEqual(output(PICTURE, { itemIndex: 3 }));
	});

	const UNREADABLE = {
		message: 'This item could not be read',
		description:
			"Check the item's JSON and its files: a node before this one may have made it in a form that n8n does not know",
		reason: 'bad-request',
		retryable: false,
	};

	test('fails where it cannot be copied, with what was asked for it', () => {
		const trap = Object.defineProperty({}, 'trap', {
			enumerable: true,
			get: () => {
				throw new Error('no');
			},
		});
		const input = odd({ json: trap });
		expect(outputItemInAnyCase(NONE, 3, input, shape({ includeInputFields: true }))).toStrictEqual({
			json: { error: { ...UNREADABLE, attempts: 2, contactId: ID } },
			pairedItem: { item: 3 },
		});
	});

	test('fails where nothing came of it', () => {
		expect(outputItemInAnyCase(undefined, 3, LEAD, shape({}))).toStrictEqual({
			json: { error: { ...UNREADABLE, attempts: 0, contactId: null } },
			pairedItem: { item: 3 },
		});
	});
});

test('A file of the lead keeps its field where nothing is downloaded', () => {
	const input = { json: {}, binary: { data: SHEET } };
	expect(output(PICTURE, { input, options: { includeInputFields: true } }).binary).toStrictEqual({ data: SHEET });
});
