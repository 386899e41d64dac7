import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { type Answer, classifyAnswer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import { type Gateway, noGateway } from '../../../nodes/Wawp/gateway/gateway';
import { InstanceLimiters } from '../../../nodes/Wawp/limits/instanceLimiters';
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
	const limiters = new InstanceLimiters(clock);
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
	return { clock, run };
}

describe('Asking for the state of the session', () => {
	test.each([429, 503])(
		'is refused with a pause that counts for the instance as any other does: %d',
		async (status) => {
			const { clock, run } = instance(answerOf(status, '60'));
			const [one, other] = [run(), run()];
			await clock.finish(one.requests.sessionState());
			const turn = Promise.resolve(other.requests.turnFor(false, false));
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
			void Promise.resolve(other.requests.turnFor(false, false)).then(() => started.push(index));
		}
		stopped.stop();
		await asking;
		await clock.until(5200);
		expect(started).toEqual([0]);
	});
});
