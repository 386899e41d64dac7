import type { IExecuteFunctions } from 'n8n-workflow';

import { failure } from '../../../nodes/Wawp/failure';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import { queryReader } from '../../../nodes/Wawp/operation/readQuery';

const ID = '15551234567@c.us';

interface Given {
	contactId?: unknown;
	refresh?: unknown;
	options?: Partial<Options>;
}

/** What n8n makes of expressions. */
const EVALUATED = new Map<unknown, unknown>([
	['={{ true }}', true],
	['={{ null }}', null],
	['={{ undefined }}', undefined],
]);

/** What the first item asks for. */
function read({ contactId = ID, options = {}, ...rest }: Given) {
	const parameters = { contactId, ...rest };
	const context = {
		getNode: () => ({ parameters }),
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: keyof typeof parameters) => {
			const raw = parameters[name];
			if (raw === '={{ broken }}') throw new Error('broken is not defined');
			return EVALUATED.has(raw) ? EVALUATED.get(raw) : raw;
		},
	} as unknown as IExecuteFunctions;
	return queryReader(context, () => ({ options: { ...DEFAULT_OPTIONS, ...options } }))(0);
}

const QUERY = { contactId: ID, refresh: false, downloadPicture: false, failsWithoutPicture: false };

describe('What an item asks for', () => {
	test('is the picture of its contact', () => {
		expect(read({ contactId: '+1 555 123 4567' })).toStrictEqual(QUERY);
		expect(read({ contactId: '(555) 123-4567', options: { defaultCountry: 'US' } })).toStrictEqual(QUERY);
	});

	test.each([
		[true, true],
		['TRUE', true],
		[false, false],
		['false', false],
		['', false],
		[' ', false],
		[null, false],
		[undefined, false],
		['={{ true }}', true],
		['={{ null }}', false],
		['={{ undefined }}', false],
	])('is live where Refresh is %p: %p', (refresh, isLive) => {
		expect(read({ refresh })).toStrictEqual({ ...QUERY, refresh: isLive });
	});

	test('is the picture itself, and a failure where there is none, where the options say so', () => {
		expect(read({ options: { downloadPicture: true } })).toStrictEqual({ ...QUERY, downloadPicture: true });
		expect(read({ options: { noPicture: 'error' } })).toStrictEqual({ ...QUERY, failsWithoutPicture: true });
	});
});

describe('An item asks for nothing', () => {
	test('where its contact ID is not usable, and says why', () => {
		expect(read({ contactId: 'ask the front desk' })).toStrictEqual({
			contactId: 'ask the front desk',
			failure: failure('invalid-contact-id', {
				message: '"ask the front desk" is neither a phone number nor a WhatsApp ID',
			}),
		});
		expect(read({ contactId: '' })).toMatchObject({
			contactId: '',
			failure: {
				message: 'The contact ID is empty',
				description: expect.stringContaining("Map 'Contact ID'") as string,
			},
		});
	});

	test.each<[unknown, unknown]>([
		[12, 12],
		[true, null],
		[{ phone: 1 }, null],
		['x'.repeat(200), 'x'.repeat(200)],
		['x'.repeat(201), `${'x'.repeat(200)}…`],
	])('and says what was typed, as far as that can be shown: %p', (contactId, shown) => {
		expect(read({ contactId })).toHaveProperty('contactId', shown);
	});

	test.each(['perhaps', 1, {}])('where Refresh is neither true nor false: %p', (refresh) => {
		expect(read({ refresh })).toStrictEqual({
			contactId: ID,
			failure: failure('bad-request', {
				message: "'Refresh' is neither true nor false",
				description: "Turn 'Refresh' on or off, or map it to a field that holds true or false",
			}),
		});
	});

	test.each<[Given, unknown]>([
		[{ contactId: '={{ broken }}' }, null],
		[{ refresh: '={{ broken }}' }, ID],
	])('where n8n cannot evaluate an expression, and says what n8n says: %j', (given, contactId) => {
		expect(read(given)).toStrictEqual({
			contactId,
			failure: failure('invalid-contact-id', {
				message: 'The expression for this contact could not be evaluated',
				description: "Check the expressions in 'Contact ID' and 'Refresh'. n8n says: broken is not defined",
			}),
		});
	});

	const withOptions = (contactId: string, optionsOf: Parameters<typeof queryReader>[1]) => {
		const node = { parameters: { contactId } };
		return queryReader({ getNode: () => node, getInputData: () => [] } as unknown as IExecuteFunctions, optionsOf)(0);
	};

	test('where its options are not usable; a contact ID that is not comes first', () => {
		const unusable = failure('bad-request', { message: "'Fallback URL' is missing" });
		const optionsOf = () => ({ options: DEFAULT_OPTIONS, failure: unusable });
		expect(withOptions(ID, optionsOf)).toStrictEqual({ contactId: ID, failure: unusable });
		expect(withOptions('nobody', optionsOf)).toMatchObject({ failure: { reason: 'invalid-contact-id' } });
	});
});
