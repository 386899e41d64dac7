import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { type Answer, classifyAnswer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import { type Gateway, noGateway } from '../../../nodes/Wawp/gateway/gateway';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import { DEFAULT_OPTIONS } from '../../../nodes/Wawp/operation/optionFields';
import { Requests } from '../../../nodes/Wawp/run/requests';
import { settled, VirtualClock } from '../virtualClock.mts';

const HOUR_MS = 3_600_000;

const answerOf = (statusCode: number, retryAfter = ''): Answer => ({
	...{ statusCode, headers: { 'retry-after': retryAfter }, body: '' },
});

/** Runs of one instance, whose gateway answers as it is told after 100 ms; an aborted request gets none. */
function instance(answer: Answer) {
	const clock = new VirtualClock();
	const limiters = new AccountLimiters(clock);
	const gateway: Gateway = {
		...noGateway(failure('network')),
		ask: async (_query, { controller: { signal } }) => {
			await clock.later(100, signal);
			return signal.aborted ? { failure: failure('network') } : { answer };
		},
		classifyAnswer: (given, contactId) => classifyAnswer(given, { contactId, accessToken: 'tok-8f3a1c', now: 0 }),
		askForSession: async (send) => {
			await send(async (sending) => await gateway.ask({ contactId: '', refresh: false }, sending));
			return { kind: 'unknown' };
		},
	};
	const run = () => {
		const ended = new AbortController();
		const aborted: Failure[] = [];
		const abortRun = (why: Failure) => void aborted.push(why);
		const requests = new Requests(gateway, DEFAULT_OPTIONS, limiters, clock, ended.signal, abortRun);
		const stop = () => {
			ended.abort();
			requests.abortItemsAfter(-1);
		};
		return { requests, aborted, stop };
	};
	return { clock, gateway, run };
}

describe('Asking for the state of the session', () => {
	test.each([429, 503])(
		'is refused with a pause that counts for the instance as any other does: %d',
		async (status) => {
			const { clock, run } = instance(answerOf(status, '60'));
			const [one, other] = [run(), run()];
			await clock.finish(one.requests.sessionState());
			const turn = other.requests.turnFor(false);
			await clock.finish(turn);
			expect(clock.now()).toBe(60_100);
			expect(one.aborted).toEqual([]);
		},
	);

	test('ends the run where the pause is one that nobody waits for', async () => {
		const { clock, run } = instance(answerOf(429, '3600'));
		const { requests, aborted } = run();
		await clock.finish(requests.sessionState());
		expect(aborted).toMatchObject([{ reason: 'rate-limited', retryAfterMs: HOUR_MS }]);
	});

	test('proves nothing about a pause where it was stopped: the next request goes first, and alone', async () => {
		const { clock, run } = instance(answerOf(429, '5'));
		const [paused, stopped, other] = [run(), run(), run()];
		await clock.finish(paused.requests.sessionState());
		await clock.until(5100);
		const asking = stopped.requests.sessionState();
		await settled();
		const started: number[] = [];
		for (let index = 0; index < 4; index += 1) {
			void other.requests.turnFor(false).then(() => started.push(index));
		}
		stopped.stop();
		await asking;
		await clock.until(5200);
		expect(started).toEqual([0]);
	});

	test('waits for its turn like any other request, behind those that came before it', async () => {
		const { clock, run } = instance(answerOf(429, '5'));
		const { requests } = run();
		await clock.finish(requests.sessionState());
		const started: string[] = [];
		const turn = requests.turnFor(false).then((given) => {
			started.push('look-up');
			given?.end('answered');
		});
		const asking = requests.sessionState().then(() => started.push('session'));
		await clock.finish(Promise.all([turn, asking]));
		expect(started).toStrictEqual(['look-up', 'session']);
		expect(clock.now()).toBe(5200);
	});

	test('shows nothing where it fails as it should not', async () => {
		const { gateway, run } = instance(answerOf(200));
		gateway.askForSession = async () => await Promise.reject(new Error('torn'));
		expect(await run().requests.sessionState()).toStrictEqual({ kind: 'unknown' });
	});
});

describe('A pause of an hour, whose end one request after ten minutes is to find out,', () => {
	const TEN_MINUTES_MS = 600_000;

	/** An instance ten minutes after the gateway has asked for that pause. */
	const tenMinutesLater = async () => {
		const { clock, run } = instance(answerOf(429, '3600'));
		await clock.finish(run().requests.sessionState());
		await clock.until(100 + TEN_MINUTES_MS);
		return { clock, run };
	};

	test('is found out by the next request where the run of that one was stopped before its answer', async () => {
		const { run } = await tenMinutesLater();
		const [stopped, other] = [run(), run()];
		const asking = stopped.requests.sessionState();
		await settled();
		stopped.stop();
		await asking;
		expect(await other.requests.turnFor(false)).toBeDefined();
		expect(other.aborted).toEqual([]);
	});

	test('is found out by the next request where the run of that one ended just when its turn came', async () => {
		const { run } = await tenMinutesLater();
		const [first, stopped, other] = [run(), run(), run()];
		const probe = await first.requests.turnFor(false);
		const turn = stopped.requests.turnFor(false);
		probe?.end('aborted');
		stopped.stop();
		expect(await turn).toBeUndefined();
		expect(await other.requests.turnFor(false)).toBeDefined();
		expect(other.aborted).toEqual([]);
	});
});
