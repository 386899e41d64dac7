import { failure, type Failure } from '../../../nodes/Wawp/failure';
import type { SessionState } from '../../../nodes/Wawp/gateway/classifySession';
import type { Outcome, Unconfirmed } from '../../../nodes/Wawp/gateway/outcome';
import { WORDS } from '../../../nodes/Wawp/gateway/words';
import { Confirmation } from '../../../nodes/Wawp/run/confirmation';
import { settled } from '../virtualClock.mts';
import { DEAD, STARTING, UNKNOWN, WORKS } from './run.mts';

const NONE: Outcome = { kind: 'none', id: 'a' };
const failed = (statusCode: number): Outcome => ({
	kind: 'failure',
	failure: failure('unexpected-response', { statusCode }),
});

/** What can be about the contact as well. */
const unclear = (statusCode = 401): Unconfirmed => ({
	...{ kind: 'unconfirmed', statusCode, abortsRun: false, isAboutSession: statusCode === 404 },
	...{ ifTheyWork: NONE, ifUnknown: failed(statusCode) },
});

/** The same in Wawp's own envelope. */
const enveloped = (): Unconfirmed => ({ ...unclear(404), ifUnknown: NONE });

/** What is said of it where nothing shows that the endpoint is there. */
const NO_ROUTE: Outcome = {
	kind: 'failure',
	failure: failure('unexpected-response', { ...WORDS.noSuchRoute, statusCode: 404 }),
};

/** What says that every request fails. */
const fatal = (): Unconfirmed => ({ ...unclear(), abortsRun: true });

/** A confirmation, in which the test says how the session is each time that it is asked for. */
function byHand() {
	const answers: Array<(state: SessionState | undefined) => void> = [];
	const abortedFor: Failure[] = [];
	const told: Outcome[] = [];
	const toldOf: number[] = [];
	const confirmation = new Confirmation(async () => await new Promise((resolve) => answers.push(resolve)), {
		abortRun: (why) => void abortedFor.push(why),
		settled: (outcome, requestsStarted) => {
			told.push(outcome);
			toldOf.push(requestsStarted);
		},
	});
	return {
		confirmation,
		abortedFor,
		told,
		toldOf,
		asked: () => answers.length,
		/** Says how the session is to who asked last. */
		says: async (state: SessionState | undefined) => {
			answers.at(-1)?.(state);
			await settled();
		},
		/** So many that are held, one after the other. */
		hold: async (count: number, make: () => Unconfirmed = unclear) => {
			const held = Array.from({ length: count }, make);
			for (const answer of held) void confirmation.hear(answer, 1, false);
			await settled();
			return held;
		},
	};
}

describe('That every request fails', () => {
	test('was contradicted where credential and session work', async () => {
		const { confirmation, says } = byHand();
		const heard = confirmation.hear(fatal(), 1, false);
		await says(WORKS);
		expect(await heard).toStrictEqual({ kind: 'again', isContradicted: true });
	});

	test('was contradicted by a success that began later', async () => {
		const { confirmation, says } = byHand();
		const heard = confirmation.hear(fatal(), 1, false);
		confirmation.proved(2, false);
		await says(undefined);
		expect(await heard).toStrictEqual({ kind: 'again', isContradicted: true });
	});

	test('was not contradicted where it came while the session was asked for, which is done once per twenty', async () => {
		const { confirmation, says, asked } = byHand();
		void confirmation.hear(fatal(), 1, false);
		const others = Array.from({ length: 19 }, async () => await confirmation.hear(fatal(), 1, false));
		await says(WORKS);
		expect(await Promise.all(others)).toStrictEqual(Array(19).fill({ kind: 'again', isContradicted: false }));
		expect(asked()).toBe(1);
		void confirmation.hear(fatal(), 1, false);
		expect(asked()).toBe(2);
	});

	test('is held where the contact was asked for again, and asks for nothing', async () => {
		const { confirmation, asked, says } = byHand();
		const answer = fatal();
		expect(await confirmation.hear(answer, 1, true)).toBeUndefined();
		expect(asked()).toBe(0);
		void confirmation.finish();
		await says(WORKS);
		expect(confirmation.outcomeOf(answer)).toStrictEqual(NONE);
	});

	test('is asked for no more where the run was stopped', async () => {
		const { confirmation, says, asked } = byHand();
		const heard = confirmation.hear(fatal(), 1, false);
		await says(undefined);
		expect(await heard).toStrictEqual({ kind: 'again', isContradicted: false });
		expect(asked()).toBe(1);
	});
});

describe('An answer that is held', () => {
	test('is one of twenty at most, those that come while the session is asked for among them', async () => {
		const { confirmation, hold, says, asked } = byHand();
		await hold(20);
		const later = await hold(20);
		expect(asked()).toBe(1);
		await says(WORKS);
		expect(asked()).toBe(2);
		expect(later.map((answer) => confirmation.outcomeOf(answer))).toStrictEqual(Array(20).fill(undefined));
		await says(WORKS);
		expect(asked()).toBe(2);
		expect(later.map((answer) => confirmation.outcomeOf(answer))).toStrictEqual(Array(20).fill(NONE));
	});

	test('at the end is asked for once more where it came while the session was asked for', async () => {
		const { confirmation, hold, says, asked } = byHand();
		const [first] = (await hold(1)) as [Unconfirmed];
		const finished = confirmation.finish();
		const [second] = (await hold(1, enveloped)) as [Unconfirmed];
		await says(UNKNOWN);
		expect([first, second].map((answer) => confirmation.outcomeOf(answer))).toStrictEqual([failed(401), undefined]);
		await says(UNKNOWN);
		await finished;
		expect([asked(), confirmation.outcomeOf(second)]).toStrictEqual([2, NONE]);
	});

	test('is let go where nobody needs it any more, and no other one', async () => {
		const { confirmation, hold } = byHand();
		const [gone, other] = (await hold(2)) as [Unconfirmed, Unconfirmed];
		for (const answer of [gone, other, other]) confirmation.keep(answer);
		for (const answer of [gone, other]) confirmation.drop(answer);
		confirmation.proved(2, false);
		expect([gone, other].map((answer) => confirmation.outcomeOf(answer))).toStrictEqual([undefined, NONE]);
	});

	test('is held again where somebody needs it after it was let go', async () => {
		const { confirmation, hold, says, asked } = byHand();
		const [answer] = (await hold(1)) as [Unconfirmed];
		confirmation.keep(answer);
		confirmation.drop(answer);
		await confirmation.finish();
		expect(asked()).toBe(0);
		confirmation.keep(answer);
		void confirmation.finish();
		await says(WORKS);
		expect(confirmation.outcomeOf(answer)).toStrictEqual(NONE);
	});

	test('fails at once where somebody needs it after the credential was found dead', async () => {
		const { confirmation, hold } = byHand();
		const [answer] = (await hold(1)) as [Unconfirmed];
		confirmation.keep(answer);
		confirmation.drop(answer);
		confirmation.fail(failure('credential-invalid'));
		expect(confirmation.outcomeOf(answer)).toBeUndefined();
		confirmation.keep(answer);
		expect(confirmation.outcomeOf(answer)).toMatchObject({
			failure: { reason: 'credential-invalid', statusCode: 401 },
		});
	});

	test('keeps what it has come to, whoever needs it or does not', async () => {
		const { confirmation, hold } = byHand();
		const [answer] = (await hold(1)) as [Unconfirmed];
		confirmation.proved(2, false);
		confirmation.fail(failure('credential-invalid'));
		confirmation.keep(answer);
		confirmation.drop(answer);
		expect(confirmation.outcomeOf(answer)).toStrictEqual(NONE);
	});

	test('is not settled by a success that may have been stored, where it can be about the session', async () => {
		const { confirmation, hold } = byHand();
		const [about401, about404] = [...(await hold(1)), ...(await hold(1, enveloped))] as [Unconfirmed, Unconfirmed];
		const outcomes = () => [about401, about404].map((answer) => confirmation.outcomeOf(answer));
		confirmation.proved(1, true);
		expect(outcomes()).toStrictEqual([undefined, undefined]);
		confirmation.proved(2, false);
		expect(outcomes()).toStrictEqual([NONE, undefined]);
		confirmation.proved(2, true);
		expect(outcomes()).toStrictEqual([NONE, NONE]);
	});

	test.each<[string, SessionState]>([
		['is dead', DEAD],
		['is starting', STARTING],
		['is unknown', UNKNOWN],
	])('keeps what a success has made of it, though the session %s by what comes later', async (_what, session) => {
		const { confirmation, hold, says, abortedFor, told } = byHand();
		const [answer] = (await hold(1)) as [Unconfirmed];
		const finished = confirmation.finish();
		confirmation.proved(2, false);
		await says(session);
		await finished;
		expect(confirmation.outcomeOf(answer)).toStrictEqual(NONE);
		expect([told, abortedFor]).toStrictEqual([[NONE], []]);
	});

	test('ends the run where nothing can tell only if it says that every request fails', async () => {
		const { confirmation, hold, says, abortedFor } = byHand();
		await hold(1);
		void confirmation.finish();
		await says(UNKNOWN);
		expect(abortedFor).toStrictEqual([]);
		void confirmation.hear(fatal(), 1, true);
		void confirmation.finish();
		await says(UNKNOWN);
		expect(abortedFor).toMatchObject([{ reason: 'unexpected-response' }]);
	});

	test.each<[string, () => Unconfirmed, answered: number, Outcome]>([
		["A 404 in Wawp's envelope is an endpoint that is not there", enveloped, 0, NO_ROUTE],
		["A 404 in Wawp's envelope is no picture where another contact has one", enveloped, 200, NONE],
		["A 404 in Wawp's envelope is no picture where another contact was said to have none", enveloped, 404, NONE],
		['A bare 404 stays what it is', () => unclear(404), 0, failed(404)],
		['A 401 stays what it is', () => unclear(), 0, failed(401)],
	])('%s, where the gateway has nothing that tells of the session', async (_what, make, answered, expected) => {
		const { confirmation, hold, says } = byHand();
		if (answered) confirmation.endpoint.answered(answered);
		const [answer] = (await hold(1, make)) as [Unconfirmed];
		void confirmation.finish();
		await says({ kind: 'unknown', isMissing: true });
		expect(confirmation.outcomeOf(answer)).toStrictEqual(expected);
	});

	test('is about an endpoint that is not there also where nobody can be asked any more', async () => {
		const { confirmation, hold, says } = byHand();
		await hold(1);
		void confirmation.finish();
		await says({ kind: 'unknown', isMissing: true });
		const [later] = (await hold(1, enveloped)) as [Unconfirmed];
		void confirmation.finish();
		await says(UNKNOWN);
		expect(confirmation.outcomeOf(later)).toStrictEqual(NO_ROUTE);
	});

	test('is told to the run once it has come to something, unless its look-up still waits and hears it itself', async () => {
		const { confirmation, hold, says, told, toldOf } = byHand();
		await hold(18);
		void confirmation.hear(unclear(), 7, false);
		const last = confirmation.hear(unclear(403), 8, false);
		await says(UNKNOWN);
		expect(await last).toStrictEqual(failed(403));
		expect(told).toStrictEqual(Array(19).fill(failed(401)));
		expect(toldOf).toStrictEqual([...Array<number>(18).fill(1), 7]);
	});
});

describe('Where credential and session work,', () => {
	/** What becomes of answers that are asked for together. */
	const outcomes = async (answers: Unconfirmed[], answered = 404) => {
		const { confirmation, says } = byHand();
		if (answered) confirmation.endpoint.answered(answered);
		for (const answer of answers) void confirmation.hear(answer, 1, false);
		void confirmation.finish();
		await says(WORKS);
		return answers.map((answer) => confirmation.outcomeOf(answer));
	};
	const bare = (count: number) => Array.from({ length: count }, () => unclear(404));

	test.each([1, 19])('%d bare 404s are that many contacts without a picture', async (count) => {
		expect(await outcomes(bare(count))).toStrictEqual(Array(count).fill(NONE));
	});

	test('twenty bare 404s are an endpoint that is not there, unless it has answered', async () => {
		expect(await outcomes(bare(20))).toStrictEqual(Array(20).fill(failed(404)));
		expect(await outcomes(bare(20), 200)).toStrictEqual(Array(20).fill(NONE));
	});

	test.each<[string, () => Unconfirmed]>([
		["404s in Wawp's own envelope", enveloped],
		['401s', unclear],
	])('%s do not count among them', async (_what, other) => {
		const answers = [...bare(10), ...Array.from({ length: 10 }, other)];
		expect(await outcomes(answers)).toStrictEqual(Array(20).fill(NONE));
	});
});
