import { RateLimiter } from '../../../nodes/Wawp/limits/rateLimiter';
import { settled, VirtualClock } from '../virtualClock.mts';

/** A gate, and a record of who got to hear what there, and when. */
function gateWith({ requestsPerMinute = 0 } = {}) {
	const clock = new VirtualClock();
	const closing = new AbortController();
	const gate = new RateLimiter(requestsPerMinute, clock, closing.signal);
	const heard: Array<[name: string, answer: 'go' | 'closed', at: number]> = [];
	const pass = async (name: string) => {
		const mayStart = await gate.pass();
		heard.push([name, mayStart ? 'go' : 'closed', clock.now()]);
	};
	return { clock, gate, close: () => closing.abort(), heard, pass };
}

describe('A gate without pacing', () => {
	test('lets everyone pass at once', () => {
		const { gate, clock } = gateWith();
		for (let requests = 0; requests < 100; requests += 1) expect(gate.pass()).toBe(true);
		expect(clock.sleeping).toBe(0);
	});
});

describe('A gate with pacing', () => {
	test.each([
		[1, 60_000],
		[7, 60_000 / 7],
		[60, 1000],
		[60_000, 1],
	])('of %d requests per minute lets one pass every %d ms', async (requestsPerMinute, interval) => {
		const { clock, pass, heard } = gateWith({ requestsPerMinute });
		await clock.finish(Promise.all(['a', 'b', 'c', 'd'].map(pass)));
		heard.forEach(([, , at], index) => expect(at).toBeCloseTo(index * interval, 6));
	});

	test('lets the first pass at once', () => {
		expect(gateWith({ requestsPerMinute: 60 }).gate.pass()).toBe(true);
	});

	test('lets one pass at once where the last is long enough ago', async () => {
		const { clock, gate } = gateWith({ requestsPerMinute: 60 });
		gate.pass();
		await clock.until(1000);
		expect(gate.pass()).toBe(true);
	});

	test('does not make up for a time in which nobody came', async () => {
		const { clock, pass, heard } = gateWith({ requestsPerMinute: 60 });
		await pass('a');
		await clock.until(10_500);
		await clock.finish(Promise.all(['b', 'c', 'd'].map(pass)));
		expect(heard.map(([, , at]) => at)).toStrictEqual([0, 10_500, 11_500, 12_500]);
	});

	test('lets them pass in the order in which they came, latecomers last', async () => {
		const { clock, pass, heard } = gateWith({ requestsPerMinute: 60 });
		const first = ['a', 'b', 'c'].map(pass);
		await clock.until(1500);
		await clock.finish(Promise.all([...first, ...['d', 'e'].map(pass)]));
		expect(heard.map(([name, , at]) => [name, at])).toStrictEqual([
			['a', 0],
			['b', 1000],
			['c', 2000],
			['d', 3000],
			['e', 4000],
		]);
	});

	test('lets nobody overtake the one whose turn has just come', async () => {
		const { clock, pass, heard } = gateWith({ requestsPerMinute: 60 });
		const late = clock.later(1000).then(async () => await pass('late'));
		await clock.finish(Promise.all([...['a', 'b'].map(pass), late]));
		expect(heard.map(([name, , at]) => [name, at])).toStrictEqual([
			['a', 0],
			['b', 1000],
			['late', 2000],
		]);
	});

	test('has one sleep, however many wait', async () => {
		const { clock, pass } = gateWith({ requestsPerMinute: 60 });
		for (let requests = 0; requests < 50; requests += 1) void pass('a');
		await settled();
		expect(clock.sleeping).toBe(1);
	});
});

describe('A pause', () => {
	test('holds everyone back, and then lets everyone pass', async () => {
		const { clock, gate, pass, heard } = gateWith();
		gate.pauseFor(5000);
		const first = ['a', 'b'].map(pass);
		await clock.until(3000);
		await clock.finish(Promise.all([...first, pass('c')]));
		expect(heard).toStrictEqual([
			['a', 'go', 5000],
			['b', 'go', 5000],
			['c', 'go', 5000],
		]);
	});

	test('is over for who comes after it', async () => {
		const { clock, gate } = gateWith();
		gate.pauseFor(5000);
		await clock.until(5000);
		expect(gate.pass()).toBe(true);
	});

	test('of nothing holds nobody back', () => {
		const { gate } = gateWith();
		gate.pauseFor(0);
		expect(gate.pass()).toBe(true);
	});

	test('counts from when it was asked for', async () => {
		const { clock, gate, pass, heard } = gateWith();
		await clock.until(2000);
		gate.pauseFor(5000);
		await clock.finish(pass('a'));
		expect(heard).toStrictEqual([['a', 'go', 7000]]);
	});

	test.each([0, 1])('stays where a shorter one is asked for after it, while %d wait', async (waiting) => {
		const { clock, gate, pass, heard } = gateWith();
		gate.pauseFor(5000);
		for (let requests = 0; requests < waiting; requests += 1) void pass('a');
		await clock.until(1000);
		gate.pauseFor(2000);
		await clock.finish(pass('b'));
		for (const [, , at] of heard) expect(at).toBe(5000);
		expect(heard).toHaveLength(waiting + 1);
	});

	test('grows where a longer one is asked for during it', async () => {
		const { clock, gate, pass, heard } = gateWith();
		gate.pauseFor(5000);
		void pass('a');
		await clock.until(4000);
		gate.pauseFor(3000);
		await clock.finish(pass('b'));
		expect(heard.map(([, , at]) => at)).toStrictEqual([7000, 7000]);
	});

	test('that is asked for while requests wait for their turn holds them back as well', async () => {
		const { clock, gate, pass, heard } = gateWith({ requestsPerMinute: 60 });
		const passing = ['a', 'b', 'c'].map(pass);
		await clock.until(500);
		gate.pauseFor(5000);
		await clock.finish(Promise.all(passing));
		expect(heard.map(([, , at]) => at)).toStrictEqual([0, 5500, 6500]);
	});

	test('does not keep the pacing from counting', async () => {
		const { clock, gate, pass, heard } = gateWith({ requestsPerMinute: 6 });
		const passing = ['a', 'b', 'c'].map(pass);
		gate.pauseFor(3000);
		await clock.finish(Promise.all(passing));
		expect(heard.map(([, , at]) => at)).toStrictEqual([0, 10_000, 20_000]);
	});

	test('is waited for to its end, however long it is', async () => {
		const { clock, gate, pass, heard } = gateWith();
		gate.pauseFor(120_000);
		await clock.finish(pass('a'));
		expect(heard).toStrictEqual([['a', 'go', 120_000]]);
	});
});

describe('A closed gate', () => {
	test('lets nobody pass, and says so at once', () => {
		const { gate, close } = gateWith({ requestsPerMinute: 60 });
		gate.pass();
		gate.pauseFor(5000);
		close();
		expect(gate.pass()).toBe(false);
	});

	test('does not wait for the end of a pause to say so', () => {
		const { gate, close } = gateWith();
		gate.pauseFor(300_000);
		close();
		expect(gate.pass()).toBe(false);
	});

	test.each<[string, (gate: RateLimiter) => void]>([
		['their turn', () => undefined],
		['the end of a pause', (gate) => gate.pauseFor(60_000)],
	])('sends away those who wait for %s, at once', async (_what, prepare) => {
		const { clock, gate, close, pass, heard } = gateWith({ requestsPerMinute: 1 });
		await pass('a');
		prepare(gate);
		const passing = ['b', 'c', 'd'].map(pass);
		await clock.until(700);
		close();
		await clock.finish(Promise.all(passing));
		expect(heard.slice(1)).toStrictEqual([
			['b', 'closed', 700],
			['c', 'closed', 700],
			['d', 'closed', 700],
		]);
		expect(clock.sleeping).toBe(0);
	});
});

describe('A suspended gate', () => {
	/** Something that is not settled before a moment. */
	const suspended = (prepared: ReturnType<typeof gateWith>, until: number) =>
		prepared.gate.suspendUntil(prepared.clock.later(until - prepared.clock.now()));

	test('lets nobody pass before the promise is settled, then everyone', async () => {
		const prepared = gateWith();
		const { clock, pass, heard } = prepared;
		suspended(prepared, 4000);
		const first = ['a', 'b'].map(pass);
		await clock.until(3000);
		expect(heard).toStrictEqual([]);
		await clock.finish(Promise.all([...first, pass('c')]));
		expect(heard).toStrictEqual([
			['a', 'go', 4000],
			['b', 'go', 4000],
			['c', 'go', 4000],
		]);
	});

	test('lets pass at once again afterwards', async () => {
		const prepared = gateWith();
		suspended(prepared, 4000);
		await prepared.clock.until(4000);
		expect(prepared.gate.pass()).toBe(true);
	});

	test('stops those as well who were waiting already', async () => {
		const prepared = gateWith({ requestsPerMinute: 60 });
		const { clock, pass, heard } = prepared;
		const passing = ['a', 'b', 'c'].map(pass);
		await clock.until(500);
		suspended(prepared, 4000);
		await clock.finish(Promise.all(passing));
		expect(heard.map(([, , at]) => at)).toStrictEqual([0, 4000, 5000]);
	});

	test('lets nobody pass where it is closed by then', async () => {
		const prepared = gateWith();
		const { clock, close, pass, heard } = prepared;
		suspended(prepared, 4000);
		const passing = ['a', 'b'].map(pass);
		await clock.until(3000);
		close();
		await clock.finish(Promise.all(passing));
		expect(heard.map(([, answer]) => answer)).toStrictEqual(['closed', 'closed']);
	});

	test('holds back for the rest of a pause as well', async () => {
		const prepared = gateWith();
		const { clock, gate, pass, heard } = prepared;
		suspended(prepared, 4000);
		gate.pauseFor(6000);
		await clock.finish(pass('a'));
		expect(heard).toStrictEqual([['a', 'go', 6000]]);
	});
});

describe('The time for which a gate has held requests back', () => {
	test('is none without a pause', async () => {
		const { clock, gate, pass } = gateWith({ requestsPerMinute: 60 });
		await clock.finish(Promise.all(['a', 'b', 'c'].map(pass)));
		expect(gate.pausedMs).toBe(0);
	});

	test('is none where nobody came during the pause', async () => {
		const { clock, gate, pass } = gateWith();
		gate.pauseFor(5000);
		await clock.until(6000);
		await pass('a');
		expect(gate.pausedMs).toBe(0);
	});

	test('counts once, however many waited', async () => {
		const { clock, gate, pass } = gateWith();
		gate.pauseFor(5000);
		await clock.finish(Promise.all(['a', 'b', 'c'].map(pass)));
		expect(gate.pausedMs).toBe(5000);
	});

	test('counts from when the first came', async () => {
		const { clock, gate, pass } = gateWith();
		gate.pauseFor(5000);
		await clock.until(2000);
		await clock.finish(pass('a'));
		expect(gate.pausedMs).toBe(3000);
	});

	test('is the sum over several pauses, and what they share counts once', async () => {
		const { clock, gate, pass } = gateWith();
		gate.pauseFor(5000);
		const first = pass('a');
		await clock.until(4000);
		gate.pauseFor(3000);
		await clock.finish(first);
		expect(gate.pausedMs).toBe(7000);
		gate.pauseFor(1000);
		await clock.finish(pass('b'));
		expect(gate.pausedMs).toBe(8000);
	});

	test('leaves out what was waited for the pacing', async () => {
		const { clock, gate, pass } = gateWith({ requestsPerMinute: 60 });
		const passing = ['a', 'b', 'c'].map(pass);
		await clock.until(1500);
		gate.pauseFor(5000);
		await clock.finish(Promise.all([...passing, pass('d')]));
		// From 2000 on the third waited for the pause alone; the fourth waited for the pacing.
		expect(gate.pausedMs).toBe(4500);
	});

	test('ends where the gate is closed', async () => {
		const { clock, gate, close, pass } = gateWith();
		gate.pauseFor(5000);
		const passing = pass('a');
		await clock.until(2000);
		close();
		await clock.finish(passing);
		expect(gate.pausedMs).toBe(2000);
	});
});
