import { logged } from './everythingLogged.mts';

import { inspect } from 'node:util';

import { CONTACTS } from '../stand-in/contacts.mts';
import { ACCESS_TOKEN, GOOD_CREDENTIAL } from '../stand-in/credentials.mts';
import type { Ran } from './engine.mts';
import { AMPLE_MS, withStandIn } from './suite.mts';
import { type GivenWawp, runInEngine } from './wawp.mts';

withStandIn();

/** Everything of a run that n8n stores, shows or logs, in both ways in which it writes objects out. */
function traces({ run, error }: Ran): string {
	const everything = { run, error };
	return (
		logged.join() +
		JSON.stringify(everything) +
		inspect(everything, { depth: 30, showHidden: true, maxStringLength: null })
	);
}

async function refused<Result>(task: () => Promise<Result>): Promise<Result> {
	const proxy = process.env.HTTPS_PROXY;
	process.env.HTTPS_PROXY = 'http://127.0.0.1:1';
	try {
		return await task();
	} finally {
		process.env.HTTPS_PROXY = proxy;
	}
}

describe.each(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const)('On Error %s', (onError) => {
	const run = async (phone: string, more: Partial<GivenWawp> = {}) =>
		await runInEngine({
			leads: [{ phone }],
			onError,
			parameters: { options: { timeout: phone === CONTACTS.hang.id ? 400 : AMPLE_MS, maxRetries: 0 } },
			...more,
		});

	test.each([
		['200', '15551234567@c.us'],
		['200 with an error body that echoes the token', CONTACTS.errorUnder200.id],
		['200 with a picture address that echoes the token', CONTACTS.echoInUrl.id],
		['400 that echoes the token', CONTACTS.badRequestEcho.id],
		['401 that echoes the token', CONTACTS.unauthorized401.id],
		['403 that echoes the token', CONTACTS.forbidden403.id],
		['500 that echoes the token', CONTACTS.serverError.id],
		['timeout', CONTACTS.hang.id],
		['reset', CONTACTS.reset.id],
		['redirect', CONTACTS.redirect.id],
	])('the access token leaves no trace after a %s', async (_what, phone) => {
		expect(traces(await run(phone))).not.toContain(ACCESS_TOKEN);
	});

	test('the access token leaves no trace after a refused connection', async () => {
		expect(traces(await refused(async () => await run('15551234567@c.us')))).not.toContain(ACCESS_TOKEN);
	});

	test('the access token leaves no trace where the instance ID is blank', async () => {
		const credential = { ...GOOD_CREDENTIAL, instance_id: '' };
		expect(traces(await run('15551234567@c.us', { credential }))).not.toContain(ACCESS_TOKEN);
	});
});

test('these tests would see a token that is stored', async () => {
	const { run } = await runInEngine({ leads: [{ phone: ACCESS_TOKEN }], onError: 'continueErrorOutput' });
	expect(JSON.stringify(run)).toContain(ACCESS_TOKEN);
});

test('these tests would see a token that is logged', async () => {
	await runInEngine({ leads: [{ phone: 'call me' }] });
	expect(logged.join()).toContain('Running node "Get profile picture" finished with error');
});
