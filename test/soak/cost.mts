import type { ContestantName } from '../../bench/contestants.mts';
import type { List } from '../../bench/lists.mts';
import { measure } from '../../bench/measure.mts';
import type { Testbed } from '../../sandbox/testbed.mts';
import { markdownTable } from '../../scripts/markdown.mts';
import type { FaultName } from '../stand-in/faults.mts';
import type { Counts } from '../stand-in/gateway.mts';
import { PICTURES } from '../stand-in/pictureFaults.mts';

/** What one answer costs whoever asked for it, a retry included where it is asked for again. */
interface Cost {
	seconds: number;
	/** Peak memory above that of the idle process, in MB. */
	peakMb: number;
}

/** The gateway's answers that aim at the memory. */
const HOSTILE: FaultName[] = [
	'100 MB of JSON',
	'a million nested lists',
	'a million nested objects',
	'gzip bomb, 100 MB',
	'brotli bomb, 100 MB',
	'headers of 100 KB',
];

/** The same of the server of the pictures. */
const HOSTILE_PICTURES = { 'a picture without an end': PICTURES.flood, 'a picture that is a gzip bomb': PICTURES.bomb };

/** What a hostile answer may cost this node at most: the time is its Timeout, as it is if nobody sets it. */
const MOST: Cost = { seconds: 30, peakMb: 10 };

/** What each hostile answer costs this node, and n8n's HTTP Request node beside it where that asks for the same. */
export type Costs = Array<{ what: string; ours: Cost; theirs?: Cost }>;

/** Has each of them look up one contact, in a fresh process, and get that answer. */
export async function costs(testbed: Testbed): Promise<Costs> {
	const table: Costs = [];
	for (const what of HOSTILE) {
		const chaos = { seed: '', faults: 1, badCertificates: 0, only: what };
		const list = { title: what, contacts: 1, times: 1, trouble: 0, chaos };
		const isMet = ({ metBy }: Counts) => Object.values(metBy).flat().includes(what);
		const ours = await cost('wawp', list, testbed, isMet);
		table.push({ what, ours, theirs: await cost('http', list, testbed, isMet) });
	}
	for (const [what, { id }] of Object.entries(HOSTILE_PICTURES)) {
		const digits = id.replace('@c.us', '');
		const options = { downloadPicture: true };
		const list = { title: what, contacts: 1, times: 1, trouble: 0, first: Number(digits), options };
		table.push({ what, ours: await cost('wawp', list, testbed, ({ perPicture }) => perPicture[digits] === 1) });
	}
	return table;
}

async function cost(
	who: ContestantName,
	list: List,
	testbed: Testbed,
	isMet: (counts: Counts) => boolean,
): Promise<Cost> {
	console.log(`what it costs: ${list.title}, ${who} ...`);
	const measured = await measure(who, list, testbed);
	if (!isMet(await testbed.standIn.counts())) throw new Error(`No request met with ${list.title}`);
	return measured;
}

/** A row per hostile answer. */
export function costsTable(costs: Costs): string {
	const shown = (cost?: Cost) => (cost ? [cost.peakMb.toFixed(1), cost.seconds.toFixed(2)] : ['', '']);
	const rows = costs.map(({ what, ours, theirs }) => [what, ...shown(ours), ...shown(theirs)]);
	const head = ['this node: peak memory, MB', 'seconds', 'HTTP Request node: peak memory, MB', 'seconds'];
	return markdownTable(['an answer that is', ...head], rows);
}

/** What costs more than was promised, in words. */
export function tooCostly(costs: Costs): string[] {
	return costs
		.filter(({ ours }) => ours.seconds > MOST.seconds || ours.peakMb > MOST.peakMb)
		.map(({ what, ours }) => `${what} costs ${ours.peakMb.toFixed(1)} MB and ${ours.seconds.toFixed(1)} s`);
}
