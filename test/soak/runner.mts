// The executions of one seed, in one process: see soak.mts, which starts it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { load } from '../../bench/contestants.mts';
import { runNode } from '../engine/engine.mts';
import { ACCESS_TOKEN } from '../stand-in/credentials.mts';
import { leadsOf } from './leads.mts';
import type { Out } from './oracle.mts';

/** What the process is told to do. */
export interface Plan {
	executions: number;
	/** Distinct ones in each execution. */
	contacts: number;
	options: INodeParameters;
}

/** What it says after each execution. */
export interface Executed {
	outs: Out[];
	/** Whether the access token stands anywhere in what n8n would store of the execution. */
	leaks: boolean;
	seconds: number;
}

/** What it says once nothing of the execution is left. */
export interface Tidied {
	/** What is in use after a collection of garbage, in bytes, memory outside of the heap included. */
	memory: number;
}

/** What it says at the end. */
export interface LastWords {
	/** Rejections that nobody handled, and warnings of Node.js. */
	complaints: string[];
	/** What was open at the end, and not before the first execution. */
	handles: string[];
}

// Nobody is left to tell.
const leave = () => process.exit(1);
process.once('disconnect', leave);

const complaints: string[] = [];
process.on('unhandledRejection', (reason) => complaints.push(`unhandled rejection: ${String(reason)}`));
process.on('warning', (warning) => complaints.push(`warning: ${warning.message}`));

const [packageFolder, json] = process.argv.slice(2) as [string, string];
const { executions, contacts, options } = JSON.parse(json) as Plan;
const subject = load('wawp', packageFolder, options);

const before = process.getActiveResourcesInfo();
// Loads what is loaded on demand, so that its memory is not counted.
await runNode(subject, { leads: leadsOf(-1, 100), onError: 'continueErrorOutput' });
await tell('ready');

for (let execution = 0; execution < executions; execution += 1) {
	await new Promise((resolve) => process.once('message', resolve));
	await tell(await execute(execution));
	// What a first collection lets go of outside of the heap is freed a moment later.
	for (let times = 0; times < 3; times += 1) {
		global.gc?.();
		await sleep(200);
	}
	const { heapUsed, external } = process.memoryUsage();
	await tell({ memory: heapUsed + external } satisfies Tidied);
}
// What it has told is on its way out, and n8n's sleep, which the node takes a second of at a time, cannot be called off.
await sleep(1500);
const handles = process.getActiveResourcesInfo();
for (const known of before) if (handles.includes(known)) handles.splice(handles.indexOf(known), 1);
await tell({ complaints, handles } satisfies LastWords);
process.off('disconnect', leave);
process.disconnect();

async function execute(execution: number): Promise<Executed> {
	const leads = leadsOf(execution, contacts);
	const started = performance.now();
	const { run, success, failed, error } = await runNode(subject, { leads, onError: 'continueErrorOutput' });
	const seconds = (performance.now() - started) / 1000;
	if (error) throw error;
	const outs = [...success.map(shown), ...failed.map(shownFailure)];
	const leaks = JSON.stringify(run).includes(ACCESS_TOKEN);
	return { outs, leaks, seconds };
}

function itemOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : -1;
}

function shown(item: INodeExecutionData): Out {
	return { item: itemOf(item), id: item.json.id, url: item.json.url };
}

function shownFailure(item: INodeExecutionData): Out {
	const { reason, message, attempts } = item.json.error as { reason: string; message: string; attempts: number };
	return { item: itemOf(item), index: item.json.index, reason, message, attempts };
}

async function tell(what: unknown): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		process.send?.(what, (error: Error | null) => (error ? reject(error) : resolve()));
	});
}
