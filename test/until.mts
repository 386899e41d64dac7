import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 100;

/**
 * Asks again and again, until the answer is neither false nor undefined.
 *
 * @param what is waited for, in words
 * @returns the answer
 * @throws what asking throws, and where there is no such answer after so many milliseconds
 */
export async function until<Answer>(
	what: string | (() => Promise<string>),
	ask: () => Answer | Promise<Answer>,
	patienceMs: number,
): Promise<Exclude<Answer, false | undefined>> {
	for (const end = performance.now() + patienceMs; ; await sleep(EVERY_MS)) {
		const answer = await ask();
		if (answer !== false && answer !== undefined) return answer as Exclude<Answer, false | undefined>;
		if (performance.now() > end) {
			throw new Error(`Not within ${patienceMs / 1000} s: ${typeof what === 'string' ? what : await what()}`);
		}
	}
}
