import Sequencer from '@jest/test-sequencer';

/** Files whose tests wait for minutes of real time. Begun last, they would keep all others waiting. */
const WAIT_LONG = /\/executions(Paced)?\.test\.mts$/;

/** The order in which jest starts test files: its own, but those that wait longest come first. */
export default class LongWaitsFirst extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const waitLong = ({ path }) => WAIT_LONG.test(path);
		return [...sorted.filter(waitLong), ...sorted.filter((test) => !waitLong(test))];
	}
}
