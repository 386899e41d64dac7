import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { API } from '../../nodes/Wawp/gateway/request';
import { ROOT, Stop } from '../install.mjs';
import { program } from '../program.mjs';
import { isConfirmed, YES } from './ask.mts';
import { planFor } from './plan.mts';
import { asJson, asTable } from './report.mts';
import { runPlan } from './runPlan.mts';
import { proxyFor } from './proxy.mts';
import { send } from './send.mts';
import { readSettings } from './settings.mts';

const HOST = new URL(API).hostname;
const FILE = join(ROOT, 'contract.json');

/** Asks the real gateway a few questions, and tells in what form it answers. */
await program(async () => {
	const settings = readSettings(process.env);
	const plan = planFor(settings.credential, settings.contactIds);
	console.log(`These ${plan.length} requests go to ${HOST}, with your account, one a second:\n`);
	for (const { method, what } of plan) console.log(`  ${method.padEnd(4)} ${what}`);
	if (!process.argv.includes(YES)) await confirm();

	const proxy = proxyFor(HOST, process.env);
	const rows = await runPlan(plan, settings, {
		send: async (planned) => await send(planned, { proxy }),
		wait,
		now: Date.now,
	});

	const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
	writeFileSync(FILE, asJson(rows, { version, now: Date.now() }));
	console.log(`\n${asTable(rows)}\n\n${relative(ROOT, FILE)} says the same. docs/contract.md says what to do with it.`);
});

async function confirm(): Promise<void> {
	const { stdin: input, stdout: output } = process;
	if (!input.isTTY) throw new Stop(`Nothing was sent: there is no terminal to ask at, and no ${YES}.`);
	if (!(await isConfirmed('\nSend them?', { input, output }))) throw new Stop('Nothing was sent.');
}
