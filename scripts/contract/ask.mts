import { createInterface } from 'node:readline';

/** The flag that answers the question before it is asked. */
export const YES = '--yes';

/** Where to ask, and where the answer comes from. */
export interface Terminal {
	input: NodeJS.ReadableStream;
	output: NodeJS.WritableStream;
}

/**
 * Asks, and takes anything but a yes for a no, the end of the input as well.
 */
export async function isConfirmed(question: string, { input, output }: Terminal): Promise<boolean> {
	const lines = createInterface({ input, output });
	const answer = await new Promise<string>((resolve) => {
		lines.question(`${question} [y/N] `, resolve);
		lines.once('close', () => resolve(''));
	});
	lines.close();
	return /^y(?:es)?$/i.test(answer.trim());
}
