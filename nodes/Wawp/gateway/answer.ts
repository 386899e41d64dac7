import { failure, type Failure, type Reason } from './failure';
import { retryAfterMs } from './retryAfter';

/** An HTTP answer, its body undecoded. */
export interface Answer {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	body: string;
}

/** What an answer means for the contact that was asked for. */
export type Outcome =
	| { kind: 'picture'; id: string; url: string }
	/** The person has no picture, or does not show it: an answer, not a fault. */
	| { kind: 'none'; id: string }
	| { kind: 'failure'; failure: Failure };

/** What else the judgement depends on. */
export interface Circumstances {
	/** The canonical contact ID that was asked for. */
	contactId: string;
	/** Whether the gateway has accepted this credential before in the same run. */
	credentialHasWorked: boolean;
	/** The access token that was sent. An answer that repeats it in a picture's address is not handed on. */
	accessToken?: string;
	/** Now, in milliseconds since 1970; a Retry-After date is measured against it. */
	now: number;
}

/**
 * Judges one answer of `GET /v2/contacts/profile-picture`.
 *
 * The documented answers are 200 with `{id, url}`, 400, 401 and 500. The other rows come from the service's
 * public documentation and from what gateways of this kind pass on from WhatsApp; each row has a test.
 */
export function judge(answer: Answer, circumstances: Circumstances): Outcome {
	const { statusCode } = answer;
	const { contactId, credentialHasWorked, now } = circumstances;
	const body = readBody(answer.body);
	const succeeded = statusCode >= 200 && statusCode < 300;
	const none: Outcome = { kind: 'none', id: contactId };
	const failed = (reason: Reason, particulars?: Partial<Failure>): Outcome => ({
		kind: 'failure',
		failure: failure(reason, { ...particulars, statusCode }),
	});

	if (succeeded && isPicture(body.fields)) return picture(body.fields, circumstances, statusCode);
	if (says.sessionIsGone(body, statusCode)) return failed('session-disconnected');
	if (says.noPicture(body)) return none;
	const wait = retryAfterMs(answer.headers['retry-after'], now);
	const after = wait === undefined ? {} : { retryAfterMs: wait };
	if (statusCode === 429 || says.tooManyRequests(body)) return failed('rate-limited', after);
	if (statusCode === 408 || statusCode >= 500 || says.upstreamTrouble(body)) {
		return failed('temporarily-unavailable', after);
	}
	// A page comes from something in front of the gateway, which says nothing about credential or contact.
	if (statusCode < 200 || (statusCode >= 300 && statusCode < 400) || body.isPage) {
		return failed('unexpected-response', unexpected(body, statusCode));
	}
	if (statusCode === 401) return credentialHasWorked ? none : failed('credential-invalid');
	if (says.credentialIsBad(body) && !credentialHasWorked) return failed('credential-invalid');
	if (statusCode === 404) return none;
	if (statusCode >= 400) return failed('bad-request', REFUSED[statusCode]);
	if (says.badParameter(body)) return failed('bad-request');
	return failed('unexpected-response', unexpected(body, statusCode));
}

const REFUSED: Partial<Record<number, Partial<Failure>>> = {
	403: {
		message: 'The gateway does not allow this look-up',
		description: 'Check in the Wawp dashboard that the plan and policy of this instance allow it',
	},
};

interface Body {
	/** The JSON object, where the body is one. */
	fields?: Record<string, unknown>;
	/** What the gateway says, in lower case, without the parts of the request that it repeats. */
	words: string;
	/** Whether it is an HTML page, which the gateway itself never sends, and whose words are not its own. */
	isPage: boolean;
	isEmpty: boolean;
}

/** An answer of the gateway is much shorter. What is longer is looked at no further than this. */
const READ_LENGTH = 10_000;

function readBody(raw: string): Body {
	const text = raw.trim();
	const head = text.slice(0, READ_LENGTH);
	const fields = jsonObject(text);
	const isPage = !fields && /<(?:!doctype\s+html|html|head|body)\b/i.test(head);
	const said = fields ? wordsOf(fields, MOST_NESTED).join('. ').slice(0, READ_LENGTH) : head;
	return { ...(fields && { fields }), words: isPage ? '' : ownWords(said), isPage, isEmpty: text === '' };
}

/** Leaves out URLs, paths and query parameters: the request, repeated. */
function ownWords(text: string): string {
	return text
		.toLowerCase()
		.replace(/[<>]/g, ' . ')
		.split(/[\s"']+/)
		.filter((word) => !/:\/\/|\?|\/v2\/|(?:access_token|instance_id|contactid)=/.test(word))
		.join(' ');
}

/** Fields of an error body that repeat the request. */
const REPEATING = /^(?:access_?token|instance_?id|contact_?id|url|path|request|query|params?|parameters?|headers?)$/i;

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

function isPicture(fields: Body['fields']): fields is Record<string, unknown> {
	if (fields === undefined) return false;
	if (fields.url) return true;
	return ('id' in fields || 'url' in fields) && !('code' in fields);
}

function picture(
	fields: Record<string, unknown>,
	{ contactId, accessToken = '' }: Circumstances,
	statusCode: number,
): Outcome {
	const id = typeof fields.id === 'string' && fields.id !== '' ? fields.id : contactId;
	const { url } = fields;
	const repeatsToken =
		accessToken !== '' &&
		[accessToken, encodeURIComponent(accessToken)].some((token) => `${id} ${String(url)}`.includes(token));
	if (!repeatsToken) {
		if (url === undefined || url === null || url === '') return { kind: 'none', id };
		if (typeof url === 'string' && /^https?:\/\/\S+$/i.test(url)) return { kind: 'picture', id, url };
	}
	return {
		kind: 'failure',
		failure: failure('unexpected-response', {
			message: 'The gateway answered with a picture address that is not usable',
			statusCode,
		}),
	};
}

const CREDENTIAL = '(?:access[_ ]token|token|instance[_ ]id|api[_ ]key|credentials?)';

const CREDENTIAL_IS_BAD = new RegExp(
	[
		'\\bunauthori[sz]ed\\b',
		`\\bmissing_param\\b.{0,60}\\b${CREDENTIAL}\\b`,
		`\\bmissing\\b[^.,;]{0,30}\\b${CREDENTIAL}\\b`,
		`\\b(?:invalid|expired|wrong|unknown|revoked)\\b[^.,;:]{0,30}\\b${CREDENTIAL}\\b`,
		`\\b${CREDENTIAL}\\b[^.,;]{0,20}\\b(?:invalid|missing|required|expired|wrong|unknown|revoked|not valid)\\b`,
	].join('|'),
);

/** The words that tell meanings apart which share a status. */
const says = {
	/**
	 * Wawp's code `invalid_session`, under any status. Under 404 any text about the session or the instance,
	 * unless it is the picture that the text misses.
	 */
	sessionIsGone: ({ words }: Body, statusCode: number) =>
		/\binvalid[_ ]session\b/.test(words) ||
		(statusCode === 404 &&
			/(?<![a-z])(?:session|instance)s?(?![a-z])/.test(words) &&
			!/(?:picture|photo|avatar)s? (?:is |was |could )?(?:not|missing|unavailable)|\bno (?:profile )?(?:picture|photo|avatar)/.test(
				words,
			)),
	/** WhatsApp's own answers for a hidden photo, and for no photo or no such account, passed on by gateways. */
	noPicture: ({ words }: Body) => /\b(?:not-authorized|item[-_]not[-_]found)\b/.test(words),
	/** WhatsApp's time-out ("info query timed out"), and Wawp's code for trouble behind the gateway. */
	upstreamTrouble: ({ words }: Body) => /\btimed[- ]?out\b|\brequest time-?out\b|\bwawp_upstream_error\b/.test(words),
	/** `rate-overlimit` is WhatsApp's own. */
	tooManyRequests: ({ words }: Body) => /\btoo[_ ]many[_ ]requests\b|\brate[-_ ]?(?:over)?limit/.test(words),
	credentialIsBad: ({ words }: Body) => CREDENTIAL_IS_BAD.test(words),
	badParameter: ({ words }: Body) => /\bmissing_param\b|\binvalid parameter\b|\bbad[_ ]request\b/.test(words),
};

function unexpected(body: Body, statusCode: number): Partial<Failure> {
	if (statusCode >= 300 && statusCode < 400) {
		return { message: 'The gateway sent the request elsewhere, which is not followed with a credential' };
	}
	if (body.isPage) return { message: 'A web page came back instead of an answer of the gateway' };
	if (body.isEmpty) return { message: 'The gateway answered with nothing' };
	return {};
}
