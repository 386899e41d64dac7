import fc from 'fast-check';

import type { Options } from '../../../nodes/Wawp/operation/optionFields';
import {
	addressOf,
	answer,
	delivered,
	type Delivery,
	denied,
	download,
	fileOf,
	type Given,
	hidden,
	live,
	NEVER,
	NO_CONTACT,
	none,
	picture,
	refused,
	type Reply,
	SILENCE,
	told,
	torn,
} from './run.mts';

/* What a run is made of. */

/** What a reply or a delivery means, decided here and not by what is tested. */
type Meaning =
	'picture' | 'none' | 'hidden' | 'bad-request' | 'gone' | 'refused' | 'temporarily-unavailable' | 'timeout';

interface Sign {
	meaning: Meaning;
	after: number;
}

interface Contact {
	isLive: boolean;
	/** From request to request; the last stands for all that follow. */
	replies: Sign[];
	/** The same for each of its addresses. */
	deliveries: Sign[];
}

interface Scenario {
	contacts: Contact[];
	/** Which contact each item names, if any. */
	named: number[];
	options: Pick<Options, 'concurrency' | 'maxRetries' | 'requestsPerMinute' | 'timeout' | 'noPicture'>;
}

const PASSING = new Set<Meaning>(['temporarily-unavailable', 'timeout']);

const int = (min: number, max: number) => fc.integer({ min, max });
const signs = (...meanings: Meaning[]) =>
	fc.array(fc.record({ meaning: fc.constantFrom(...meanings), after: int(0, 900) }), { minLength: 1, maxLength: 5 });

const CONTACT: fc.Arbitrary<Contact> = fc.record({
	isLive: fc.boolean(),
	replies: signs(
		'picture',
		'picture',
		'picture',
		'none',
		'hidden',
		'bad-request',
		'temporarily-unavailable',
		'timeout',
	),
	deliveries: signs('picture', 'picture', 'gone', 'gone', 'refused', 'temporarily-unavailable', 'timeout'),
});

const SCENARIO: fc.Arbitrary<Scenario> = fc.record({
	contacts: fc.array(CONTACT, { minLength: 1, maxLength: 12, size: 'max' }),
	// Some are beyond the contacts: those items name none.
	named: fc.array(int(0, 12), { maxLength: 30, size: 'max' }),
	options: fc.record({
		concurrency: int(1, 6),
		maxRetries: int(0, 3),
		requestsPerMinute: fc.constantFrom(0, 0, 60, 600),
		timeout: fc.constant(1000),
		noPicture: fc.constantFrom('emptyUrl', 'fallbackUrl', 'error'),
	}),
});

const idOf = (contact: number) => `c${contact}`;
const nameOf = (contact: number, reply: number) => `${idOf(contact)}/${reply}.jpg`;

function replyOf(sign: Sign, name: string): Reply {
	const { meaning, after } = sign;
	switch (meaning) {
		case 'none':
			return none(after);
		case 'hidden':
			return hidden(after);
		case 'bad-request':
			return refused(after);
		case 'temporarily-unavailable':
			return answer(500, '', { after });
		case 'timeout':
			return SILENCE;
		default:
			return picture(name, after);
	}
}

function deliveryOf({ meaning, after }: Sign, name: string): Delivery {
	switch (meaning) {
		case 'gone':
			return denied([403, 404, 410][after % 3] as number, { after });
		case 'refused':
			return denied(400, { after });
		case 'temporarily-unavailable':
			return after % 2 === 0 ? denied(503, { after, retryAfter: `${after % 7}` }) : torn(after);
		case 'timeout':
			return NEVER;
		default:
			return delivered(name, after);
	}
}

function given({ contacts, named, options }: Scenario): Given {
	const replies: Record<string, Reply[]> = {};
	const deliveries: Record<string, Delivery[]> = {};
	contacts.forEach((contact, index) => {
		replies[idOf(index)] = contact.replies.map((sign, reply) => {
			const name = nameOf(index, reply);
			deliveries[name] = contact.deliveries.map((delivery) => deliveryOf(delivery, name));
			return replyOf(sign, name);
		});
	});
	const items = named.map((index) => {
		const contact = contacts[index];
		if (!contact) return NO_CONTACT;
		return contact.isLive ? live(idOf(index)) : idOf(index);
	});
	return { items, replies, deliveries, options };
}

/* What is expected of it. */

interface Expected {
	told: string;
	asked: number;
	/** The names of the pictures, in the order in which they are fetched. */
	fetched: string[];
	/** The picture that is handed on. */
	name?: string;
	/** The address that a failure still has. */
	url?: string;
}

/** What is to become of one contact, whatever becomes of the others: it has no need of a clock. */
function expected(index: number, { contacts, options }: Scenario): Expected {
	const { isLive, replies, deliveries } = contacts[index] as Contact;
	let asked = 0;
	const fetched: string[] = [];
	/** Goes on until something comes that is for good, or that was the last try. */
	const insist = (next: () => Sign) => {
		for (let tries = 1; ; tries += 1) {
			const { meaning } = next();
			if (!PASSING.has(meaning) || tries > options.maxRetries) return meaning;
		}
	};
	const at = <Some,>(list: Some[], place: number) => list[Math.min(place, list.length - 1)] as Some;
	const ask = () => insist(() => at(replies, asked++));
	const fetch = (name: string) =>
		insist(() => {
			fetched.push(name);
			return at(deliveries, fetched.filter((other) => other === name).length - 1);
		});

	const meaning = ask();
	const isNone = meaning === 'none' || meaning === 'hidden';
	if (isNone) return { told: options.noPicture === 'error' ? 'no-picture' : 'none', asked, fetched };
	if (meaning !== 'picture') return { told: meaning, asked, fetched };
	const nameNow = () => nameOf(index, Math.min(asked, replies.length) - 1);
	let name = nameNow();
	let delivered = fetch(name);
	if (delivered === 'gone' && !isLive && ask() === 'picture' && nameNow() !== name) {
		name = nameNow();
		delivered = fetch(name);
	}
	if (delivered === 'picture') return { told: 'picture', asked, fetched, name };
	return { told: 'download-failed', asked, fetched, url: addressOf(name) };
}

const ownerOf = (name: string) => Number(name.slice(1).split('/')[0]);

/** After three fresh URLs that do not work no more are asked for: which contacts that are depends on all others. */
const ENOUGH_FRESH = 3;

/** Thousands of runs in virtual time take a while on a machine that has other things to do. */
jest.setTimeout(180_000);

describe('Any run that downloads pictures, whatever comes of it,', () => {
	test('gives each item its own, with no request too many and none too many at the same time', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, async (scenario) => {
				const { contacts, named, options } = scenario;
				const { results, sent, fetched, mostOpen, aborted } = await download(given(scenario));
				expect(results).toHaveLength(named.length);
				// A check is two requests side by side.
				expect(mostOpen).toBeLessThanOrEqual(options.concurrency + 1);
				// Nothing but the timeout aborts anything.
				expect(aborted.every(([name]) => hasSilence(contacts[ownerOf(name)]))).toBe(true);
				const isDead = (_contact: Contact, index: number) =>
					named.includes(index) && expected(index, scenario).told === 'download-failed';
				if (contacts.filter(isDead).length >= ENOUGH_FRESH) return;
				results.forEach((result, itemIndex) => {
					const index = named[itemIndex] as number;
					if (!contacts[index]) return expect(told(result)).toBe('invalid-contact-id');
					const { told: kind, asked, fetched: names, name, url } = expected(index, scenario);
					const outcome = result?.outcome;
					expect(told(result)).toBe(kind);
					expect(result).toMatchObject({ contactId: idOf(index), attempts: asked + names.length });
					expect(result?.file).toStrictEqual(name === undefined ? undefined : fileOf(name));
					if (outcome?.kind === 'picture') expect(outcome.url).toBe(addressOf(String(name)));
					if (outcome?.kind === 'failure') expect(outcome.failure.url).toBe(url);
				});
				contacts.forEach((_contact, index) => {
					const isNamed = named.includes(index);
					const { asked, fetched: names } = isNamed ? expected(index, scenario) : { asked: 0, fetched: [] };
					expect(sent.filter(([contactId]) => contactId === idOf(index))).toHaveLength(asked);
					expect(fetched.map(([name]) => name).filter((name) => ownerOf(name) === index)).toStrictEqual(names);
				});
			}),
			{ numRuns: 500 },
		);
	});

	test('that is stopped asks and fetches nothing any more, and ends at that moment', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, fc.boolean(), int(0, 999), async (scenario, stopsAtFailure, part) => {
				const { endedAt, sent, fetched } = await download({ ...given(scenario), stopsAtFailure });
				fc.pre(endedAt > 0);
				const cancelAt = (endedAt * part) / 1000;
				const stopped = await download({ ...given(scenario), stopsAtFailure, cancelAt });
				expect(stopped.endedAt).toBe(cancelAt);
				expect(stopped.sent).toStrictEqual(sent.slice(0, stopped.sent.length));
				expect(stopped.fetched).toStrictEqual(fetched.slice(0, stopped.fetched.length));
			}),
			{ numRuns: 300 },
		);
	});

	test('that stops at the first failure has the results before it that it would have, and names the lowest', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, async (scenario) => {
				const whole = await download(given(scenario));
				const stopped = await download({ ...given(scenario), stopsAtFailure: true });
				if (whole.refetchedUrls >= ENOUGH_FRESH) return;
				const hasFailed = (kind: string | undefined) => !!kind && kind !== 'picture' && kind !== 'none';
				const failed = stopped.told.findIndex(hasFailed);
				expect(failed >= 0).toBe(whole.told.some(hasFailed));
				stopped.results.slice(0, failed < 0 ? undefined : failed + 1).forEach((result, itemIndex) => {
					const { told, results } = whole;
					// Whether the answer about a fresh URL is held depends on the contacts before, and so do the words of a
					// failure, but nothing else of it.
					if (stopped.told[itemIndex] === 'download-failed')
						expect(withoutWords(result)).toEqual(withoutWords(results[itemIndex]));
					else if (result) expect(result).toStrictEqual(results[itemIndex]);
					// What is held when another one fails is not confirmed any more.
					else expect(told[itemIndex]).toMatch(/^none|no-picture|bad-request|temporarily-unavailable$/);
				});
			}),
			{ numRuns: 300 },
		);
	});
});

/** What stays of a result if what its failure says in words, and of how it was answered, goes. */
function withoutWords(result: Awaited<ReturnType<typeof download>>['results'][number]) {
	const { contactId, outcome } = result ?? {};
	const why = outcome?.kind === 'failure' ? outcome.failure : undefined;
	return { contactId, kind: outcome?.kind, reason: why?.reason, url: why?.url };
}

function hasSilence(contact: Contact | undefined): boolean {
	return [...(contact?.replies ?? []), ...(contact?.deliveries ?? [])].some(({ meaning }) => meaning === 'timeout');
}
