import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Behaviour } from '../stand-in/behaviours.mts';
import { hurryClock, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

/** What an answer, or none, has to lead to; a 404 is none if it comes again. */
type Meaning = 'success' | 'failure' | 'again' | '404';

const PICTURE: [Meaning, undefined] = ['success', undefined];

const OUTCOMES: Array<[Meaning, Behaviour | undefined]> = [
	PICTURE,
	['404', { status: 404, body: '' }],
	['success', { status: 200, type: 'application/json', body: '{"profilePictureURL":null}' }],
	['failure', { status: 400, body: 'Bad Request' }],
	['failure', { status: 200, type: 'text/html', body: '<html><body>Sign in</body></html>' }],
	['failure', { status: 200, body: '\u0000garbage' }],
	['again', { status: 408, body: '' }],
	['again', { status: 429, headers: { 'retry-after': '0' }, body: '' }],
	['again', { status: 429, headers: { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, body: '' }],
	['again', { status: 429, headers: { 'retry-after': '-1' }, body: '' }],
	['again', { status: 500, body: '{"message":"Unexpected Failure"}' }],
	['again', { status: 503, headers: { 'retry-after': '0' }, body: '' }],
	['again', { fault: 'reset' }],
	['again', { fault: 'cut short' }],
];

/** Rare, because each takes as long as the timeout. */
const HANG: [Meaning, Behaviour] = ['again', { fault: 'hang' }];

/** The node's ten seconds for a check must be enough for a healthy answer on a busy machine, too. */
const PACE = 5;
hurryClock(PACE);

/** Long enough for a healthy answer on a busy machine: three seconds of the stand-in's time. */
const TIMEOUT_MS = 3000 * PACE;

const CONTACTS = 5;
const MOST_ATTEMPTS = 2;

interface Run {
	/** What each contact is answered, attempt by attempt. */
	scripts: Array<Array<[Meaning, Behaviour | undefined]>>;
	/** An index of a contact, or none for an item that is no contact. */
	leads: Array<number | null>;
	options: { concurrency: number; maxRetries: number; requestsPerMinute: number };
}

const run: fc.Arbitrary<Run> = fc.record({
	scripts: fc.array(
		fc.array(
			fc.oneof({ weight: 300, arbitrary: fc.constantFrom(...OUTCOMES) }, { weight: 1, arbitrary: fc.constant(HANG) }),
			{ minLength: MOST_ATTEMPTS, maxLength: MOST_ATTEMPTS },
		),
		{
			minLength: CONTACTS,
			maxLength: CONTACTS,
		},
	),
	leads: fc.array(fc.option(fc.nat({ max: CONTACTS - 1 })), { minLength: 1, maxLength: 12 }),
	options: fc.record({
		concurrency: fc.integer({ min: 1, max: 6 }),
		maxRetries: fc.integer({ min: 0, max: MOST_ATTEMPTS - 1 }),
		requestsPerMinute: fc.constantFrom(0, 6000 / PACE),
	}),
});

/** One that hangs is met in any case. */
const EXAMPLE: Run = {
	scripts: [[HANG, PICTURE], ...Array.from({ length: CONTACTS - 1 }, () => [PICTURE, PICTURE])],
	leads: [0, 1, null, 0],
	options: { concurrency: 2, maxRetries: 1, requestsPerMinute: 0 },
};

const idOf = (contact: number) => `1555123777${contact}@c.us`;

test('whatever the gateway does: each item comes out once, on its branch, in order, linked to its input, and nobody is asked too often', async () => {
	const { gateway } = suite.standIn;
	await fc.assert(
		fc.asyncProperty(run, async ({ scripts, leads, options }) => {
			gateway.reset();
			for (const [contact, script] of scripts.entries()) {
				// A picture needs no line of its own, but it would let the next line slip forward.
				const until = script.findIndex(([, behaviour]) => behaviour === undefined);
				const lines = until === -1 ? script : script.slice(0, until);
				gateway.script.set(
					idOf(contact),
					// Answers of one text would be confirmed together.
					lines.flatMap(([meaning, behaviour]) =>
						meaning === '404' ? { status: 404, body: 'abcde'.charAt(contact) } : (behaviour ?? []),
					),
				);
			}
			const meaningOf = (contact: number | null): Meaning => {
				const script = contact === null ? [] : (scripts[contact] ?? []);
				let was404 = false;
				for (let attempts = 1; contact !== null; attempts += 1) {
					const [meaning] = script[attempts - 1] ?? PICTURE;
					if (meaning === '404' && was404) return 'success';
					if (meaning === 'again' && attempts > options.maxRetries) return 'failure';
					if (meaning === 'success' || meaning === 'failure') return meaning;
					was404 = meaning === '404';
				}
				return 'failure';
			};

			const { success, failed, error } = await runInEngine({
				leads: leads.map((contact, index) => ({ index, phone: contact === null ? 'nobody' : idOf(contact) })),
				onError: 'continueErrorOutput',
				parameters: { options: { ...options, timeout: TIMEOUT_MS } },
			});

			expect(error).toBeUndefined();
			const expected = leads.map((contact, item) => ({ item, meaning: meaningOf(contact) }));
			const links = (items: typeof success) => items.map(({ pairedItem }) => pairedItem);
			const meant = (wanted: Meaning) =>
				expected.filter(({ meaning }) => meaning === wanted).map(({ item }) => ({ item }));
			expect(links(success)).toEqual(meant('success'));
			expect(links(failed)).toEqual(meant('failure'));
			expect(failed.map(({ json }) => json.index)).toEqual(meant('failure').map(({ item }) => item));
			const { perContact, mostOpen } = gateway.counts;
			expect(mostOpen).toBeLessThanOrEqual(options.concurrency);
			// One more for a 404.
			for (const asked of Object.values(perContact)) expect(asked).toBeLessThanOrEqual(2 + options.maxRetries);
			for (const { json } of failed) {
				const { attempts, contactId } = json.error as IDataObject;
				expect(attempts).toBe(perContact[String(contactId)] ?? 0);
			}
		}),
		{ numRuns: 40, endOnFailure: true, examples: [[EXAMPLE]] },
	);
}, 180_000);
