// One contestant, one list, one process: see measure.mts, which starts it.
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sum } from 'd3-array';

import { runNode } from '../test/engine/engine.mts';
import { type ContestantName, load } from './contestants.mts';
import { leadsOf, type List } from './lists.mts';

/** What the process measured of itself. */
export interface Measured {
	seconds: number;
	/** Of this process, user and system, in milliseconds. */
	cpuMs: number;
	/** Peak resident memory above what was resident before the run, in MB (10^6 bytes). */
	peakMb: number;
	credentialLookUps: number;
	success: number;
	failed: number;
}

const MB = 1e6;

process.once('disconnect', () => process.exit(1));

const [contestant, packageFolder, json] = process.argv.slice(2) as [ContestantName, string, string];
const list = JSON.parse(json) as List;
const subject = load(contestant, packageFolder, list.options);
const run = async (leads: ReturnType<typeof leadsOf>) =>
	await runNode(subject, { leads, onError: 'continueErrorOutput' });
const executions = list.isByWebhook ? leadsOf(list).map((lead) => [lead]) : [leadsOf(list)];

// Loads what is loaded on demand, and lets the compiler see the code.
await run(leadsOf({ contacts: 100, times: 1 }));
global.gc?.();
await sleep(500);
global.gc?.();
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));

const idle = process.memoryUsage().rss;
try {
	// Makes Linux count the peak anew; elsewhere it is that of the whole process.
	writeFileSync('/proc/self/clear_refs', '5');
} catch {
	console.warn('The peak memory includes loading n8n.');
}
const cpu = process.cpuUsage();
const started = performance.now();
const ran = await Promise.all(executions.map(run));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
for (const { error } of ran) if (error) throw error;
const measured: Measured = {
	seconds,
	cpuMs: (user + system) / 1000,
	peakMb: (process.resourceUsage().maxRSS * 1024 - idle) / MB,
	credentialLookUps: sum(ran.map(({ credentialLookUps }) => credentialLookUps)),
	success: sum(ran.map(({ success }) => success.length)),
	failed: sum(ran.map(({ failed }) => failed.length)),
};
process.send?.(measured, () => process.exit());
