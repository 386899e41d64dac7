import type { ContestantName } from '../../bench/contestants.mts';
import type { List } from '../../bench/lists.mts';
import { measure } from '../../bench/measure.mts';
import type { Venue } from '../../bench/venue.mts';
import { markdownTable } from '../../scripts/markdown.mts';
import type { FaultName } from '../stand-in/faults.mts';

/** What one answer costs whoever asked for it, a retry included where it is asked for again. */
interface Cost {
	seconds: number;
	/** Peak memory above that of the idle process, in MB. */
	peakMb: number;
}

/** The faults that aim at the memory. */
const HOSTILE: FaultName[] = [
	'100 MB of JSON',
	'a million nested lists',
	'a million nested objects',
	'gzip bomb, 100 MB',
	'brotli bomb, 100 MB',
	'headers of 100 KB',
];

/** What a hostile answer may cost this node at most: the time is its Timeout, as it is if nobody sets it. */
const MOST: Cost = { seconds: 30, peakMb: 10 };

/** What each hostile answer costs this node, and n8n's HTTP Request node beside it. */
export type Costs = Array<{ fault: FaultName; ours: Cost; theirs: Cost }>;

/** Has each of them look up one contact, in a fresh process, and get that answer. */
export async function costs(venue: Venue): Promise<Costs> {
	const table: Costs = [];
	for (const fault of HOSTILE) {
		const chaos = { seed: '', faults: 1, badCertificates: 0, only: fault };
		const list = { title: fault, contacts: 1, times: 1, trouble: 0, chaos };
		console.log(`what it costs: ${fault} ...`);
		const ours = await measured('wawp', fault, list, venue);
		table.push({ fault, ours, theirs: await measured('http', fault, list, venue) });
	}
	return table;
}

async function measured(who: ContestantName, fault: FaultName, list: List, venue: Venue): Promise<Cost> {
	const cost = await measure(who, list, venue);
	const { metBy } = await venue.standIn.counts();
	if (!Object.values(metBy).flat().includes(fault)) throw new Error(`No request met with ${fault}`);
	return cost;
}

/** A row per hostile answer. */
export function costsTable(costs: Costs): string {
	const shown = ({ seconds, peakMb }: Cost) => [peakMb.toFixed(1), seconds.toFixed(2)];
	const rows = costs.map(({ fault, ours, theirs }) => [fault, ...shown(ours), ...shown(theirs)]);
	const head = ['this node: peak memory, MB', 'seconds', 'HTTP Request node: peak memory, MB', 'seconds'];
	return markdownTable(['an answer that is', ...head], rows);
}

/** What costs more than was promised, in words. */
export function tooCostly(costs: Costs): string[] {
	return costs
		.filter(({ ours }) => ours.seconds > MOST.seconds || ours.peakMb > MOST.peakMb)
		.map(({ fault, ours }) => `${fault} costs ${ours.peakMb.toFixed(1)} MB and ${ours.seconds.toFixed(1)} s`);
}
