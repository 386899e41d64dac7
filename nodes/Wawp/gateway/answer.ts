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
	if (statusCode === 429 || (succeeded && says.tooManyRequests(body))) {
		const wait = retryAfterMs(answer.headers['retry-after'], now);
		return failed('rate-limited', wait === undefined ? {} : { retryAfterMs: wait });
	}
	if (statusCode === 408 || statusCode >= 500 || says.upstreamTrouble(body)) {
		return failed('temporarily-unavailable');
	}
	if (statusCode === 401) return credentialHasWorked ? none : failed('credential-invalid');
	if (says.credentialIsBad(body) && !credentialHasWorked) return failed('credential-invalid');
	// A page under 404 comes from something in front of the gateway, which says nothing about the contact.
	if (statusCode === 404 && !body.isPage) return none;
	if (statusCode >= 400 && !body.isPage) return failed('bad-request', REFUSED[statusCode]);
	if (succeeded && says.badParameter(body)) return failed('bad-request');
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

function readBody(raw: string): Body {
	const text = raw.trim();
	const isPage = /^(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b/is.test(text);
	const fields = jsonObject(text);
	const said = fields ? wordsOf(fields).join(' ') : text;
	const words = isPage ? '' : said.replace(REPEATED_QUERY, ' ').toLowerCase();
	return { ...(fields && { fields }), words, isPage, isEmpty: text === '' };
}

/** A URL with its query, or a part of a query. */
const REPEATED_QUERY = /(?:https?:\/)?\/[^\s<>"]*\?[^\s<>"]*|[?&]?[\w.-]+=[^\s<>"]*/g;

/** Fields of an error body that hold the gateway's own words; others repeat the request. */
const SAYING = /^(?:code|type|title|status|message|msg|error|errors|reason|details?|description|wawp_upstream_error)$/;

function wordsOf(fields: Record<string, unknown>): string[] {
	return Object.entries(fields).flatMap(([key, value]) => {
		if (!SAYING.test(key)) return [];
		const name = key === 'wawp_upstream_error' ? [key] : [];
		if (typeof value === 'string') return [...name, value];
		return value instanceof Object ? [...name, ...wordsOf(value as Record<string, unknown>)] : name;
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
	const repeatsToken = accessToken !== '' && `${id} ${String(url)}`.includes(accessToken);
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
	`\\bunauthori[sz]ed\\b|\\b(?:invalid|missing|expired|wrong|unknown|revoked)[^.,;<]{0,30}\\b${CREDENTIAL}\\b` +
		`|\\b${CREDENTIAL}\\b[^.,;<]{0,20}\\b(?:invalid|missing|required|expired|wrong|unknown|revoked|not valid)\\b`,
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
			(/(?<![a-z])session(?![a-z])/.test(words) ||
				(/(?<![a-z])instance(?![a-z])/.test(words) && !/picture|photo|avatar/.test(words)))),
	/** WhatsApp's own answers for a hidden photo, and for no photo or no such account, passed on by gateways. */
	noPicture: ({ words }: Body) => /\b(?:not[-_]authorized|item[-_]not[-_]found)\b/.test(words),
	/** WhatsApp's time-out ("info query timed out"), and Wawp's code for trouble behind the gateway. */
	upstreamTrouble: ({ words }: Body) => /\btimed[- ]?out\b|\bwawp_upstream_error\b/.test(words),
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
