/** The body of an answer, read as far as the judgement needs it. */
export interface Body {
	/** The JSON object, where the body is one. */
	fields?: Record<string, unknown>;
	/**
	 * What the gateway says, in lower case, without the parts of the request that it repeats; the underscores of codes are
	 * spaces. Read on demand.
	 */
	readonly words: string;
	/** Whether it is an HTML page, which the gateway itself never sends, and whose words are not its own. */
	isPage: boolean;
	isEmpty: boolean;
	/** Whether an http(s) address stands anywhere in it. */
	hasAddress: boolean;
}

/** An answer of the gateway is much shorter. What is longer is looked at no further than this. */
const READ_LENGTH = 10_000;

/**
 * Reads a body of any type: the gateway sends JSON, XML or plain text, and a proxy in front of it a page.
 *
 * @param raw undecoded, of any length. Never throws, and takes time in proportion to the length at most.
 */
export function readBody(raw: string): Body {
	const text = raw.trim();
	const fields = jsonObject(text);
	const head = text.slice(0, READ_LENGTH);
	const isPage = !fields && /<(?:!doctype\s+html|html|head|body)\b/i.test(head);
	const read = () => ownWords(fields ? wordsOf(fields, MOST_NESTED).join('. ').slice(0, READ_LENGTH) : head);
	let words = isPage ? '' : undefined;
	return {
		...(fields && { fields }),
		// Most answers hold a picture, and nobody asks for their words.
		get words() {
			return (words ??= read());
		},
		isPage,
		isEmpty: text === '',
		hasAddress: /https?:\\?\/\\?\//i.test(text),
	};
}

/** Leaves out URLs, paths and query parameters: the request, repeated. */
function ownWords(text: string): string {
	return text
		.toLowerCase()
		.replace(/[<>]/g, ' . ')
		.split(/[\s"']+/)
		.filter((word) => !/:\/\/|\?|\/v2\/|(?:access_token|instance_id|contactid)=/.test(word))
		.join(' ')
		.replaceAll('_', ' ');
}

/** Fields of an error body that repeat the request, and those that hold a person's own words. */
const REPEATING =
	/^(?:access_?token|instance(?:_?id)?|contact_?id|url|path|request|query|params?|parameters?|headers?|(?:push_?|display_?)?name)$/i;

const MOST_NESTED = 4;

function wordsOf(value: unknown, depth: number): string[] {
	if (typeof value === 'string') return [value];
	if (!(value instanceof Object) || depth === 0) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		if (REPEATING.test(key)) return [];
		const words = wordsOf(inner, depth - 1);
		return key === 'wawp_upstream_error' ? [key, ...words] : words;
	});
}

function jsonObject(text: string): Record<string, unknown> | undefined {
	if (!text.startsWith('{')) return undefined;
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}
