import type { IExecuteFunctions } from 'n8n-workflow';

import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import { queryReader } from '../../../nodes/Wawp/operation/readQuery';

const ID = '15551234567@c.us';
const TOO_LONG = 'x'.repeat(201);

interface Given {
	contactId?: unknown;
	refresh?: unknown;
	options?: Partial<Options>;
	/** What is wrong with the options. */
	invalid?: Failure;
}

/** What n8n makes of expressions. */
const EVALUATED: Record<string, unknown> = { '={{ true }}': true, '={{ null }}': null, '={{ undefined }}': undefined };

/** What the first item asks for. */
function read({ contactId = ID, options = {}, invalid, ...rest }: Given) {
	const parameters = { contactId, ...rest };
	const context = {
		getNode: () => ({ parameters }),
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: keyof typeof parameters) => {
			const raw = parameters[name];
			if (raw === '={{ broken }}') throw new Error('broken is not defined');
			return typeof raw === 'string' && raw in EVALUATED ? EVALUATED[raw] : raw;
		},
	} as unknown as IExecuteFunctions;
	const checked = { options: { ...DEFAULT_OPTIONS, ...options }, ...(invalid && { failure: invalid }) };
	return queryReader(context, () => checked)(0);
}

describe('An item asks for', () => {
	test.each<[string, Given, object]>([
		['the picture of its contact', { contactId: '+1 555 123 4567' }, {}],
		['that of a local number', { contactId: '(555) 123-4567', options: { defaultCountry: 'US' } }, {}],
		...[true, 'TRUE', ' true ', '={{ true }}'].map((refresh): [string, Given, object] => [
			`a live lookup if Refresh is ${JSON.stringify(refresh)}`,
			{ refresh },
			{ refresh: true },
		]),
		...[false, 'false', '', ' ', null, undefined, '={{ null }}', '={{ undefined }}'].map(
			(refresh): [string, Given, object] => [`no live lookup if Refresh is ${String(refresh)}`, { refresh }, {}],
		),
		['the picture itself', { options: { downloadPicture: true } }, { downloadPicture: true }],
		['a failure without a picture', { options: { noPicture: 'error' } }, { failsWithoutPicture: true }],
	])('%s', (_what, given, query) => {
		const plain = { contactId: ID, refresh: false, downloadPicture: false, failsWithoutPicture: false };
		expect(read(given)).toStrictEqual({ ...plain, ...query });
	});
});

describe('An item asks for nothing', () => {
	const invalid = failure('bad-request', { message: "'Fallback URL' is missing" });
	const notEvaluated = (field: string) => ({
		message: `The expression in '${field}' could not be evaluated`,
		description: 'n8n says: broken is not defined',
	});
	const noBoolean = failure('bad-request', {
		message: "'Refresh' is neither true nor false",
		description: "Turn 'Refresh' on or off, or map it to a field that holds true or false",
	});
	const noContact = failure('invalid-contact-id', {
		message: '"ask the front desk" is neither a phone number nor a WhatsApp ID',
	});

	test.each<[string, Given, Failure]>([
		['its contact ID is not valid', { contactId: 'ask the front desk' }, noContact],
		['nor are its options', { contactId: 'ask the front desk', invalid }, noContact],
		['its options are not valid', { invalid }, invalid],
		...['perhaps', 1, {}].map((refresh): [string, Given, Failure] => [
			`Refresh is ${JSON.stringify(refresh)}`,
			{ refresh },
			noBoolean,
		]),
		['n8n cannot evaluate Refresh', { refresh: '={{ broken }}' }, failure('bad-request', notEvaluated('Refresh'))],
	])('if %s, and says why', (_what, given, why) => {
		expect(read(given)).toStrictEqual({ contactId: given.contactId ?? ID, failure: why });
	});

	test('if n8n cannot evaluate its contact ID, and says why', () => {
		const why = failure('invalid-contact-id', notEvaluated('Contact ID'));
		expect(read({ contactId: '={{ broken }}' })).toStrictEqual({ contactId: null, failure: why });
	});

	test.each<[unknown, unknown]>([
		...['', 12, 'x'.repeat(200)].map((typed): [unknown, unknown] => [typed, typed]),
		...[true, { phone: 1 }].map((typed): [unknown, unknown] => [typed, null]),
		[TOO_LONG, `${TOO_LONG.slice(1)}…`],
	])('and says what was typed, as far as that can be shown: %p', (contactId, shown) => {
		expect(read({ contactId })).toMatchObject({
			contactId: shown,
			failure: { description: expect.stringContaining(' ') as string },
		});
	});

	test('if something throws that should not', () => {
		const context = { getNode: () => ({ parameters: { contactId: ID } }), getInputData: () => [] };
		const reader = queryReader(context as unknown as IExecuteFunctions, () => JSON.parse('') as never);
		expect(reader(0)).toMatchObject({ contactId: null, failure: { reason: 'invalid-contact-id' } });
	});
});
