import { spawnSync } from 'node:child_process';
import { PassThrough } from 'node:stream';

import { isConfirmed } from '../../../scripts/contract/ask.mts';

const ACCOUNT = { WAWP_INSTANCE_ID: 'instance-1', WAWP_ACCESS_TOKEN: 'tok-8f3a1c9b', WAWP_CONTACTS: '15551234567' };

test('The command tells what it would send, and sends nothing where there is no terminal to ask at', () => {
	// A proxy that nobody answers at: no request could leave.
	const env = { ...process.env, ...ACCOUNT, HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: undefined };
	const run = ['--import', 'tsx', 'scripts/contract/main.mts'];
	const { status, stdout, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8', input: 'y\n', env });
	expect(stdout).toMatch(/^These 8 requests go to api\.wawp\.net/);
	expect(stderr.trim()).toBe('Nothing was sent: there is no terminal to ask at, and no --yes.');
	expect(status).toBe(1);
	for (const secret of Object.values(ACCOUNT)) expect(stdout + stderr).not.toContain(secret);
});

test.each([
	['y', true],
	['Yes', true],
	['', false],
	['n', false],
	['yesterday', false],
])('Asked whether to send, %j means %j', async (answer, expected) => {
	const input = new PassThrough();
	input.end(`${answer}\n`);
	expect(await isConfirmed('Send them?', { input, output: new PassThrough() })).toBe(expected);
});

test('The end of the input is a no', async () => {
	const input = new PassThrough();
	input.end();
	expect(await isConfirmed('Send them?', { input, output: new PassThrough() })).toBe(false);
});
