import fc from 'fast-check';

import { type Behaviour, json } from '../../stand-in/behaviours.mts';
import { CONTACTS } from '../../stand-in/contacts.mts';
import { dialectOf } from '../../stand-in/dialects.mts';
import { inForeignWords, sentence } from '../../stand-in/foreignWords.mts';
import { contacts, NOT_WELL, type Reply, run, type State } from './run.mts';

type Answer = Extract<Behaviour, { status: number }>;

const ASKED = '{contact}';

/** All but those that say that there is no picture by their shape, and one that has a picture. */
const OTHERS = Object.entries(CONTACTS).filter(([name]) => !['emptyUrl', 'nullUrl', 'renumbered'].includes(name));

/** All that the stand-in says instead of a picture or of none; and none, with something else beside it. */
const ERRORS: Answer[] = [
	...OTHERS.map(([, { id, does }]) => askedFor(does, id)),
	...(['documented', 'waha'] as const).flatMap((name) => {
		const { tokenRevoked, instanceDeleted, session, noRoute } = dialectOf(name, '');
		const sessions = ['STARTING', 'SCAN_QR_CODE', 'STOPPED', 'FAILED'].map(session);
		return [...tokenRevoked, ...instanceDeleted, ...sessions, ...noRoute];
	}),
	json(200, { id: ASKED, url: null, reason: 'rate-overlimit' }),
	json(200, { id: ASKED, url: '', connected: false }),
	json(200, { profilePictureURL: null, exception: { code: 503 } }),
].filter((behaviour): behaviour is Answer => 'status' in behaviour);

function askedFor(behaviour: Behaviour, id: string): Behaviour {
	if (!('status' in behaviour) || typeof behaviour.body !== 'string') return behaviour;
	return { ...behaviour, body: behaviour.body.replaceAll(id, ASKED) };
}

const SEED = fc.nat().map(String);
const WORDS = SEED.map(sentence);
const KEY = fc.oneof(fc.constantFrom('reason', 'hint', 'meta', 'isError', 'retry', 'errorCode'), WORDS);
const VALUE = fc.oneof(
	fc.constantFrom(null, true, false, '', 0, 429, 'WORKING'),
	WORDS,
	fc.record({ ok: fc.boolean() }),
);

const WRAPPINGS: Array<(body: object, more: object, words: string) => unknown> = [
	(body, more) => ({ ...more, ...body }),
	(data, more) => ({ ...more, data }),
	(error, more) => ({ ...more, error }),
	(body, more) => ({ ...more, result: [body] }),
	(body) => [body],
	(_body, _more, words) => words,
	(_body, _more, words) => `<error><code>${words}</code><message>${words}</message></error>`,
];

/** The same answer in words that nobody has ever seen, with keys that nobody knows, wrapped in some way. */
const ERROR: fc.Arbitrary<Answer> = fc
	.record({
		error: fc.constantFrom(...ERRORS),
		seed: SEED,
		more: fc.dictionary(KEY, VALUE, { maxKeys: 3 }),
		wrap: fc.constantFrom(...WRAPPINGS),
	})
	.map(({ error, seed, more, wrap }) => {
		const reworded = inForeignWords(error, seed) as Answer;
		const text = String(reworded.body);
		if (!text.startsWith('{')) return reworded;
		const wrapped = wrap(JSON.parse(text) as object, more, sentence(`${seed} ${text}`));
		return { ...reworded, body: typeof wrapped === 'string' ? wrapped : JSON.stringify(wrapped) };
	});

const REPLIES = fc.array(fc.array(ERROR, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 19, size: 'max' });
const OPTIONS = fc.record({ concurrency: fc.integer({ min: 1, max: 6 }), maxRetries: fc.integer({ min: 0, max: 2 }) });
const STATES = fc.array(fc.constantFrom(...NOT_WELL), { minLength: 1, maxLength: 4 });

function replyOf({ status, headers = {}, body }: Answer): Reply {
	return { after: 100, answer: { statusCode: status, headers, body: String(body) } };
}

/** A run in which each contact is answered so, and what it comes to. */
async function outcomesOf(answers: Answer[][], states: State[], options: { concurrency: number; maxRetries: number }) {
	const items = contacts(answers.length);
	const replies = Object.fromEntries(items.map((item, index) => [item, (answers[index] ?? []).map(replyOf)]));
	const { results, checks, stoppedAsking } = await run({ items, replies, states, options });
	const isFailure = results.every((result) => result?.outcome.kind === 'failure');
	const seen = checks.map((_, index) => states[Math.min(index, states.length - 1)]);
	// Where nothing came that could tell, the check is made again.
	const said = seen.filter((state) => state !== 'in trouble' && state !== 'silent');
	const isDead = (state: State | undefined) => state === 'stopped' || state === 'refused';
	const isDeadTwice = said.some((state, index) => isDead(state) && state === said[index + 1]);
	return { isFailure, isDeadTwice, hasEnded: !!stoppedAsking || results.some((result) => result?.attempts === 0) };
}

/** Thousands of runs in virtual time take a while on a machine that has other things to do. */
jest.setTimeout(180_000);

describe('Any answer but a picture, whatever its words,', () => {
	test('is no picture, and not none, while the gateway is not well, which ends the run only if it is dead twice', async () => {
		await fc.assert(
			fc.asyncProperty(REPLIES, STATES, OPTIONS, async (answers, states, options) => {
				const { isFailure, isDeadTwice, hasEnded } = await outcomesOf(answers, states, options);
				expect(isFailure).toBe(true);
				expect(hasEnded && !isDeadTwice).toBe(false);
			}),
			{ numRuns: 400 },
		);
	});

	test('is no picture, and none only if it is a 404, while the gateway is well, and ends no run', async () => {
		await fc.assert(
			fc.asyncProperty(REPLIES, OPTIONS, async (answers, options) => {
				const others = answers
					.map((list) => list.filter(({ status }) => status !== 404))
					.filter(({ length }) => length);
				const { isFailure, hasEnded } = await outcomesOf(others, ['well'], options);
				expect([isFailure, hasEnded]).toStrictEqual([true, false]);
			}),
			{ numRuns: 400 },
		);
	});
});
