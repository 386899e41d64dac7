import { RequestQueue } from '../../../nodes/Wawp/limits/requestQueue';

function queueOf(...waiting: Array<[name: string, kind?: 'live' | 'sent back' | 'live, sent back']>) {
	const queue = new RequestQueue<string, string>();
	const given: string[] = [];
	for (const [name, kind] of waiting) {
		const run = name[0] as string;
		queue.add(
			{ run, isLive: !!kind?.startsWith('live'), since: 0, give: (turn) => void given.push(`${name} ${turn}`) },
			!!kind?.endsWith('sent back'),
		);
	}
	const drain = (mayBeLive = true) => {
		for (let next = queue.next(mayBeLive); next; next = queue.next(mayBeLive)) next.give('');
		return given.map((text) => text.trim());
	};
	return { queue, given, drain };
}

describe('Requests that wait', () => {
	test('of one run start in the order in which they came', () => {
		expect(queueOf(['a1'], ['a2'], ['a3']).drain()).toStrictEqual(['a1', 'a2', 'a3']);
	});

	test('of several runs start in turns', () => {
		const list = queueOf(['a1'], ['a2'], ['a3'], ['b1'], ['c1'], ['c2']);
		expect(list.drain()).toStrictEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
	});

	test('go first where the gateway sent them back with a pause', () => {
		expect(queueOf(['a1'], ['b1'], ['b2', 'sent back'], ['a2', 'sent back']).drain()).toStrictEqual([
			'b2',
			'a2',
			'a1',
			'b1',
		]);
	});

	test('are passed over where they are live and none may be, and keep their turn', () => {
		const { queue, drain } = queueOf(['a1', 'live'], ['a2'], ['b1', 'live'], ['c1']);
		expect(drain(false)).toStrictEqual(['a2', 'c1']);
		expect(queue.isEmpty).toBe(false);
		expect(drain().slice(2).sort()).toStrictEqual(['a1', 'b1']);
		expect(queue.isEmpty).toBe(true);
	});

	test('are passed over then where they were sent back as well, and go first once they may', () => {
		const { drain } = queueOf(['a1'], ['a2', 'live, sent back'], ['b1', 'live']);
		expect(drain(false)).toStrictEqual(['a1']);
		expect(drain()).toStrictEqual(['a1', 'a2', 'b1']);
	});

	test('are taken out with their run, and no others', () => {
		const { queue, drain } = queueOf(['a1'], ['b1'], ['a2', 'sent back'], ['b2', 'sent back']);
		expect(queue.takeAll('a').map(({ run }) => run)).toStrictEqual(['a', 'a']);
		expect(drain()).toStrictEqual(['b2', 'b1']);
	});

	test('are all taken out where no run is named', () => {
		const { queue } = queueOf(['a1'], ['b1'], ['a2', 'sent back'], ['b2']);
		expect(queue.takeAll()).toHaveLength(4);
		expect(queue.isEmpty).toBe(true);
	});
});
