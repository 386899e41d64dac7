import Ajv from 'ajv';
import { readFileSync } from 'node:fs';

import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import { outputItem } from '../../../nodes/Wawp/operation/outputItem';
import type { ItemResult } from '../../../nodes/Wawp/run/itemResult';

const schema = JSON.parse(
	readFileSync('nodes/Wawp/__schema__/v1.0.0/contact/getProfilePicture.json', 'utf8'),
) as Record<string, object>;
const validate = new Ajv({ allowUnionTypes: true })
	.addKeyword('version')
	.compile({ ...schema, additionalProperties: false });

const ID = '15551234567@c.us';
const found = (outcome: ItemResult['outcome']): ItemResult => ({ outcome, attempts: 1, contactId: ID });
const PICTURE = found({ kind: 'picture', id: ID, url: 'https://pps.whatsapp.net/1.jpg?oe=66BC702E' });
const NO_EXPIRY = found({ kind: 'picture', id: ID, url: 'https://pps.whatsapp.net/1.jpg' });
const NONE = found({ kind: 'none', id: ID });
const AVATAR = { noPicture: 'fallbackUrl', fallbackUrl: 'https://example.com/avatar.png' } as const;

/** The fields that the node puts into an item of its success branch. */
function fields(result: ItemResult, options: Partial<Options> = {}) {
	return outputItem(result, 0, { json: {} }, { options: { ...DEFAULT_OPTIONS, ...options }, n8nAddsInput: true }).json;
}

describe('The fields that n8n offers before the first run', () => {
	test.each([
		fields(PICTURE),
		fields(PICTURE, { includeExpiry: true }),
		fields(NO_EXPIRY, { includeExpiry: true }),
		fields(NONE),
		fields(NONE, { includeExpiry: true }),
		fields(NONE, AVATAR),
	])('describe %j', (json) => {
		expect([validate(json), validate.errors]).toEqual([true, null]);
	});

	test('are all that there can be, in the order in which they come out', () => {
		const all = Object.keys(fields(PICTURE, { includeExpiry: true }));
		expect(Object.keys(schema.properties as object)).toStrictEqual(all);
		expect(schema.required).toStrictEqual(Object.keys(fields(PICTURE)));
	});
});
