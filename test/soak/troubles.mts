import { createHash } from 'node:crypto';

import { json } from '../stand-in/behaviours.mts';
import { type Books, hasPicture } from '../stand-in/books.mts';
import type { DialectName } from '../stand-in/dialects.mts';
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
	/** Which outages begin at those requests. */
	outages?(starts: number[]): Outage[];
	mixedUp?: number;
	/** Every way of speaking, unless said otherwise: an answer without an ID, as WAHA gives it, says nothing of a cache's mistake. */
	dialects?: DialectName[];
}

const REFUSED = json(401, { code: 'unauthorized', message: 'Unauthorized - Invalid or Missing Access Token' });

const at = (what: Outage['what'], lasts?: number, says?: Outage['says']) => (after: number) => ({
	what,
	after,
	...(lasts !== undefined && { for: lasts }),
	...(says && { says }),
});
const once =
	(what: Outage['what'], lasts?: number) =>
	([start = 0]: number[]) => [at(what, lasts)(start)];

const ALL_WELL = 'all well';

const TROUBLES: Trouble[] = [
	{ what: ALL_WELL },
	{ what: 'the token is revoked', outages: once('token') },
	{ what: 'the token is revoked, and comes back', outages: once('token', LONG) },
	{
		what: 'the token is refused for one to three requests, again and again',
		outages: (starts) => starts.map((start, index) => at('token', 1 + (index % 3), REFUSED)(start)),
	},
	{ what: 'the instance is deleted', outages: once('instance') },
	{
		what: 'the instance is gone for one to three requests, again and again',
		outages: (starts) => starts.map((start, index) => at('instance', 1 + (index % 3))(start)),
	},
	{ what: 'the session stops, and comes back', outages: once('session', 40) },
	{
		what: 'the session restarts, again and again',
		outages: (starts) => starts.map((start) => at('starting', 8)(start)),
	},
	{
		what: 'the endpoint is gone for five requests, again and again',
		outages: (starts) => starts.map((start) => at('route', 5)(start)),
	},
	{ what: 'the endpoint is gone', outages: once('route') },
	{ what: 'a cache gives every tenth answer to somebody else', mixedUp: 0.1, dialects: ['documented', 'foreign'] },
	{ what: 'a cache gives every answer to somebody else', mixedUp: 1, dialects: ['documented', 'foreign'] },
];

const DIALECTS: DialectName[] = ['documented', 'waha', 'foreign'];

/** One execution each, over and over: every trouble in every way of speaking. */
const EXECUTIONS = TROUBLES.flatMap(({ dialects = DIALECTS, ...trouble }) =>
	dialects.map((dialect) => ({ ...trouble, dialect })),
);

/** How many executions meet every trouble once. */
export const EVERY_TROUBLE = EXECUTIONS.length;

/** An execution of the troubles. */
export interface Troubled {
	what: string;
	day: Day;
	books: Books;
}

/** @param contacts of each execution */
export function troubleOf(seed: string, execution: number, contacts: number): Troubled {
	const trouble = EXECUTIONS[execution % EXECUTIONS.length] as (typeof EXECUTIONS)[number];
	const { dialect, outages = () => [], mixedUp = 0 } = trouble;
	const what = dialect === 'documented' ? trouble.what : `${trouble.what} (${dialect})`;
	const books = { seed: `${seed} ${execution}`, without: WITHOUT, mixedUp };
	const first = Math.floor(contacts * (0.1 + 0.5 * chance(books.seed)));
	// Far enough from each other that what is held meanwhile is settled.
	const starts = Array.from({ length: 5 }, (_, index) => first + index * Math.max(100, Math.floor(contacts / 12)));
	return { what, day: { latencyMs: 0, dialect, outages: outages(starts), books }, books };
}

/** What came of the leads of one trouble, held against the stand-in's books. */
export interface Filed extends Pick<ExecutionCheck, 'items' | 'lost' | 'doubled' | 'unexplained'> {
	what: string;
	/** Leads that are filed as what they are not known to be, in words. */
	wrong: string[];
	pictures: number;
	none: number;
	failed: Record<string, number>;
	counts: Pick<Counts, 'lookUps' | 'controlLookups' | 'unclear' | 'unclearTexts' | 'mixedUp' | 'outages'>;
}

/** Holds what came out of an execution against what went in, and against who has a picture. */
export function filed({ what, books }: Troubled, leads: Lead[], outs: Out[], counts: Counts): Filed {
	const { lookUps, controlLookups, unclear, unclearTexts, mixedUp, outages } = counts;
	const all: Filed = {
		...{ what, items: leads.length, lost: 0, doubled: 0, unexplained: [], wrong: [], pictures: 0, none: 0, failed: {} },
		counts: { lookUps, controlLookups, unclear, unclearTexts, mixedUp, outages },
	};
	const byItem = new Map<number, Out[]>();
	for (const out of outs) byItem.set(out.item, [...(byItem.get(out.item) ?? []), out]);
	for (const lead of leads) {
		const [out, ...more] = byItem.get(lead.index) ?? [];
		if (more.length > 0) all.doubled += 1;
		if (out) file(all, books, lead, out);
		else all.lost += 1;
	}
	const contacts = new Set(leads.flatMap((lead) => contactIdOf(lead) ?? [])).size;
	// A short list has as many kinds of text as a long one.
	if (what === ALL_WELL && contacts >= 1000 && lookUps > 1.01 * contacts) {
		all.unexplained.push(`${lookUps} lookups for ${contacts} contacts`);
	}
	// Where session or credential are dead, each check is made twice; a text that came in trouble, or by a cache's mistake, is
	// confirmed alone for longer.
	const isWell = Object.keys(outages).length === 0 && mixedUp === 0;
	const texts = Object.keys(unclearTexts).length;
	const checks = Math.ceil(unclear / 20) + 2 * texts + 1;
	if (controlLookups > (isWell ? checks : 2 * checks + 20 * texts)) {
		all.unexplained.push(`${controlLookups} checks after ${unclear} unclear answers`);
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
