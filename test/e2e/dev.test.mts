import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { freePort } from '../../sandbox/ports.mts';
import { CACHE, ROOT } from '../../scripts/install.mjs';
import { until } from '../until.mts';
import { RestApi } from './restApi.mts';

const SOURCES = ['package.json', 'index.js', 'tsconfig.json', 'credentials', 'icons', 'nodes'];

describe('npm run dev, on a copy of the sources', () => {
	const copy = join(CACHE, 'e2e', 'dev');
	let dev: ChildProcess;
	let output = '';
	let api: RestApi;

	before(async () => {
		rmSync(copy, { recursive: true, force: true });
		for (const name of SOURCES) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
		const port = String(await freePort());
		// In a process group of its own, as a terminal's command is: Ctrl+C goes to all of the group.
		dev = spawn(process.execPath, ['scripts/run.mjs', 'sandbox/dev.mts', copy], {
			cwd: ROOT,
			detached: true,
			env: { ...process.env, N8N_PORT: port },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		dev.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
		});
		await until('the editor is up', () => output.includes('Ctrl+C'), 120_000);
		api = await RestApi.signIn(`http://localhost:${port}`);
	});
	after(() => {
		if (isRunning(dev)) process.kill(-(dev.pid ?? 0), 'SIGKILL');
	});

	const displayNames = async (): Promise<string[]> => {
		const node = (await api.nodeTypes()).find(({ name }) => name === 'n8n-nodes-wawp.wawp');
		return (
			(node?.properties as Array<{ displayName: string }> | undefined)?.map(({ displayName }) => displayName) ?? []
		);
	};

	it('a saved change is in the running editor', async () => {
		const file = join(copy, 'nodes', 'Wawp', 'operation', 'getProfilePicture.ts');
		assert.ok((await displayNames()).includes('Contact ID'));
		writeFileSync(file, readFileSync(file, 'utf8').replace("'Contact ID'", "'Changed ID'"));
		// While n8n writes the descriptions anew, it answers with a part of them.
		const names = async () => await displayNames().catch((): string[] => []);
		await until('the change is there', async () => (await names()).includes('Changed ID'), 30_000);
	});

	it('Ctrl+C ends it, with all that it has started', async () => {
		process.kill(-(dev.pid ?? 0), 'SIGINT');
		await until('all of it has ended', () => !isRunning(dev), 20_000);
	});
});

/** Whether any process is left of a process group. */
function isRunning({ pid }: ChildProcess): boolean {
	try {
		return process.kill(-(pid ?? 0), 0);
	} catch {
		return false;
	}
}
