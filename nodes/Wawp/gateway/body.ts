/** An HTTP answer, its body undecoded. */
export interface Answer {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	body: string;
}

/** What the shape of a body tells. */
export interface Body {
	/** Trimmed. */
	text: string;
	/** The body, if it is a JSON object. */
	fields?: Record<string, unknown>;
	/** Whether it is an HTML page: the gateway sends none. */
	isPage: boolean;
	isEmpty: boolean;
}

/** Statuses whose body counts as an answer. Other 2xx mean that it is not there yet, or incomplete. */
export const GOOD: ReadonlySet<number> = new Set([200, 201, 203]);

/** Answers of the gateway are much shorter. The rest of a longer one is ignored. */
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
 * The texts of a body that can be a code: keys and strings of its JSON, or what is between the tags of XML or plain
 * text. Programs that wrap an error put it at the end (`lookup failed: not-authorized`), so that part counts, too.
 */
export function textsIn({ text, fields }: Body): Set<string> {
	const texts = fields
		? [...recordsIn(fields)].flatMap((record) => [...Object.keys(record), ...Object.values(record)])
		: text.slice(0, READ_LENGTH).split(/<[^<>]*>/);
	const strings = texts.filter((each) => typeof each === 'string').map((each) => each.trim());
	return new Set(strings.flatMap((each) => [each, each.split(': ').at(-1) ?? '']));
}

/** A JSON value and all objects and lists in it. */
export function* recordsIn(value: unknown, depth = MOST_NESTED): Generator<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || depth === 0) return;
	yield value as Record<string, unknown>;
	for (const inner of Object.values(value)) yield* recordsIn(inner, depth - 1);
}

/** For comparing answers: without words that have a digit, such as IDs and times, which differ between contacts. */
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
