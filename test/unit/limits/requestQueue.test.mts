import { RequestQueue } from '../../../nodes/Wawp/limits/requestQueue';

/** Requests whose run is their first letter, in the order in which they came; a dash is for those that were sent back. */
function queueOf(names: string) {
	const queue = new RequestQueue<string, string>();
	const given: string[] = [];
	for (const name of names.split(' ')) {
		queue.add({ run: name[0] as string, since: 0, give: () => void given.push(name) }, name.endsWith('-'));
	}
	const drain = () => {
		for (let next = queue.next(); next; next = queue.next()) next.give('');
		expect(queue.isEmpty).toBe(true);
		return given.join(' ');
	};
	return { queue, drain };
}

describe('Requests that wait', () => {
	test.each([
		['of one run in the order in which they came', 'a1 a2 a3', 'a1 a2 a3'],
		['of several runs in turns', 'a1 a2 a3 b1 c1 c2', 'a1 b1 c1 a2 c2 a3'],
		['first where the gateway sent them back with a pause', 'a1 b1 b2- a2-', 'b2- a2- a1 b1'],
	])('start %s', (_how, come, start) => {
		expect(queueOf(come).drain()).toBe(start);
	});

	test('are taken out with their run, and no others', () => {
		const { queue, drain } = queueOf('a1 b1 a2- b2- a3');
		expect(queue.takeAllOf('a').map(({ run }) => run)).toStrictEqual(['a', 'a', 'a']);
		expect(queue.takeAllOf('a')).toStrictEqual([]);
		expect(queue.isEmpty).toBe(false);
		expect(drain()).toBe('b2- b1');
	});
});
