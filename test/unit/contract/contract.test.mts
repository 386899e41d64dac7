import { spawnSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { EnvHttpProxyAgent } from 'undici';

import { askAll, isYes, maskFor, ofTheSameForm, questionsFor, readSettings } from '../../../scripts/contract.mts';
import { GOOD_CREDENTIAL } from '../../stand-in/credentials.mts';
import { withOwnStandIn } from '../withOwnStandIn.mts';

const CREDENTIAL = { instance_id: 'wawp-84729105', access_token: 'Tok3n' };
const [PERSON, GROUP] = ['15551234567@c.us', '120363000000000000@g.us'];
const IMPOSSIBLE = '999999999999999@c.us';

describe('The settings', () => {
	const environment = {
		WAWP_INSTANCE_ID: ' i-1 ',
		WAWP_ACCESS_TOKEN: 't',
		WAWP_CONTACTS: `+1 (555) 123-4567, 15551234567,${GROUP}`,
	};

	test('come from the environment, each contact once, in the form that is sent', () => {
		expect(readSettings(environment)).toEqual({
			credential: { instance_id: 'i-1', access_token: 't' },
			contactIds: [PERSON, GROUP],
		});
	});

	test.each<[object, RegExp]>([
		[{ WAWP_ACCESS_TOKEN: ' ' }, /WAWP_ACCESS_TOKEN is not set/],
		[{ WAWP_CONTACTS: undefined }, /WAWP_CONTACTS is not set/],
		[{ WAWP_CONTACTS: ',' }, /holds 0 contacts/],
		[{ WAWP_CONTACTS: [1, 2, 3, 4, 5, 6].map((digit) => `1555123456${digit}`).join() }, /holds 6 contacts/],
		[{ WAWP_CONTACTS: 'somebody' }, /WAWP_CONTACTS: .*somebody/],
	])('%j are refused', (changed, message) => {
		expect(() => readSettings({ ...environment, ...changed })).toThrow(message);
	});
});

describe('The questions', () => {
	test('are put with the credential, with a wrong token and with a wrong instance', () => {
		const asked = questionsFor(CREDENTIAL, [PERSON, GROUP]);
		expect(asked.map(({ what, method, query }) => [method, what, Object.values(query).join(' ')])).toEqual([
			['POST', 'session/info', 'wawp-84729105 Tok3n'],
			['GET', 'control lookup (no contact)', 'wawp-84729105 Tok3n false'],
			['GET', 'lookup of contact 1', `wawp-84729105 Tok3n ${PERSON} false`],
			['GET', 'lookup of contact 2', `wawp-84729105 Tok3n ${GROUP} false`],
			['GET', 'lookup of a number that cannot exist', `wawp-84729105 Tok3n ${IMPOSSIBLE} false`],
			['POST', 'session/info, wrong token', 'wawp-84729105 aaa0a'],
			['GET', 'control lookup (no contact), wrong token', 'wawp-84729105 aaa0a false'],
			['GET', 'lookup of contact 1, wrong token', `wawp-84729105 aaa0a ${PERSON} false`],
			['POST', 'session/info, wrong instance', 'aaaa-00000000 Tok3n'],
			['GET', 'control lookup (no contact), wrong instance', 'aaaa-00000000 Tok3n false'],
			['GET', 'lookup of contact 1, wrong instance', `aaaa-00000000 Tok3n ${PERSON} false`],
		]);
	});

	test('have a wrong credential in the form of the right one, and nothing else of it', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*$/), (text) => {
				expect(ofTheSameForm(text)).not.toBe(text);
				expect(ofTheSameForm(text)).toMatch(/^[ab01_-]*$/);
				expect(ofTheSameForm(text)).toHaveLength(text.length);
			}),
		);
	});
});

describe('Of an answer', () => {
	const mask = maskFor([CREDENTIAL.instance_id, 'tok-secretive-8f3a', PERSON]);

	test.each<[what: string, body: unknown, shown: unknown]>([
		['a picture', { id: PERSON, url: 'https://pps.whatsapp.net/1' }, { id: '(as sent)', url: '(26 characters)' }],
		['no picture', { data: { id: GROUP, url: null } }, { data: { id: '(23 characters)', url: null } }],
		['a code', { code: 'invalid_session' }, { code: 'invalid_session' }],
		['a code of WhatsApp', { error: 'item-not-found' }, { error: 'item-not-found' }],
		['states', { status: 'STOPPED', expected: ['WORKING'] }, { status: 'STOPPED', expected: ['WORKING'] }],
		['a status', { statusCode: 401, code: 15551, count: 401 }, { statusCode: 401, code: 'number', count: 'number' }],
		['a sentence', { message: 'Invalid token for Jane' }, { message: '(22 characters)' }],
		['a name', { pushName: 'Don Ray Page', status: 'Don' }, { pushName: '(12 characters)', status: '(3 characters)' }],
		['a part of the token', { error: 'bad_secreti' }, { error: '(11 characters)' }],
		['a key that is a number', { [GROUP]: { success: true } }, { '(23 characters)': { success: true } }],
		['more than three of a kind', { list: [1, '', {}, 4] }, { list: ['number', '(0 characters)', {}] }],
	])('%s is shown as it should be', (_what, body, shown) => {
		expect(mask.body(JSON.stringify(body))).toEqual(shown);
	});

	test('that is no JSON its length is shown', () => {
		expect(mask.body('<html>Bad Gateway</html>')).toBe('(24 characters)');
	});

	test.each([
		['application/json; charset=utf-8', 'application/json'],
		['text/html', 'text/html'],
		['text/x-15551234567', '(18 characters)'],
	])('the content type %j is shown as %j', (header, shown) => {
		expect(mask.type(header)).toBe(shown);
	});
});

const ENCODINGS: Array<(text: string) => string> = [
	(text) => text,
	(text) => text.toUpperCase(),
	(text) => [...text].reverse().join(''),
	(text) => encodeURIComponent(encodeURIComponent(text)),
	(text) => Buffer.from(text).toString('hex'),
	(text) => Buffer.from(text).toString('base64'),
	(text) => Buffer.from(`x${text}`).toString('base64url'),
	(text) => text.slice(1, 7),
];

test('Nothing that was sent is in what is shown, in whatever encoding and place', () => {
	const token = fc.stringMatching(/^[A-Za-z]{6}[A-Za-z0-9_-]{2,30}$/);
	const sent = fc.tuple(token, token, fc.stringMatching(/^[1-9]\d{9,14}@(?:c\.us|g\.us|lid)$/));
	const echo = fc.tuple(fc.constantFrom('', 'x', 'key_'), fc.nat(2), fc.constantFrom(...ENCODINGS));
	fc.assert(
		fc.property(sent, fc.array(echo, { minLength: 1, maxLength: 5 }), (secrets, echoes) => {
			const mask = maskFor(secrets);
			const shown = echoes.map(([before, which, encode]) => {
				const text = `${before}${encode(secrets[which] ?? '')}`;
				const body = {
					code: text,
					[text]: { id: text, status: [text], error: { message: text } },
					url: `https://${text}`,
				};
				return [mask.type(text), mask.body(text), mask.body(JSON.stringify(body)), mask.body(JSON.stringify(text))];
			});
			const output = JSON.stringify(shown).toLowerCase();
			const encoded = secrets.flatMap((secret) => ENCODINGS.map((encode) => encode(secret).toLowerCase()));
			expect(encoded.filter((secret) => output.includes(secret))).toEqual([]);
			expect(output).not.toMatch(/\d{4}/);
		}),
		{ numRuns: 1000 },
	);
});

describe('The command', () => {
	const own = withOwnStandIn();

	test('writes down what the gateway answers, asks by GET what is not known by POST, and paces itself', async () => {
		const { gateway, proxyUrl } = own.standIn;
		gateway.sessionInfoBy = { method: 'GET', otherwise: 405 };
		gateway.script.set(PERSON, [{ fault: 'reset' }]);
		const waits: number[] = [];
		const dispatcher = new EnvHttpProxyAgent({ httpsProxy: proxyUrl, noProxy: '', requestTls: { ca: own.ca } });
		const mask = maskFor([...Object.values(GOOD_CREDENTIAL), PERSON, GROUP]);
		const questions = questionsFor(GOOD_CREDENTIAL, [PERSON, GROUP]);
		const answers = await askAll(questions, mask, dispatcher, async (ms) => waits.push(ms));
		expect(answers.map(({ request, status, noAnswer }) => [request, status ?? noAnswer])).toEqual([
			['session/info', 405],
			['session/info, by GET', 200],
			['control lookup (no contact)', 400],
			['lookup of contact 1', 'UND_ERR_SOCKET'],
			['lookup of contact 2', 200],
			['lookup of a number that cannot exist', 200],
			...['token', 'instance'].flatMap((wrong) => [
				[`session/info, wrong ${wrong}`, 405],
				[`session/info, wrong ${wrong}, by GET`, 401],
				[`control lookup (no contact), wrong ${wrong}`, 401],
				[`lookup of contact 1, wrong ${wrong}`, 401],
			]),
		]);
		expect(answers[4]).toMatchObject({ contentType: 'application/json', body: { id: '(as sent)' } });
		expect(waits).toEqual(answers.slice(1).map(() => 1000));
		await dispatcher.destroy();
	});

	test('says what it would send, and sends nothing without a terminal to ask at', () => {
		const account = { WAWP_INSTANCE_ID: 'instance-1', WAWP_ACCESS_TOKEN: 'tok-8f3a1c9b', WAWP_CONTACTS: PERSON };
		// No request could leave through this proxy.
		const env = { ...process.env, ...account, HTTPS_PROXY: 'http://127.0.0.1:9' };
		const command = ['--import', 'tsx', 'scripts/contract.mts'];
		const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', input: 'y\n', env });
		expect(stdout).toMatch(/^These 10 requests go to api\.wawp\.net/);
		expect(stderr).toContain('there is no terminal to ask at');
		expect(status).toBe(1);
		for (const secret of Object.values(account)) expect(stdout + stderr).not.toContain(secret);
	});

	test.each([
		['y\n', true],
		['Yes\n', true],
		['\n', false],
		['yesterday\n', false],
		['', false],
	])('takes %j for %j', async (typed, expected) => {
		const input = new PassThrough();
		input.end(typed);
		expect(await isYes('Send them?', input, new PassThrough())).toBe(expected);
	});
});
