/** What HTTP says of one answer, its body undecoded. */
export interface Answer {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	body: string;
}

/** The body of an answer, as far as its shape tells something. */
export interface Body {
	/** As it came, but for spaces around it. */
	text: string;
	/** The JSON object, where the body is one. */
	fields?: Record<string, unknown>;
	/** Whether it is an HTML page, which the gateway itself never sends. */
	isPage: boolean;
	isEmpty: boolean;
}

/** Statuses whose body can hold what was asked for. Other good ones say that it is not there yet, or not complete. */
export const GOOD: ReadonlySet<number> = new Set([200, 201, 203]);

/** An answer of the gateway is much shorter. The rest of a longer one is not read. */
const READ_LENGTH = 10_000;

const MOST_NESTED = 6;

/** Reads a body of any type and length. Never throws. */
export function readBody(raw: string): Body {
	const text = raw.trim();
	const fields = jsonObject(text);
	const isPage = !fields && /<(?:!doctype\s+html|html|head|body)\b/i.test(text.slice(0, READ_LENGTH));
	return { text, ...(fields && { fields }), isPage, isEmpty: text === '' };
}

/**
 * The texts of a body that can be a code: each key and each string of its JSON, or each piece of XML or plain text between
 * tags. Programs that wrap another's error put it at the end (`lookup failed: not-authorized`), so that part counts as well.
 */
export function textsIn(raw: string): Set<string> {
	const fields = jsonObject(raw.trim());
	const texts = fields
		? [...recordsIn(fields)].flatMap((record) => [...Object.keys(record), ...Object.values(record)])
		: raw.slice(0, READ_LENGTH).split(/<[^<>]*>/);
	const strings = texts.filter((text) => typeof text === 'string').map((text) => text.trim());
	return new Set(strings.flatMap((text) => [text, text.split(': ').at(-1) ?? '']));
}

/** A JSON value and all that it holds, as far as those are objects or lists. */
export function* recordsIn(value: unknown, depth = MOST_NESTED): Generator<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || depth === 0) return;
	yield value as Record<string, unknown>;
	for (const inner of Object.values(value)) yield* recordsIn(inner, depth - 1);
}

/**
 * What an answer says, without what differs from contact to contact: all words that have a digit, such as IDs and times.
 * It is only ever compared with what another answer says.
 */
export function textWithoutDigits({ statusCode, body }: Answer): string {
	const text = body.slice(0, READ_LENGTH).replace(/[\w-]+/g, (word) => (/\d/.test(word) ? '' : word));
	return `${statusCode} ${text}`;
}

function jsonObject(text: string): Record<string, unknown> | undefined {
	if (!text.startsWith('{')) return undefined;
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}
