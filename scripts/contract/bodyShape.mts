import { STATUS_CODES } from 'node:http';

import { repeatsToken } from '../../nodes/Wawp/gateway/echo';
import { readBody } from '../../nodes/Wawp/gateway/parseBody';
import { type Naming, namingOf } from '../../nodes/Wawp/gateway/sameContact';
import { inKnownWords } from './knownWords.mts';

/** What a body is made of. */
export interface BodyShape {
	/** `JSON object`, `page`, `XML`, `text`, `empty` and the like; of a text, how long it is and its known words. */
	kind: string;
	/** What stands under each key: `{ "data.url": "url of whatsapp.net (180 characters)" }`. Never a value. */
	fields: Record<string, string>;
}

/** What the description of a body depends on. */
export interface ShapeContext {
	/** Which names may be shown; see `nameFilter`. */
	name: (name: string) => string;
	/** What was sent, by what it is called in the description. */
	sent: Record<string, string>;
	/** The contact that was asked for, where it is a look-up. */
	contactId?: string;
}

const MOST_NESTED = 5;
const MOST_FIELDS = 40;
/** Of an array the first are enough: they are alike. */
const MOST_ELEMENTS = 5;

/** A body in keys, types and lengths. */
export function shapeOf(body: string, context: ShapeContext): BodyShape {
	const text = body.trim();
	if (text === '') return { kind: 'empty', fields: {} };
	const json = parsed(text);
	if (json === undefined) return { kind: textShape(text, context), fields: {} };
	const found = new Map<string, string>();
	collect(json.value, [], context, found);
	return { kind: `JSON ${typeName(json.value)}`, fields: Object.fromEntries(found) };
}

function parsed(text: string): { value: unknown } | undefined {
	try {
		return { value: JSON.parse(text) as unknown };
	} catch {
		return undefined;
	}
}

function textShape(text: string, context: ShapeContext): string {
	const markup = /^<\?xml|^<\w/i.test(text) ? 'XML' : 'text';
	const kind = readBody(text).isPage ? 'page' : markup;
	// Tags and scripts are no words of the gateway.
	const words = text.replace(/<(script|style)\b.*?<\/\1>|<[^>]*>/gis, ' ');
	return `${kind} ${measured(text)}${repeated(text, context)}${said(words)}`;
}

function collect(value: unknown, path: string[], context: ShapeContext, found: Map<string, string>): void {
	const isLeaf = !(value instanceof Object) || Object.keys(value).length === 0 || path.length >= MOST_NESTED;
	if (isLeaf) {
		note(path.join('.').replaceAll('.[]', '[]'), leafShape(value, path.at(-1) ?? '', context), found);
	} else if (Array.isArray(value)) {
		for (const element of value.slice(0, MOST_ELEMENTS)) collect(element, [...path, '[]'], context, found);
	} else {
		for (const [key, inner] of Object.entries(value)) collect(inner, [...path, context.name(key)], context, found);
	}
}

/** Two keys can look alike once they are hidden, as can the elements of an array. */
function note(path: string, shape: string, found: Map<string, string>): void {
	const before = found.get(path);
	if (before === undefined && found.size >= MOST_FIELDS) {
		found.set('…', 'more keys');
	} else if (!before?.split(' | ').includes(shape)) {
		found.set(path, before === undefined ? shape : `${before} | ${shape}`);
	}
}

function leafShape(value: unknown, key: string, context: ShapeContext): string {
	if (typeof value === 'string') return stringShape(value, context);
	if (typeof value === 'number') return numberShape(value, key);
	if (typeof value === 'boolean') return String(value);
	if (value instanceof Object && Object.keys(value).length === 0) return `empty ${typeName(value)}`;
	return typeName(value);
}

/** A status is told, since it is what an error body is judged by; no other number is. */
function numberShape(value: number, key: string): string {
	return /status|code|error|data/i.test(key) && String(value) in STATUS_CODES ? `number ${value}` : 'number';
}

function stringShape(text: string, context: ShapeContext): string {
	if (text === '') return 'empty string';
	const { sent, contactId } = context;
	const [own] = Object.entries(sent).find(([, value]) => value === text) ?? [];
	if (own !== undefined) return own;
	if (ID.test(text)) return contactId === undefined ? 'a contact ID' : NAMINGS[namingOf(text, contactId)];
	const repeats = repeated(text, context);
	if (/^https?:/i.test(text)) return `${addressKind(text)} ${measured(text)}${repeats}`;
	return `string ${measured(text)}${repeats}${said(text)}`;
}

/** A number alone, too: some gateways name a contact by it. */
const ID = /^\+?\d{7,}$|^\d[\d:-]*@[a-z.]+$/i;

const NAMINGS: Record<Naming, string> = {
	same: 'the contact ID, in another form',
	alias: 'a privacy-preserving ID (LID)',
	other: 'another contact ID',
};

function measured({ length }: string): string {
	return `(${length > 999 ? 'over 999' : length} characters)`;
}

function repeated(text: string, { sent }: ShapeContext): string {
	const held = Object.keys(sent).filter((what) => repeatsToken(text, sent[what] ?? ''));
	return held.length === 0 ? '' : ` with ${held.join(' and ')} in it`;
}

function said(text: string): string {
	const words = inKnownWords(text);
	return words === '' ? '' : `: ${words}`;
}

function addressKind(text: string): string {
	if (!URL.canParse(text)) return 'broken url';
	const { protocol, hostname } = new URL(text);
	const scheme = protocol === 'http:' ? 'http url' : 'url';
	return `.${hostname}`.endsWith('.whatsapp.net') ? `${scheme} of whatsapp.net` : scheme;
}

function typeName(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
