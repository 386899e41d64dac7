import { failure, type Failure, type Reason } from '../failure';
import { retryAfterMs } from '../limits/retryAfter';
import { patterns } from './errorPatterns';
import { type Body, readBody } from './parseBody';

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
export interface AnswerContext {
	/** The canonical contact ID that was asked for. */
	contactId: string;
	/** Whether the gateway has accepted this credential before in the same run. */
	credentialHasWorked: boolean;
	/** The access token that was sent. An answer that repeats it as ID or address is not handed on. */
	accessToken: string;
	/** Now, in milliseconds since 1970; a Retry-After date is measured against it. */
	now: number;
}

/**
 * Judges one answer of `GET /v2/contacts/profile-picture`.
 *
 * The documented answers are 200 with `{id, url}`, 400, 401 and 500. The other rows come from the service's
 * public documentation and from what gateways of this kind pass on from WhatsApp; each row has a test.
 */
export function classifyAnswer(answer: Answer, context: AnswerContext): Outcome {
	const { statusCode } = answer;
	const { contactId, credentialHasWorked, now } = context;
	const body = readBody(answer.body);
	const succeeded = statusCode >= 200 && statusCode < 300;
	const none: Outcome = { kind: 'none', id: contactId };
	const failed = (reason: Reason, overrides?: Partial<Failure>): Outcome => ({
		kind: 'failure',
		failure: failure(reason, { ...overrides, statusCode }),
	});

	const shown = succeeded ? picture(body, context) : undefined;
	if (shown === 'unusable') {
		return failed('unexpected-response', UNUSABLE_URL);
	}
	if (shown) return shown;
	if (patterns.sessionIsGone(body, statusCode)) return failed('session-disconnected');
	if (patterns.noPicture(body)) return none;
	const wait = retryAfterMs(answer.headers['retry-after'], now);
	const after = wait === undefined ? {} : { retryAfterMs: wait };
	if (statusCode === 429 || patterns.tooManyRequests(body)) return failed('rate-limited', after);
	if (statusCode === 408 || statusCode >= 500 || patterns.upstreamTrouble(body)) {
		return failed('temporarily-unavailable', after);
	}
	// A page comes from something in front of the gateway, which says nothing about credential or contact.
	if (statusCode < 200 || (statusCode >= 300 && statusCode < 400) || body.isPage) {
		return failed('unexpected-response', unexpected(body, statusCode));
	}
	if (statusCode === 401) return credentialHasWorked ? none : failed('credential-invalid');
	if (patterns.credentialIsBad(body) && !credentialHasWorked) return failed('credential-invalid');
	if (statusCode === 404) return none;
	if (statusCode >= 400) return failed('bad-request', BY_STATUS[statusCode]);
	if (patterns.badParameter(body)) return failed('bad-request');
	return failed('unexpected-response', unexpected(body, statusCode));
}

// Refresh makes the gateway ask WhatsApp for another URL, in the place of the one that it has stored.
const UNUSABLE_URL = {
	message: 'Wawp returned a picture URL that cannot be used',
	description: "Try this contact again with 'Refresh' turned on; if it keeps happening, contact Wawp",
};

const BY_STATUS: Partial<Record<number, Partial<Failure>>> = {
	403: {
		message: 'Wawp does not allow this look-up',
		description: 'Check in the Wawp dashboard that the plan and policy of this instance allow it',
	},
};

/**
 * What a 200 says about the picture; `undefined` where it is an error body or no JSON object at all.
 *
 * Error bodies have been seen under 200. They have no `url`, but some have an `id` of their own.
 */
function picture(
	{ fields }: Body,
	{ contactId, accessToken }: AnswerContext,
): Exclude<Outcome, { kind: 'failure' }> | 'unusable' | undefined {
	if (fields === undefined) return undefined;
	const { url } = fields;
	const id = typeof fields.id === 'string' && fields.id !== '' ? fields.id : undefined;
	if (repeats(`${id ?? ''} ${typeof url === 'string' ? url : ''}`, accessToken)) return 'unusable';
	if (url === undefined || url === null || url === '') {
		const isAnswer = 'url' in fields || id?.includes('@');
		const isError = ['error', 'message', 'code'].some((key) => typeof fields[key] === 'string');
		return isAnswer && !isError ? { kind: 'none', id: id ?? contactId } : undefined;
	}
	if (typeof fields.code === 'string' && id === undefined) return undefined;
	const usable = typeof url === 'string' && /^https?:\/\/\S+$/i.test(url);
	return usable ? { kind: 'picture', id: id ?? contactId, url } : 'unusable';
}

function repeats(text: string, accessToken: string): boolean {
	return accessToken !== '' && [accessToken, encodeURIComponent(accessToken)].some((token) => text.includes(token));
}

function unexpected(body: Body, statusCode: number): Partial<Failure> {
	if (statusCode >= 300 && statusCode < 400) {
		return { message: 'Wawp redirected the request, which is not followed, to protect your access token' };
	}
	if (body.isPage) return { message: 'A web page came back instead of an answer from Wawp' };
	if (body.isEmpty) return { message: 'Wawp sent an empty answer' };
	return {};
}
