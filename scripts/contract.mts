// npm run contract: asks the real gateway a few questions, and writes down in what form it answers. See docs/contract.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';

import { readContactId } from '../nodes/Wawp/contactId/readContactId';
import { ROOT, Stop } from './install.mjs';
import { program } from './program.mjs';

const HOST = 'api.wawp.net';
const FILE = 'contract.json';
const MOST_CONTACTS = 5;
/** Wawp advises one live lookup a second. */
const PACE_MS = 1000;
const TIMEOUT_MS = 30_000;

/** Looks like a number, but country code 999 is assigned to nobody. */
const IMPOSSIBLE = '999999999999999@c.us';

/** The query string of a request. */
type Query = { instance_id: string; access_token: string; contactId?: string; refresh?: 'false' };

/** One request of the contract. */
export interface Question {
	/** What it asks, without anything that has to be masked. */
	what: string;
	method: 'GET' | 'POST';
	path: '/v2/session/info' | '/v2/contacts/profile-picture';
	query: Query;
}

/** The same, and how it was answered, with everything masked that a report must not show. */
export interface Answered {
	request: string;
	status?: number;
	contentType?: string;
	body?: unknown;
	/** The code of the error, if no answer came. */
	noAnswer?: string;
}

async function contract(): Promise<void> {
	const { credential, contactIds } = readSettings(process.env);
	const questions = questionsFor(credential, contactIds);
	console.log(`These ${questions.length} requests go to ${HOST}, with your account, one a second:\n`);
	for (const { method, what } of questions) console.log(`  ${method.padEnd(4)} ${what}`);
	await confirm('Send them?');

	const mask = maskFor([credential.instance_id, credential.access_token, ...contactIds, IMPOSSIBLE]);
	const answers = await askAll(questions, mask, new EnvHttpProxyAgent());
	const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
	const report = { package: version, day: new Date().toISOString().slice(0, 10), answers };
	const text = `${JSON.stringify(report, null, '\t')}\n`;
	console.log(`\n${text}`);
	await confirm(`Write this to ${FILE}?`);
	writeFileSync(join(ROOT, FILE), text);
}

/**
 * Reads WAWP_INSTANCE_ID, WAWP_ACCESS_TOKEN and WAWP_CONTACTS (IDs or numbers, separated by commas).
 *
 * @throws {Stop} that says which is missing or wrong
 */
export function readSettings(environment: NodeJS.ProcessEnv): { credential: Query; contactIds: string[] } {
	const [instance_id, access_token, contacts] = ['INSTANCE_ID', 'ACCESS_TOKEN', 'CONTACTS'].map((name) => {
		const value = environment[`WAWP_${name}`]?.trim();
		if (!value) throw new Stop(`WAWP_${name} is not set; docs/contract.md says what this command needs`);
		return value;
	}) as [string, string, string];
	const typed = contacts.split(/[,;\n]/).filter((contact) => contact.trim() !== '');
	const ids = typed.map((contact) => {
		const read = readContactId(contact);
		if (!read.ok) throw new Stop(`WAWP_CONTACTS: ${read.message}`);
		return read.id;
	});
	const contactIds = [...new Set(ids)];
	if (contactIds.length === 0 || contactIds.length > MOST_CONTACTS) {
		throw new Stop(`WAWP_CONTACTS holds ${contactIds.length} contacts; it takes one to ${MOST_CONTACTS}`);
	}
	return { credential: { instance_id, access_token }, contactIds };
}

/** What is asked: three requests with the credential and with a wrong one, and a lookup of each other contact. */
export function questionsFor(credential: Query, contactIds: string[]): Question[] {
	const { instance_id, access_token } = credential;
	const wrongToken = { ...credential, access_token: ofTheSameForm(access_token) };
	const wrongInstance = { ...credential, instance_id: ofTheSameForm(instance_id) };
	const session = (what: string, query: Query): Question => ({
		what: `session/info${what}`,
		method: 'POST',
		path: '/v2/session/info',
		query,
	});
	const lookup = (what: string, query: Query): Question => ({
		what,
		method: 'GET',
		path: '/v2/contacts/profile-picture',
		query: { ...query, refresh: 'false' },
	});
	const three = (what: string, query: Query): Question[] => [
		session(what, query),
		lookup(`control lookup (no contact)${what}`, query),
		lookup(`lookup of contact 1${what}`, { ...query, contactId: contactIds[0] ?? IMPOSSIBLE }),
	];
	return [
		...three('', credential),
		...contactIds
			.slice(1)
			.map((contactId, index) => lookup(`lookup of contact ${index + 2}`, { ...credential, contactId })),
		lookup('lookup of a number that cannot exist', { ...credential, contactId: IMPOSSIBLE }),
		...three(', wrong token', wrongToken),
		...three(', wrong instance', wrongInstance),
	];
}

/** A text of the same length with letters, digits and marks in the same places: a gateway may check the form first. */
export function ofTheSameForm(text: string): string {
	const filled = (letter: string, digit: string) => text.replace(/\p{L}/gu, letter).replace(/\d/g, digit);
	return filled('a', '0') === text ? filled('b', '1') : filled('a', '0');
}

/** Sends the requests one after the other, a second apart. What is not known by POST is asked for by GET, too. */
export async function askAll(
	questions: Question[],
	mask: Mask,
	dispatcher: Dispatcher,
	wait: (ms: number) => Promise<unknown> = sleep,
): Promise<Answered[]> {
	const answers: Answered[] = [];
	for (const question of questions) {
		if (answers.length > 0) await wait(PACE_MS);
		const answer = await ask(question, mask, dispatcher);
		answers.push(answer);
		if (question.method === 'POST' && [404, 405, 501].includes(answer.status ?? 0)) {
			await wait(PACE_MS);
			answers.push(await ask({ ...question, what: `${question.what}, by GET`, method: 'GET' }, mask, dispatcher));
		}
	}
	return answers;
}

/** Sends one request. Follows no redirect: the query string holds the access token. */
async function ask({ what, method, path, query }: Question, mask: Mask, dispatcher: Dispatcher): Promise<Answered> {
	try {
		const { statusCode, headers, body } = await request(`https://${HOST}${path}?${new URLSearchParams(query)}`, {
			method,
			// As n8n sends them: a gateway may answer by them.
			headers: { accept: 'application/json, text/plain, */*', 'user-agent': 'n8n' },
			signal: AbortSignal.timeout(TIMEOUT_MS),
			dispatcher,
		});
		const type = String(headers['content-type'] ?? 'none');
		return { request: what, status: statusCode, contentType: mask.type(type), body: mask.body(await body.text()) };
	} catch (error) {
		const { code, name } = error as { code?: unknown; name: string };
		return { request: what, noAnswer: typeof code === 'string' ? code : name };
	}
}

/** Keys whose values can be codes: `invalid_session`, `not-authorized`, `WORKING`, 401. */
const CODES = new Set(['code', 'error', 'expected', 'message', 'reason', 'status', 'statusCode']);

/** How many letters in a row give a part of something away. */
const PART = 5;

/** Shows of an answer what it is made of, and nothing that is anybody's. */
export interface Mask {
	/** JSON with every string as its length, except codes; any other text as its length. */
	body(text: string): unknown;
	/** A content type without its parameters. */
	type(header: string): string;
}

/** @param sent what must not be shown, in part or in another encoding either: token, instance and contacts */
export function maskFor(sent: string[]): Mask {
	const parts = new Set(sent.flatMap(encodings).flatMap(partsOf));
	/** The text if it has this form, is short, and repeats nothing of what was sent; else its length. */
	const shown = (text: string, form: RegExp) =>
		form.test(text) && text.length <= 40 && !partsOf(text).some((part) => parts.has(part)) ? text : lengthOf(text);
	const masked = (value: unknown, key: string): unknown => {
		if (typeof value === 'string') {
			if (sent.includes(value)) return '(as sent)';
			return CODES.has(key) ? shown(value, /^(?:[a-z]+(?:[_-][a-z]+)*|[A-Z]+(?:[_-][A-Z]+)*)$/) : lengthOf(value);
		}
		if (typeof value === 'number') return CODES.has(key) && /^[1-5]\d\d$/.test(String(value)) ? value : 'number';
		if (Array.isArray(value)) return value.slice(0, 3).map((element) => masked(element, key));
		if (value === null || typeof value !== 'object') return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, inner]) => [shown(name, /^[A-Za-z_-]+$/), masked(inner, name)]),
		);
	};
	return {
		body: (text) => {
			try {
				return masked(JSON.parse(text), '');
			} catch {
				return lengthOf(text);
			}
		},
		type: (header) => shown(header.replace(/;.*/s, '').trim(), /^[a-z]+(?:\/[a-z.+-]+)?$/),
	};
}

const lengthOf = ({ length }: string) => `(${length} characters)`;

/** Names and codes are made of letters only, so hexadecimal and percent-encoding never pass. */
function encodings(text: string): string[] {
	const base64 = ['', ' ', '  '].map((shift) => Buffer.from(`${shift}${text}`).toString('base64'));
	return [text, ...base64].flatMap((encoded) => [encoded, [...encoded].reverse().join('')]);
}

function partsOf(text: string): string[] {
	const letters = text.toLowerCase().replace(/[^a-z]/g, '');
	return Array.from({ length: Math.max(0, letters.length - PART + 1) }, (_, at) => letters.slice(at, at + PART));
}

/** @throws {Stop} unless the answer is yes, or `--yes` was given */
async function confirm(question: string): Promise<void> {
	if (process.argv.includes('--yes')) return;
	if (!process.stdin.isTTY) throw new Stop('\nStopped: there is no terminal to ask at, and no --yes.');
	if (!(await isYes(question, process.stdin, process.stdout))) throw new Stop('Stopped.');
}

/** Anything but yes is no, and so is the end of the input. */
export async function isYes(question: string, input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
	output.write(`\n${question} [y/N] `);
	for await (const line of createInterface({ input })) return /^y(?:es)?$/i.test(line.trim());
	return false;
}

void program(contract, import.meta.url);
