import type { OpenRequest, Turn } from '../../../nodes/Wawp/limits/instanceLimiter';
import { InstanceLimiters } from '../../../nodes/Wawp/limits/instanceLimiters';
import type { Ending } from '../../../nodes/Wawp/limits/pause';
import type { RunLimiter } from '../../../nodes/Wawp/limits/runLimiter';
import { settled, VirtualClock } from '../virtualClock.mts';

/** Runs of one instance. */
function runs() {
	const clock = new VirtualClock();
	const limiters = new InstanceLimiters(clock);
	const joined = (concurrency = 5) =>
		limiters.join('a', { concurrency, requestsPerMinute: 'advised' }, new AbortController().signal);
	/** Asks for a request at once, and ends it so much after its start. */
	const ask = async (run: RunLimiter, { isLive = false, takes = 0, ending = 'answered' as Ending } = {}) => {
		const open = opened(await run.acquire({ isLive, wasSentBack: false }));
		if (takes > 0) await clock.later(takes);
		open.end(ending);
	};
	/** Uses up what may start at once of live look-ups: the next one may at 10 s, and then one each second. */
	const useUpBurst = async (run: RunLimiter) => {
		for (let index = 0; index < 10; index += 1) await ask(run, { isLive: true });
	};
	return { clock, joined, ask, useUpBurst };
}

function opened(turn: Turn): OpenRequest {
	if (typeof turn === 'object' && 'end' in turn) return turn;
	throw new Error('It did not start');
}

describe('What a run waited', () => {
	test('for a pause counts once, however many of its requests waited, and from the first of them on', async () => {
		const { clock, joined, ask } = runs();
		const run = joined();
		await ask(run, { ending: { pauseMs: 10_000 } });
		await clock.until(2000);
		const waited = [ask(run, { takes: 100 })];
		await clock.until(5000);
		waited.push(ask(run));
		await clock.finish(Promise.all(waited));
		expect([run.pausedMs, run.livePacedMs]).toEqual([8000, 0]);
	});

	test('for the pace of live look-ups counts once as well, until the last of them starts', async () => {
		const { clock, joined, ask, useUpBurst } = runs();
		const run = joined();
		await useUpBurst(run);
		await clock.until(2000);
		const waited = [ask(run, { isLive: true })];
		await clock.until(5000);
		waited.push(ask(run, { isLive: true }));
		await clock.finish(Promise.all(waited));
		expect([run.pausedMs, run.livePacedMs]).toEqual([0, 9000]);
	});

	test('for a place counts for neither, and the next live look-up that waits for its pace does', async () => {
		const { clock, joined, ask, useUpBurst } = runs();
		const run = joined(1);
		await useUpBurst(run);
		const waited = [ask(run, { takes: 4000 }), ask(run)];
		await clock.until(4000);
		await Promise.all(waited);
		await settled();
		expect([run.pausedMs, run.livePacedMs]).toEqual([0, 0]);
		await clock.finish(ask(run, { isLive: true }));
		expect([run.pausedMs, run.livePacedMs]).toEqual([0, 6000]);
	});
});
