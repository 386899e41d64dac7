import fc from 'fast-check';

import { ofTheSameForm, planFor } from '../../../scripts/contract/plan.mts';
import { readSettings } from '../../../scripts/contract/settings.mts';

const CREDENTIAL = { instance_id: 'wawp-84729105', access_token: 'Tok3n' };
const CONTACTS = [
	'15551234567@c.us',
	'120363000000000000@g.us',
	'15551234568@c.us',
	'99887766554433@lid',
	'15559@c.us',
];

describe('The plan', () => {
	test('asks with good and wrong token, good and wrong instance, for contacts and for nobody', () => {
		const plan = planFor(CREDENTIAL, CONTACTS.slice(0, 2));
		expect(
			plan.map(({ what, method, credential, contactId }) => [what, method, ...Object.values(credential), contactId]),
		).toEqual([
			['session/info', 'POST', 'wawp-84729105', 'Tok3n', undefined],
			['look-up: contact 1, a number', 'GET', 'wawp-84729105', 'Tok3n', CONTACTS[0]],
			['look-up: contact 2, a group', 'GET', 'wawp-84729105', 'Tok3n', CONTACTS[1]],
			['look-up: a number that cannot be', 'GET', 'wawp-84729105', 'Tok3n', '999999999999999@c.us'],
			['look-up: contact 1, wrong token', 'GET', 'wawp-84729105', 'aaa0a', CONTACTS[0]],
			['look-up: contact 1, wrong instance', 'GET', 'aaaa-00000000', 'Tok3n', CONTACTS[0]],
			['session/info, wrong token', 'POST', 'wawp-84729105', 'aaa0a', undefined],
			['session/info, wrong instance', 'POST', 'aaaa-00000000', 'Tok3n', undefined],
			['session/info by GET', 'GET', 'wawp-84729105', 'Tok3n', undefined],
		]);
	});

	test('has ten requests at the most, all of them to api.wawp.net', () => {
		for (let count = 1; count <= CONTACTS.length; count += 1) {
			const plan = planFor(CREDENTIAL, CONTACTS.slice(0, count));
			expect(plan).toHaveLength(Math.min(10, count + 7));
			for (const { url } of plan) expect(url).toMatch(/^https:\/\/api\.wawp\.net\/v2\//);
		}
	});

	test('a wrong credential has the form of the right one, and nothing else of it', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*$/), (text) => {
				const wrong = ofTheSameForm(text);
				expect(wrong).not.toBe(text);
				expect(wrong).toMatch(/^[ab01_-]*$/);
				expect(ofTheSameForm(wrong).length).toBe(text.length);
			}),
		);
	});
});

describe('The settings', () => {
	const environment = {
		WAWP_INSTANCE_ID: ' i-1 ',
		WAWP_ACCESS_TOKEN: 't',
		WAWP_CONTACTS: '+1 (555) 123-4567, 15551234567,120363000000000000@g.us',
	};

	test('are read from the environment, each contact once, in the form that is sent', () => {
		expect(readSettings(environment)).toEqual({
			credential: { instance_id: 'i-1', access_token: 't' },
			contactIds: ['15551234567@c.us', '120363000000000000@g.us'],
		});
	});

	test.each<[object, RegExp]>([
		[{ WAWP_ACCESS_TOKEN: ' ' }, /WAWP_ACCESS_TOKEN is not set/],
		[{ WAWP_CONTACTS: undefined }, /WAWP_CONTACTS is not set/],
		[{ WAWP_CONTACTS: ',' }, /names 0 contacts/],
		[
			{ WAWP_CONTACTS: [1, 2, 3, 4, 5, 6].map((digit) => `1555123456${digit}`).join() },
			/names 6 contacts, .* one to 5/,
		],
		[{ WAWP_CONTACTS: 'somebody' }, /WAWP_CONTACTS: .*somebody/],
	])('%j are not usable', (changed, message) => {
		expect(() => readSettings({ ...environment, ...changed })).toThrow(message);
	});
});
