import fc from 'fast-check';

import { readContactId } from '../../nodes/Wawp/contactId/readContactId';
import { classifyAnswer } from '../../nodes/Wawp/gateway/classifyAnswer';
import { OPTION_FIELDS } from '../../nodes/Wawp/operation/optionFields';
import { fuzz } from './corpus/fuzz.mts';
import { checkAll } from './operation/checkAll.mts';

const TOKEN = 'tok-8f3a1c';
const NOW = Date.parse('2026-11-22T12:00:00Z');
const MONTH_MS = 31 * 24 * 60 * 60 * 1000;

const scalar = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
);
const anything = fc.oneof(scalar, fc.jsonValue());

/** Words that the judgement looks for, chunks of JSON and of pages, and the token. */
const WORDS = fc.constantFrom(
	...[
		'{"id":"',
		'{"url":"',
		'","url":"https://pps.whatsapp.net/1.jpg"}',
		'{"code":"',
		'"}',
		'{',
		'}',
		'[',
		'\u0000',
		'\ufeff',
	],
	...['invalid_session', 'session', 'instance', 'not-authorized', 'item-not-found', 'timed out', 'too many requests'],
	...['<html>', '<!DOCTYPE html>', '<error>', 'access_token', 'access token invalid', 'missing_param', 'bad_request'],
	...[TOKEN, `access_token=${TOKEN}`, '15551234567@c.us', 'https://', 'picture', ' ', '.', '\n'],
);
const body = fc.oneof(
	fc.array(fc.oneof(WORDS, fc.string()), { maxLength: 30 }).map((parts) => parts.join('')),
	fc
		.dictionary(
			fc.constantFrom('id', 'url', 'code', 'message', 'error', 'toString', '__proto__'),
			fc.oneof(WORDS, anything),
		)
		.map((fields) => JSON.stringify(fields)),
	fc.json(),
);
const header = fc.oneof(
	fc.string(),
	fc.integer().map(String),
	fc.bigInt().map(String),
	fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
	anything,
);

describe('Whatever comes,', () => {
	test('a contact ID is canonical, or refused in words', () => {
		fuzz('contact-ids', anything, (input) => {
			const read = readContactId(input);
			if (read.ok) expect(read.id).toMatch(/^[\d-]{5,31}@(?:c\.us|g\.us|lid)$/);
			else expect(read.message).toMatch(/^.{5,300}$/su);
		});
	});

	test('an answer is a picture with its address, none, or a failure in words, and repeats no token', () => {
		const answer = fc.record({ statusCode: fc.integer({ min: 100, max: 599 }), header, body });
		fuzz('answers', answer, ({ statusCode, header: retryAfter, body: text }) => {
			const verdict = classifyAnswer(
				{ statusCode, headers: { 'retry-after': retryAfter }, body: text },
				{ contactId: '15551234567@c.us', accessToken: TOKEN, now: NOW },
			);
			// What an unclear answer says is compared with others in the run, and goes nowhere.
			const outcome = verdict.kind === 'unclear' ? verdict.meaning : verdict;
			expect(JSON.stringify(outcome)).not.toContain(TOKEN);
			if (outcome.kind !== 'failure') expect(typeof outcome.id).toBe('string');
			if (outcome.kind === 'picture') expect(outcome.url).toMatch(/^https?:\/\/\S+$/i);
			if (outcome.kind !== 'failure') return;
			const { message, description, retryAfterMs = 0 } = outcome.failure;
			expect(`${message} ${description}`).toMatch(/^\S.{20,400}$/);
			expect(retryAfterMs).toBeGreaterThanOrEqual(0);
			expect(retryAfterMs).toBeLessThanOrEqual(MONTH_MS);
		});
	});

	test('the options are within their bounds, or refused in words that name one of them', () => {
		const given = fc.oneof(
			anything,
			fc.dictionary(
				fc.constantFrom(...OPTION_FIELDS.map(({ name }) => name as string), '__proto__', 'later'),
				anything,
			),
		);
		fuzz('options', given, (input) => {
			const { options, failure } = checkAll(input);
			if (failure) expect(`${failure.message}. ${failure.description}`).toMatch(/Option|Fallback URL/);
			for (const { name, type, typeOptions = {} } of OPTION_FIELDS) {
				const value = options[name];
				expect(typeof value).toBe(type === 'options' ? 'string' : type);
				if (type !== 'number') continue;
				expect(Number.isInteger(value)).toBe(true);
				expect(value).toBeGreaterThanOrEqual(typeOptions.minValue ?? NaN);
				expect(value).toBeLessThanOrEqual(typeOptions.maxValue ?? NaN);
			}
		});
	});
});
