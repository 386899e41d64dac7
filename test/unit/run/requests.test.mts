import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { type Gateway, noGateway } from '../../../nodes/Wawp/gateway/gateway';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import { DEFAULT_OPTIONS } from '../../../nodes/Wawp/operation/optionFields';
import { Requests } from '../../../nodes/Wawp/run/requests';
import { settled, VirtualClock } from '../virtualClock.mts';

const HOUR_MS = 3_600_000;
const QUERY = { contactId: '15551234567@c.us', refresh: false };

/** Runs of one account, whose gateway answers everything with one status after 100 ms; an aborted request gets none. */
function account(statusCode: number, retryAfter = '') {
	const clock = new VirtualClock();
	const limiters = new AccountLimiters(clock);
	const answer = { statusCode, headers: { 'retry-after': retryAfter }, body: '' };
	const why = failure('rate-limited', { retryAfterMs: Number(retryAfter) * 1000, statusCode });
	const gateway: Gateway = {
		...noGateway(failure('network')),
		accountId: 'account',
		send: async (_request, { controller: { signal } }) => {
			await clock.later(100, signal);
			return signal.aborted ? { failure: failure('network') } : { answer };
		},
		classifyAnswer: () => (retryAfter ? { kind: 'failure', failure: why } : { kind: 'none', id: QUERY.contactId }),
	};
	const run = () => {
		const ended = new AbortController();
		const endings: Failure[] = [];
		const end = (reason: Failure) => {
			endings.push(reason);
			ended.abort();
		};
		const options = { ...DEFAULT_OPTIONS, requestsPerMinute: 0, maxRetries: 0 };
		const requests = new Requests(gateway, options, limiters, clock, ended.signal, end);
		const stop = () => {
			ended.abort();
			requests.abort();
		};
		return { requests, endings, stop };
	};
	return { clock, run };
}

describe('A check', () => {
	test.each([429, 503])('that is answered with a pause holds back every run of the account: %d', async (statusCode) => {
		const { clock, run } = account(statusCode, '60');
		const [one, other] = [run(), run()];
		await clock.finish(one.requests.checkGateway());
		await clock.finish(other.requests.lookUp(QUERY, false));
		expect(clock.now()).toBe(60_200);
		expect(one.endings).toStrictEqual([]);
	});

	test('ends its run where the pause is too long to wait for, and each run that begins during it', async () => {
		const { clock, run } = account(429, '3600');
		const [one, other] = [run(), run()];
		expect(await clock.finish(one.requests.checkGateway())).toBeUndefined();
		expect(one.endings[0]).toMatchObject({ reason: 'rate-limited', retryAfterMs: HOUR_MS });
		expect(await clock.finish(other.requests.lookUp(QUERY, false))).toBeUndefined();
		expect(other.endings).toMatchObject([{ reason: 'rate-limited', retryAfterMs: HOUR_MS }]);
		expect(clock.now()).toBe(100);
	});

	test('waits for its turn as any other request does, after those that came before it', async () => {
		const { clock, run } = account(429, '5');
		const { requests } = run();
		await clock.finish(requests.checkGateway());
		const ended: string[] = [];
		const lookup = requests.lookUp(QUERY, false).then(() => ended.push('lookup'));
		const check = requests.checkGateway().then(() => ended.push('check'));
		await clock.finish(Promise.all([lookup, check]));
		expect(ended).toStrictEqual(['lookup', 'check']);
	});
});

describe('A request that is aborted with its run', () => {
	test('proves nothing about a pause that is over: the next one goes first, and alone', async () => {
		const { clock, run } = account(429, '5');
		const [paused, stopped, other] = [run(), run(), run()];
		await clock.finish(paused.requests.lookUp(QUERY, false));
		await clock.until(5100);
		const aborted = stopped.requests.lookUp(QUERY, false);
		await settled();
		let open = 4;
		for (let index = 0; index < 4; index += 1) void other.requests.lookUp(QUERY, false).then(() => (open -= 1));
		stopped.stop();
		await aborted;
		await clock.until(5250);
		expect(open).toBe(3);
	});

	test('leaves it to the next one to find out whether an hour of pause still holds', async () => {
		const { clock, run } = account(429, '3600');
		const tenMinutesLater = async () => await clock.until(clock.now() + 600_000);
		const [paused, stopped, ended, other] = [run(), run(), run(), run()];
		await clock.finish(paused.requests.lookUp(QUERY, false));
		await tenMinutesLater();
		const aborted = stopped.requests.lookUp(QUERY, false);
		await settled();
		// Its turn comes just when its run ends.
		const tooLate = ended.requests.lookUp(QUERY, false);
		stopped.stop();
		ended.stop();
		expect(await aborted).toMatchObject({ failure: { reason: 'network' } });
		expect(await tooLate).toBeUndefined();
		const asking = other.requests.lookUp(QUERY, false);
		await settled();
		expect(other.endings).toStrictEqual([]);
		await clock.finish(asking);
		expect(other.endings).toMatchObject([{ reason: 'rate-limited' }]);
	});
});
