import { type Fault, FAULTS, type FaultName } from '../stand-in/faults.mts';
import type { Counts } from '../stand-in/gateway.mts';
import { contactIdOf, type Lead } from './leads.mts';

/** An item that came out. */
export type Out =
	| { item: number; id: unknown; url: unknown }
	/** With the lead's own field `index`, and the error's fields. */
	| { item: number; index: unknown; reason: string; message: string; attempts: number };

/** What a fault of the connection is called, whichever certificate it was. */
export const BAD_CERTIFICATE = 'connection with a bad certificate';

/** What became of one fault, wherever it was met. Each time the contact was answered, asked again, or failed. */
export interface FaultOutcome {
	met: number;
	answered: number;
	askedAgain: number;
	failed: number;
	/** The reasons that were given to the items that failed by it. */
	reasons: string[];
}

/** What came of an execution, held against what the stand-in did. */
export interface ExecutionCheck {
	items: number;
	lost: number;
	doubled: number;
	/** What does not follow from what the stand-in did, in words. */
	unexplained: string[];
	faultOutcomes: Record<string, FaultOutcome>;
}

/**
 * Holds the items that came out of an execution against the leads that went in, and against what the stand-in answered.
 *
 * @param maxRetries the option that the node ran with
 */
export function checkExecution(
	leads: Lead[],
	outs: Out[],
	{ metBy, ...certificates }: Pick<Counts, 'metBy' | 'badCertificates' | 'sentDespiteCertificate'>,
	maxRetries: number,
): ExecutionCheck {
	const check: ExecutionCheck = { items: leads.length, lost: 0, doubled: 0, unexplained: [], faultOutcomes: {} };
	const byItem = new Map<number, Out[]>();
	for (const out of outs) byItem.set(out.item, [...(byItem.get(out.item) ?? []), out]);
	const known = new Set(leads.map(({ index }) => index));
	for (const item of byItem.keys()) {
		if (!known.has(item)) check.unexplained.push(`an item that belongs to no lead: ${item}`);
	}
	let failedByCertificate = 0;
	const judged = new Set<string>();
	for (const lead of leads) {
		const [out, ...more] = byItem.get(lead.index) ?? [];
		if (more.length > 0) check.doubled += 1;
		if (!out) {
			check.lost += 1;
			continue;
		}
		const contactId = contactIdOf(lead);
		const met = contactId === undefined ? [] : (metBy[contactId] ?? []);
		const problem = contactId === undefined ? problemOfNone(out) : problemOf(contactId, out, met, maxRetries);
		if (problem !== undefined) check.unexplained.push(`${lead.phone}: ${problem}`);
		if ('reason' in out && out.index !== lead.index) check.unexplained.push(`${lead.phone}: without its own fields`);
		if (contactId === undefined || judged.has(contactId)) continue;
		judged.add(contactId);
		if (isAboutCertificate(out)) failedByCertificate += 1;
		tally(check.faultOutcomes, met, out);
	}
	tallyCertificates(check, certificates, failedByCertificate);
	return check;
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

function tally(faultOutcomes: ExecutionCheck['faultOutcomes'], met: Array<FaultName | 'good'>, out: Out): void {
	for (const [index, fault] of met.entries()) {
		if (fault === 'good') continue;
		const outcome = outcomeOf(faultOutcomes, fault);
		outcome.met += 1;
		if (index < met.length - 1 || isAboutCertificate(out)) outcome.askedAgain += 1;
		else if ('reason' in out) fail(outcome, 1, out.reason);
		else outcome.answered += 1;
	}
}

/**
 * A bad certificate is met before anybody can say for which contact. Where the client gives up for another reason before it has
 * seen the certificate, nobody fails by it.
 */
function tallyCertificates(
	check: ExecutionCheck,
	{ badCertificates, sentDespiteCertificate }: Pick<Counts, 'badCertificates' | 'sentDespiteCertificate'>,
	failed: number,
): void {
	const met = Object.values(badCertificates).reduce((sum, count) => sum + count, 0);
	if (sentDespiteCertificate > 0)
		check.unexplained.push(`${sentDespiteCertificate} requests despite a bad certificate`);
	if (failed > met) check.unexplained.push(`${failed} contacts failed by ${met} bad certificates`);
	if (met === 0) return;
	const outcome = outcomeOf(check.faultOutcomes, BAD_CERTIFICATE);
	outcome.met += met;
	if (failed > 0) fail(outcome, failed, 'network');
}

function outcomeOf(faultOutcomes: ExecutionCheck['faultOutcomes'], fault: string): FaultOutcome {
	return (faultOutcomes[fault] ??= { met: 0, answered: 0, askedAgain: 0, failed: 0, reasons: [] });
}

function fail(outcome: FaultOutcome, count: number, reason: string): void {
	outcome.failed += count;
	if (!outcome.reasons.includes(reason)) outcome.reasons.push(reason);
}
