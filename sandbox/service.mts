import type { ChildProcess } from 'node:child_process';

import { Stop } from '../scripts/install.mjs';
import { until } from '../test/until.mts';

/** A process that is up. */
export interface Service {
	pid: number;
	/** Ends it, and waits until it has. */
	stop(): Promise<void>;
	/** Sends it a signal, and does not wait. */
	kill(signal: NodeJS.Signals): void;
	/** Settles when it has ended, with its exit code, or `null` after a signal. */
	ended: Promise<number | null>;
}

/**
 * Waits until a process is up.
 *
 * @param what in words, for the failure
 * @param ready what it writes to its standard output once it is up
 * @param patienceMs how long that may take
 * @throws {Stop} with the end of its output, where it ends before that or takes longer, which ends it
 */
export async function serviceOf(
	child: ChildProcess,
	what: string,
	ready: string,
	patienceMs: number,
): Promise<Service> {
	// All of it: much may follow in the same chunk.
	let output = '';
	const listen = (chunk: Buffer) => {
		output += chunk.toString();
	};
	child.stdout?.on('data', listen);
	child.stderr?.resume();
	const ended = exitCode(child);
	let hasEnded = false;
	const end = () => {
		hasEnded = true;
	};
	ended.then(end, end);
	const isUp = () => output.includes(ready);
	const said = () => `:\n${output.slice(-1500)}`;
	await until('it is up', () => isUp() || hasEnded, patienceMs).catch(() => {
		child.kill('SIGKILL');
		throw new Stop(`${what} was not up after ${patienceMs / 1000} s${said()}`);
	});
	if (!isUp()) {
		// It throws where there was nothing to start.
		await ended;
		throw new Stop(`${what} ended before it was up${said()}`);
	}
	child.stdout?.off('data', listen);
	return {
		pid: child.pid ?? 0,
		ended,
		kill: (signal) => child.kill(signal),
		stop: async () => {
			child.kill('SIGTERM');
			const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
			await ended;
			clearTimeout(patience);
		},
	};
}

/** Settles when a process has ended, with its exit code, or `null` after a signal. */
export async function exitCode(child: ChildProcess): Promise<number | null> {
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
}
