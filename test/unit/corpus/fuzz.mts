import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';

const FOLDER = 'test/unit/corpus';

/**
 * Tries a promise on what once broke it, then on random inputs. An input that breaks it is kept in the corpus, a file of
 * JSON, and tried first from then on.
 *
 * @param name of the file
 * @param inputs of what JSON can hold
 * @throws where an input breaks the promise, with the smallest such input
 */
export function fuzz<Input>(
	name: string,
	inputs: fc.Arbitrary<Input>,
	promise: (input: Input) => void,
	runs = 2000,
): void {
	const file = `${FOLDER}/${name}.json`;
	const corpus = JSON.parse(readFileSync(file, 'utf8')) as Input[];
	const property = fc.property(inputs, promise);
	const result = fc.check(property, { numRuns: runs, examples: corpus.map((input): [Input] => [input]) });
	if (!result.failed) return;
	const [input] = result.counterexample ?? [];
	if (input !== undefined && !corpus.some((known) => JSON.stringify(known) === JSON.stringify(input))) {
		writeFileSync(file, `${JSON.stringify([...corpus, input], null, '\t')}\n`);
	}
	throw new Error(fc.defaultReportMessage(result));
}
