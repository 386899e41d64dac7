import { contactIdOf, leadsOf } from './leads.mts';
import { type Out, checkExecution } from './oracle.mts';
import type { Counts } from '../stand-in/gateway.mts';

const LEADS = leadsOf(0, 20);
const MAX_RETRIES = 2;

type MetBy = Counts['metBy'];

const idOf = (item: number) => contactIdOf(LEADS[item] as (typeof LEADS)[number]) as string;

/** What has to come out where nothing goes wrong. */
function allWell(): Out[] {
	return LEADS.map((lead, item) => {
		const id = contactIdOf(lead);
		return id === undefined
			? { item, index: item, reason: 'invalid-contact-id', message: '', attempts: 0 }
			: { item, id, url: `https://pps.whatsapp.net/v/${id.replace('@c.us', '')}_1_n.jpg` };
	});
}

/** What each contact met with: a good answer, where nothing else is given. */
function asGiven(...own: Array<[item: number, met: MetBy[string]]>): MetBy {
	const all = LEADS.flatMap((lead) => contactIdOf(lead) ?? []);
	return {
		...Object.fromEntries(all.map((id) => [id, ['good']])),
		...Object.fromEntries(own.map(([item, met]) => [idOf(item), met])),
	} as MetBy;
}

const failed = (item: number, reason: string, attempts: number, message = ''): Out => ({
	item,
	index: item,
	reason,
	message,
	attempts,
});

function judged(
	change: (outs: Out[]) => Out[],
	metBy = asGiven(),
	badCertificates: Counts['badCertificates'] = {},
	sentDespiteCertificate = 0,
) {
	const counts = { metBy, badCertificates, sentDespiteCertificate };
	return checkExecution(LEADS, change(allWell()), counts, MAX_RETRIES);
}

const instead =
	(...outs: Out[]) =>
	(all: Out[]) =>
		all.map((out) => outs.find(({ item }) => item === out.item) ?? out);

describe('The check on a soak', () => {
	test('finds nothing where all is well', () => {
		expect(judged((outs) => outs)).toMatchObject({ items: LEADS.length, lost: 0, doubled: 0, unexplained: [] });
	});

	test('finds an item that is lost, and one that came out twice', () => {
		expect(judged((outs) => outs.slice(1))).toMatchObject({ lost: 1 });
		expect(judged((outs) => [...outs, ...outs.slice(0, 2)])).toMatchObject({ doubled: 2 });
	});

	test.each<[what: string, out: Out, met: MetBy[string]]>([
		["with another one's picture", { item: 0, id: idOf(0), url: 'https://pps.whatsapp.net/v/1_1_n.jpg' }, ['good']],
		['that failed though its answer was good', failed(0, 'timeout', 3), ['good']],
		['that succeeded though its answer was a fault', allWell()[0] as Out, ['noise called JSON']],
		['with the reason of another fault', failed(0, 'network', 1), ['noise called JSON']],
		['with a wrong number of attempts', failed(0, 'network', 2), ['reset connection']],
		['that was given up too early', failed(0, 'network', 1), ['reset connection']],
		['that was asked for again without need', allWell()[0] as Out, ['noise called JSON', 'good']],
		['whose good answer was not taken', allWell()[0] as Out, ['good', 'good']],
		["with another lead's fields", { ...failed(0, 'unexpected-response', 1), index: 7 } as Out, ['noise called JSON']],
	])('finds an item %s', (_what, out, met) => {
		expect(judged(instead(out), asGiven([0, met])).unexplained).toHaveLength(1);
	});

	test('finds a line that names nobody, and has an answer all the same', () => {
		const nobody = LEADS.findIndex((lead) => contactIdOf(lead) === undefined);
		const out = { item: nobody, id: '1@c.us', url: 'https://pps.whatsapp.net/v/1_1_n.jpg' };
		expect(judged(instead(out)).unexplained).toHaveLength(1);
	});

	test('finds an item that belongs to no lead', () => {
		expect(judged((outs) => [...outs, failed(-1, 'network', 1)]).unexplained).toHaveLength(1);
	});

	test('finds a request that was sent despite a bad certificate', () => {
		const { unexplained } = judged((outs) => outs, asGiven(), { 'expired certificate': 1 }, 1);
		expect(unexplained).toEqual(['1 requests despite a bad certificate']);
	});

	test('finds more contacts that failed by a bad certificate than there were', () => {
		const certificate = failed(2, 'network', 1, 'The certificate is not trusted');
		expect(judged(instead(certificate), asGiven([2, []])).unexplained).toHaveLength(1);
	});

	test('allows for a client that gave up before it saw the bad certificate', () => {
		expect(judged((outs) => outs, asGiven(), { 'expired certificate': 1 }).unexplained).toEqual([]);
	});

	test('tells what became of each fault: the answer, asked again, or failed, and as what', () => {
		const metBy = asGiven(
			[0, ['reset connection', 'HTTP/1.0 without a length']],
			[1, ['reset connection', 'reset connection', 'reset connection']],
			[2, ['reset connection']],
		);
		const certificate = failed(2, 'network', 2, 'The certificate is not trusted');
		const outs = instead(failed(1, 'network', 3), certificate);
		const { unexplained, faultOutcomes: table } = judged(outs, metBy, { 'expired certificate': 1 });
		expect(unexplained).toEqual([]);
		expect(table).toEqual({
			'reset connection': { met: 5, answered: 0, askedAgain: 4, failed: 1, reasons: ['network'] },
			'HTTP/1.0 without a length': { met: 1, answered: 1, askedAgain: 0, failed: 0, reasons: [] },
			'connection with a bad certificate': { met: 1, answered: 0, askedAgain: 0, failed: 1, reasons: ['network'] },
		});
	});
});
