import { createHash } from 'node:crypto';

import { json } from '../stand-in/behaviours.mts';
import { type Books, hasPicture } from '../stand-in/books.mts';
import type { Counts } from '../stand-in/gateway.mts';
import type { Outage } from '../stand-in/outages.mts';
import type { Day } from '../stand-in/process.mts';
import { contactIdOf, type Lead } from './leads.mts';
import type { Out, ExecutionCheck } from './oracle.mts';

/** What part of the contacts has no picture to see. */
const WITHOUT = 0.3;

/** More requests than are on their way, and than answers are held, so that a run notices. */
const LONG = 200;

/** What becomes of the gateway in the middle of a list. */
interface Trouble {
	what: string;
	day: Pick<Day, 'dialect'>;
	/** Which outages begin at those requests. */
	outages(starts: number[]): Outage[];
	mixedUp?: number;
}

const REFUSED = json(401, { code: 'unauthorized', message: 'Unauthorized - Invalid or Missing Access Token' });

const at = (what: Outage['what'], lasts?: number, says?: Outage['says']) => (after: number) => ({
	what,
	after,
	...(lasts !== undefined && { for: lasts }),
	...(says && { says }),
});
const documented = { dialect: 'documented' } as const;
const waha = { dialect: 'waha' } as const;

/** One execution each, over and over. */
const TROUBLES: Trouble[] = [
	{ what: 'all well', day: documented, outages: () => [] },
	{ what: "all well, in WAHA's dialect", day: waha, outages: () => [] },
	{ what: 'the token is revoked', day: documented, outages: ([start = 0]) => [at('token')(start)] },
	{ what: "the token is revoked, in WAHA's dialect", day: waha, outages: ([start = 0]) => [at('token')(start)] },
	{
		what: 'the token is revoked, and comes back',
		day: documented,
		outages: ([start = 0]) => [at('token', LONG)(start)],
	},
	{ what: "the same in WAHA's dialect", day: waha, outages: ([start = 0]) => [at('token', LONG)(start)] },
	{
		what: 'the token is refused for one to three requests, again and again',
		day: documented,
		outages: (starts) => starts.map((start, index) => at('token', 1 + (index % 3), REFUSED)(start)),
	},
	{ what: 'the instance is deleted', day: documented, outages: ([start = 0]) => [at('instance')(start)] },
	{
		what: "the instance is gone for one to three requests, again and again, in WAHA's dialect",
		day: waha,
		outages: (starts) => starts.map((start, index) => at('instance', 1 + (index % 3))(start)),
	},
	{ what: 'the session stops, and comes back', day: documented, outages: ([start = 0]) => [at('session', 40)(start)] },
	{ what: "the same in WAHA's dialect", day: waha, outages: ([start = 0]) => [at('session', 40)(start)] },
	{
		what: 'the session starts anew, again and again',
		day: waha,
		outages: (starts) => starts.map((start) => at('starting', 8)(start)),
	},
	{
		what: 'the endpoint is gone for five requests, again and again',
		day: documented,
		outages: (starts) => starts.map((start) => at('route', 5)(start)),
	},
	{ what: 'the endpoint is gone', day: documented, outages: ([start = 0]) => [at('route')(start)] },
	{ what: 'a cache gives every tenth answer to somebody else', day: documented, outages: () => [], mixedUp: 0.1 },
	{ what: 'a cache gives every answer to somebody else', day: documented, outages: () => [], mixedUp: 1 },
];

/** An execution of the troubles. */
export interface Troubled {
	what: string;
	day: Day;
	books: Books;
}

/** @param contacts of each execution */
export function troubleOf(seed: string, execution: number, contacts: number): Troubled {
	const { what, day, outages, mixedUp = 0 } = TROUBLES[execution % TROUBLES.length] as Trouble;
	const books = { seed: `${seed} ${execution}`, without: WITHOUT, mixedUp };
	// Far enough from each other that what is held meanwhile is settled.
	const first = Math.floor(contacts * (0.1 + 0.5 * chance(books.seed)));
	const starts = Array.from({ length: 5 }, (_, index) => first + index * Math.floor(contacts / 12));
	return { what, day: { latencyMs: 0, ...day, outages: outages(starts), books }, books };
}

/** What came of the leads of one trouble, held against the stand-in's books. */
export interface Filed extends Pick<ExecutionCheck, 'items' | 'lost' | 'doubled' | 'unexplained'> {
	what: string;
	/** Leads that are filed as what they are not known to be, in words. */
	wrong: string[];
	pictures: number;
	none: number;
	failed: Record<string, number>;
	counts: Pick<Counts, 'lookUps' | 'sessionInfos' | 'unclear' | 'mixedUp' | 'outages'>;
}

/** Holds what came out of an execution against what went in, and against who has a picture. */
export function filed({ what, books }: Troubled, leads: Lead[], outs: Out[], counts: Counts): Filed {
	const { lookUps, sessionInfos, unclear, mixedUp, outages } = counts;
	const all: Filed = {
		...{ what, items: leads.length, lost: 0, doubled: 0, unexplained: [], wrong: [], pictures: 0, none: 0, failed: {} },
		counts: { lookUps, sessionInfos, unclear, mixedUp, outages },
	};
	const byItem = new Map<number, Out[]>();
	for (const out of outs) byItem.set(out.item, [...(byItem.get(out.item) ?? []), out]);
	for (const lead of leads) {
		const [out, ...more] = byItem.get(lead.index) ?? [];
		if (more.length > 0) all.doubled += 1;
		if (out) file(all, books, lead, out);
		else all.lost += 1;
	}
	const asked = Math.ceil(unclear / 20);
	// One more where an answer would have ended the run, and what was held after it had to be asked for.
	if (sessionInfos > (asked > 0 ? asked + 1 : 0)) {
		all.unexplained.push(`${sessionInfos} requests for the session after ${unclear} unclear answers`);
	}
	return all;
}

function file(all: Filed, books: Books, lead: Lead, out: Out): void {
	const contactId = contactIdOf(lead);
	if ('reason' in out) {
		all.failed[out.reason] = (all.failed[out.reason] ?? 0) + 1;
		if ((out.reason === 'invalid-contact-id') !== (contactId === undefined) || out.index !== lead.index) {
			all.unexplained.push(`${lead.phone}: ${JSON.stringify(out)}`);
		}
		return;
	}
	const isPicture = out.url !== null;
	all[isPicture ? 'pictures' : 'none'] += 1;
	const isRight =
		contactId !== undefined &&
		hasPicture(books, contactId) === isPicture &&
		out.id === contactId &&
		(!isPicture || String(out.url).includes(`/${contactId.replace('@c.us', '')}_`));
	if (!isRight) all.wrong.push(`${lead.phone}: ${JSON.stringify(out)}`);
}

/** From 0 up to 1, dependent on nothing but the text. */
function chance(about: string): number {
	return createHash('sha256').update(about).digest().readUInt32BE(0) / 2 ** 32;
}
