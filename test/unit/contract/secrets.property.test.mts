import fc from 'fast-check';

import { describeReply } from '../../../scripts/contract/describe.mts';
import { planFor } from '../../../scripts/contract/plan.mts';
import { asJson } from '../../../scripts/contract/report.mts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const ORIGIN = { version: '0.1.0', now: NOW };

const secret = fc.stringMatching(/^[A-Za-z0-9_-]{6,30}\d[A-Za-z0-9]{3}$/);
const contactId = fc.stringMatching(/^[1-9]\d{9,14}@(?:c\.us|g\.us|lid)$/);

const ENCODINGS: Array<(text: string) => string> = [
	(text) => text,
	(text) => text.toUpperCase(),
	(text) => [...text].reverse().join(''),
	(text) => encodeURIComponent(text),
	(text) => encodeURIComponent(encodeURIComponent(text)),
	(text) => Buffer.from(text).toString('hex'),
	(text) => Buffer.from(text).toString('base64'),
	(text) => Buffer.from(text).toString('base64url'),
	(text) => Buffer.from(`x${text}`).toString('base64url'),
	(text) => `https://api.wawp.net/?access_token=${text}`,
	(text) => [...text].map((character) => `&#${character.charCodeAt(0)};`).join(''),
];

/** Stands for something that was sent, in one of the encodings. */
const echo = fc
	.record({
		before: fc.constantFrom('', 'x', 'error: ', 'key_'),
		which: fc.nat(2),
		encoding: fc.nat(ENCODINGS.length - 1),
	})
	.map(({ before, which, encoding }) => `${before}\u27e6${which} ${encoding}\u27e7`);

function filled(text: string, sent: string[]): string {
	return text.replace(/\u27e6(\d) (\d+)\u27e7/g, (_, which: string, encoding: string) =>
		String(ENCODINGS[Number(encoding)]?.(sent[Number(which)] ?? '')),
	);
}

const text = fc.oneof(
	echo,
	fc.string(),
	fc.array(fc.oneof(echo, fc.string()), { maxLength: 5 }).map((all) => all.join(' ')),
);
const { value } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small' },
		text,
		fc.oneof(fc.integer(), fc.integer({ min: 10 ** 9, max: 10 ** 15 }), fc.boolean(), fc.constant(null)),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(fc.oneof(fc.constantFrom('id', 'url', 'code', 'status', 'message', 'error'), text), tie('value'), {
			maxKeys: 5,
		}),
	),
}));
const body = fc.oneof(
	value.map((json) => JSON.stringify(json)),
	text,
	text.map((inner) => `<!DOCTYPE html><html><head><title>${inner}</title></head></html>`),
	text.map((inner) => `<error code="${inner}"><${inner}>${inner}</${inner}></error>`),
);
const given = fc.record({
	access_token: secret,
	instance_id: secret,
	id: contactId,
	body,
	type: fc.oneof(text, fc.constant('application/json')),
	statusCode: fc.integer({ min: 100, max: 599 }),
});

test('Whatever an answer holds, its row has nothing of token, instance, numbers and addresses', () => {
	fc.assert(
		fc.property(given, ({ access_token, instance_id, id, body: template, type, statusCode }) => {
			const credential = { access_token, instance_id };
			const sent = [access_token, instance_id, id];
			const answer = {
				statusCode,
				headers: { 'content-type': filled(type, sent) },
				body: filled(template, sent),
			};
			const [, lookUp] = planFor(credential, [id]);
			if (!lookUp) throw new Error('Not planned');
			const context = { credential, contactIds: [id], now: NOW };
			const rows = [describeReply(lookUp, { answer }, context)];
			// The table shows the same rows, but takes longer.
			const shown = asJson(rows, ORIGIN).replace('2026-11-22', '').toLowerCase();
			const encoded = sent.flatMap((hidden) => ENCODINGS.map((encode) => encode(hidden).toLowerCase()));
			expect(encoded.filter((hidden) => shown.includes(hidden))).toEqual([]);
			// A status and a length have three digits, a number more.
			expect(shown).not.toMatch(/\d{4}|:\/\/|@|%40/);
		}),
		{ numRuns: 300 },
	);
});
