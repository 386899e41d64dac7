import { type BadCertificate, BAD_CERTIFICATES, type Fault, FAULTS, type FaultName } from '../stand-in/faults.mts';
import type { Counts } from '../stand-in/gateway.mts';
import { contactIdOf, type Lead } from './leads.mts';

/** An item that came out. */
export type Out =
	| { item: number; id: unknown; url: unknown }
	/** With the lead's own field `index`, and the error's fields. */
	| { item: number; index: unknown; reason: string; message: string; attempts: number };

/** What became of one fault, wherever it was met. Each time the contact was answered, asked again, or failed. */
export interface Fate {
	met: number;
	answered: number;
	askedAgain: number;
	failed: number;
	/** The reasons that were given to the items that failed by it. */
	reasons: string[];
}

/** What came of an execution, held against what the stand-in did. */
export interface Verdict {
	items: number;
	lost: number;
	doubled: number;
	/** What does not follow from what the stand-in did, in words. */
	unexplained: string[];
	fates: Record<string, Fate>;
}

/**
 * Holds the items that came out of an execution against the leads that went in, and against what the stand-in answered.
 *
 * @param maxRetries the option that the node ran with
 */
export function verdictOn(
	leads: Lead[],
	outs: Out[],
	{ metBy, badCertificates }: Pick<Counts, 'metBy' | 'badCertificates'>,
	maxRetries: number,
): Verdict {
	const verdict: Verdict = { items: leads.length, lost: 0, doubled: 0, unexplained: [], fates: {} };
	const byItem = new Map<number, Out[]>();
	for (const out of outs) byItem.set(out.item, [...(byItem.get(out.item) ?? []), out]);
	const known = new Set(leads.map(({ index }) => index));
	for (const item of byItem.keys()) {
		if (!known.has(item)) verdict.unexplained.push(`an item that belongs to no lead: ${item}`);
	}
	let certificates = 0;
	const judged = new Set<string>();
	for (const lead of leads) {
		const [out, ...more] = byItem.get(lead.index) ?? [];
		if (more.length > 0) verdict.doubled += 1;
		if (!out) {
			verdict.lost += 1;
			continue;
		}
		const contactId = contactIdOf(lead);
		const met = contactId === undefined ? [] : (metBy[contactId] ?? []);
		const problem = contactId === undefined ? problemOfNone(out) : problemOf(contactId, out, met, maxRetries);
		if (problem !== undefined) verdict.unexplained.push(`${lead.phone}: ${problem}`);
		if ('reason' in out && out.index !== lead.index) verdict.unexplained.push(`${lead.phone}: without its own fields`);
		if (contactId === undefined || judged.has(contactId)) continue;
		judged.add(contactId);
		if (isAboutCertificate(out)) certificates += 1;
		tally(verdict.fates, met, out);
	}
	tallyCertificates(verdict, badCertificates, certificates);
	return verdict;
}

function problemOfNone(out: Out): string | undefined {
	return 'reason' in out && out.reason === 'invalid-contact-id' ? undefined : `came out as ${JSON.stringify(out)}`;
}

function problemOf(
	contactId: string,
	out: Out,
	met: Array<FaultName | 'good'>,
	maxRetries: number,
): string | undefined {
	const story = () => `came out as ${JSON.stringify(out)} after ${met.join(', ') || 'no request'}`;
	const before = isAboutCertificate(out) ? met : met.slice(0, -1);
	if (before.some((fault) => fault === 'good' || FAULTS[fault].leadsTo !== 'again')) return story();
	const last = met.at(-1);
	if (!('reason' in out)) {
		const isAnswer = last === 'good' || (last !== undefined && FAULTS[last].leadsTo === 'answer');
		const isOwn = out.id === contactId && String(out.url).includes(`/${contactId.replace('@c.us', '')}_`);
		return isAnswer && isOwn ? undefined : story();
	}
	if (isAboutCertificate(out)) return out.attempts === met.length + 1 ? undefined : story();
	if (last === undefined || last === 'good') return story();
	const { leadsTo, reason } = FAULTS[last] as Fault;
	const wasInTime = leadsTo === 'failure' || (leadsTo === 'again' && out.attempts === 1 + maxRetries);
	return wasInTime && out.reason === reason && out.attempts === met.length ? undefined : story();
}

function isAboutCertificate(out: Out): boolean {
	return 'reason' in out && out.reason === 'network' && out.message.includes('certificate');
}

function tally(fates: Verdict['fates'], met: Array<FaultName | 'good'>, out: Out): void {
	for (const [index, fault] of met.entries()) {
		if (fault === 'good') continue;
		const fate = fateOf(fates, fault);
		fate.met += 1;
		if (index < met.length - 1 || isAboutCertificate(out)) fate.askedAgain += 1;
		else if ('reason' in out) fail(fate, 1, out.reason);
		else fate.answered += 1;
	}
}

/** A bad certificate is met before anybody can say for which contact, so only their number can be compared. */
function tallyCertificates(verdict: Verdict, met: Counts['badCertificates'], failed: number): void {
	const all = Object.values(met).reduce((sum, count) => sum + count, 0);
	if (failed !== all) verdict.unexplained.push(`${failed} contacts failed by ${all} bad certificates`);
	for (const name of BAD_CERTIFICATES) {
		const count = met[name] ?? 0;
		if (count === 0) continue;
		const fate = fateOf(verdict.fates, name);
		fate.met += count;
		fail(fate, count, 'network');
	}
}

function fateOf(fates: Verdict['fates'], fault: FaultName | BadCertificate): Fate {
	return (fates[fault] ??= { met: 0, answered: 0, askedAgain: 0, failed: 0, reasons: [] });
}

function fail(fate: Fate, count: number, reason: string): void {
	fate.failed += count;
	if (!fate.reasons.includes(reason)) fate.reasons.push(reason);
}
