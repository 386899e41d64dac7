import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { forkWithEngine } from '../../sandbox/engineProcess.mts';
import type { Testbed } from '../../sandbox/testbed.mts';
import type { Counts } from '../stand-in/gateway.mts';
import type { Day } from '../stand-in/process.mts';
import { type Lead, leadsOf } from './leads.mts';
import { type Out, type ExecutionCheck, checkExecution } from './oracle.mts';
import type { Executed, LastWords, Plan, Tidied } from './runner.mts';

/** How much goes wrong. */
const FAULTY_ANSWERS = 0.3;
const BAD_CONNECTIONS = 0.005;

/** An execution hangs where it takes longer than this for a contact, on average. */
const MOST_MS_PER_CONTACT = 200;

/** n8n's settings, and what tsx keeps of the harness. */
const OF_OTHERS = /^(?:\.n8n(?:\/config)?|tsx-\d+(?:\/.*)?)$/;

/** For what takes seconds. */
const PATIENCE_MS = 120_000;

/** What happens in the executions of a seed, and how what comes out of them is held against it. */
export interface Course<Judged> {
	/** How the gateway is in an execution, counted from 0. */
	dayOf(execution: number): Day;
	judge(execution: number, leads: Lead[], outs: Out[], counts: Counts): Judged;
}

/** Faults of every kind, by chance. */
export function chaos(seed: string, maxRetries: number): Course<ExecutionCheck> {
	return {
		dayOf: (execution) => ({
			latencyMs: 0,
			chaos: { seed: `${seed} ${execution}`, faults: FAULTY_ANSWERS, badCertificates: BAD_CONNECTIONS },
		}),
		judge: (_execution, leads, outs, counts) => checkExecution(leads, outs, counts, maxRetries),
	};
}

/** What came of all executions of a seed. */
export interface Soaked<Judged = ExecutionCheck> {
	checks: Judged[];
	/** Executions with the access token in what n8n would store of them. */
	leaks: number;
	/** Unhandled rejections, warnings of Node.js, and what was printed. */
	complaints: string[];
	/** What the process had open at its end, or had written into its folder. */
	leftBehind: string[];
	/** In use after each execution, in bytes. */
	memory: number[];
	seconds: number;
}

/**
 * Runs the executions of a seed, one after the other, in a fresh process.
 *
 * @param told is told of each execution that has ended
 * @throws where the process ends early, or an execution takes too long
 */
export async function soak<Judged>(
	{ dayOf, judge }: Course<Judged>,
	plan: Plan,
	{ standIn, caFile, packageFolder }: Testbed,
	told: (execution: number, executed: Executed, memory: number) => void,
): Promise<Soaked<Judged>> {
	const soaked: Soaked<Judged> = { checks: [], leaks: 0, complaints: [], leftBehind: [], memory: [], seconds: 0 };
	const cwd = mkdtempSync(join(tmpdir(), 'n8n-nodes-wawp-soak-'));
	await standIn.reset({ latencyMs: 0 });
	const where = { proxyUrl: standIn.proxyUrl, caFile, cwd, silent: true };
	const child = forkWithEngine(new URL('runner.mts', import.meta.url), [packageFolder, JSON.stringify(plan)], where);
	const exited = once(child, 'exit');
	for (const output of [child.stdout, child.stderr]) {
		output?.on('data', (chunk: Buffer) => soaked.complaints.push(`printed: ${chunk.toString()}`));
	}
	const heard = messagesOf(child, exited, soaked);
	try {
		await heard(PATIENCE_MS);
		for (let execution = 0; execution < plan.executions; execution += 1) {
			await standIn.reset(dayOf(execution));
			child.send('go');
			const executed = (await heard(plan.contacts * MOST_MS_PER_CONTACT)) as Executed;
			const { memory } = (await heard(PATIENCE_MS)) as Tidied;
			const leads = leadsOf(execution, plan.contacts);
			soaked.checks.push(judge(execution, leads, executed.outs, await standIn.counts()));
			soaked.memory.push(memory);
			soaked.seconds += executed.seconds;
			if (executed.leaks) soaked.leaks += 1;
			told(execution, executed, memory);
		}
		const lastWords = (await heard(PATIENCE_MS)) as LastWords;
		soaked.complaints.push(...lastWords.complaints);
		soaked.leftBehind.push(...lastWords.handles.map((handle) => `open: ${handle}`));
		// It has nothing more to do, so it ends by itself.
		const patience = setTimeout(() => child.kill(), 10_000);
		const [code] = (await exited) as [number | null];
		clearTimeout(patience);
		if (code !== 0) soaked.leftBehind.push('something that kept the process from ending');
		const written = filesIn(cwd).filter((file) => !OF_OTHERS.test(file));
		soaked.leftBehind.push(...written.map((file) => `written: ${file}`));
		return soaked;
	} finally {
		child.kill();
		rmSync(cwd, { recursive: true, force: true });
	}
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true }).map(String);
}

type Heard = (patienceMs: number) => Promise<unknown>;

/** @returns what waits for the next message, and rejects where there will be none */
function messagesOf(child: ChildProcess, exited: Promise<unknown[]>, { complaints }: Soaked<unknown>): Heard {
	const queue: unknown[] = [];
	let wake = () => {};
	child.on('message', (message) => {
		queue.push(message);
		wake();
	});
	let hasExited = false;
	const end = () => {
		hasExited = true;
		wake();
	};
	exited.then(end, end);
	return async (patienceMs) => {
		const end = performance.now() + patienceMs;
		while (queue.length === 0) {
			if (hasExited) throw new Error(`The soak's process has ended early:\n${complaints.join('\n').slice(-3000)}`);
			if (performance.now() > end) throw new Error(`An execution of the soak takes more than ${patienceMs} ms`);
			await Promise.race([new Promise<void>((resolve) => (wake = resolve)), sleep(1000, undefined, { ref: false })]);
		}
		return queue.shift();
	};
}
