import { failure, type Failure, type Reason } from '../failure';
import { retryAfterMs } from '../limits/retryPolicy';
import { patterns } from './errorPatterns';
import type { Classified, Outcome, Unconfirmed } from './outcome';
import { readBody } from './parseBody';
import { readPicture } from './readPicture';
import { ACCOUNT_SUSPENDED, BY_STATUS, NUMBER_IS_BAD, PLAN_LIMIT, unexpected, WORDS } from './words';

/** An HTTP answer, its body undecoded. */
export interface Answer {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	body: string;
}

/** What else the judgement depends on. */
export interface AnswerContext {
	/** The canonical contact ID that was asked for. */
	contactId: string;
	/** The access token that was sent. An answer that repeats it as ID or address is not handed on. */
	accessToken: string;
	/** Now, in milliseconds since 1970; a Retry-After date is measured against it where the answer has no date of its own. */
	now: number;
}

/** Under which a picture, or none, is what was asked for. Others of them say that it is not there yet, or not whole. */
export const GOOD: ReadonlySet<number> = new Set([200, 201, 203]);

/**
 * Judges one answer of `GET /v2/contacts/profile-picture`.
 *
 * The documented answers are 200 with `{id, url}`, 400, 401 and 500. The other rows come from the service's
 * public documentation and from what gateways of this kind pass on from WhatsApp; each row has a test. A picture, and
 * that there is none, need evidence; what could be about the contact, the credential or the session is unconfirmed; all
 * else is a failure.
 */
export function classifyAnswer(answer: Answer, { contactId, accessToken, now }: AnswerContext): Classified {
	const { statusCode, headers } = answer;
	const body = readBody(answer.body);
	const none: Outcome = { kind: 'none', id: contactId };
	const asFailure = (reason: Reason, overrides?: Partial<Failure>): Outcome => ({
		kind: 'failure',
		failure: failure(reason, { ...overrides, statusCode }),
	});
	const failed = (reason: Reason, overrides?: Partial<Failure>): Classified => ({
		outcome: asFailure(reason, overrides),
	});
	const fatal = (reason: Reason, overrides?: Partial<Failure>): Classified => ({
		...failed(reason, overrides),
		abortsRun: true,
	});
	const unknown = asFailure('unexpected-response', WORDS.unconfirmed(statusCode));
	const unconfirmed = (meanings: Partial<Unconfirmed> = {}): Classified => ({
		outcome: {
			...{
				kind: 'unconfirmed',
				statusCode,
				abortsRun: false,
				isAboutSession: statusCode === 404 || patterns.speaksOfSession(body),
			},
			...{ ifTheyWork: none, ifUnknown: unknown, ...meanings },
		},
	});
	const isAmbiguous = statusCode === 401 || statusCode === 404;
	/** What says that the credential or the session is dead, under a status that can be about the contact as well. */
	const dead = (reason: Reason, ifTheyWork: Outcome, overrides?: Partial<Failure>): Classified => {
		if (!isAmbiguous) return fatal(reason, overrides);
		const isAboutSession = statusCode === 404 || reason === 'session-disconnected';
		return unconfirmed({ abortsRun: true, isAboutSession, ifTheyWork, ifUnknown: asFailure(reason, overrides) });
	};

	if (GOOD.has(statusCode)) {
		const read = readPicture(body, contactId, accessToken);
		if (read?.kind === 'unusable') return failed('unexpected-response', WORDS.unusableUrl);
		if (read?.kind === 'other contact') return failed('unexpected-response', WORDS.otherContact);
		if (read) {
			const { isNamed, ...outcome } = read;
			return { outcome, ...(isNamed ? { isProof: true } : read.kind === 'picture' && { isUnnamed: true }) };
		}
	}
	if (patterns.noSuchRoute(body, statusCode)) return failed('unexpected-response', WORDS.noSuchRoute);
	if (patterns.sessionCode(body)) return fatal('session-disconnected');
	if (patterns.sessionIsStarting(body)) return failed('temporarily-unavailable', WORDS.starting);
	const wait = retryAfterMs(headers, now);
	const after = wait === undefined ? {} : { retryAfterMs: wait };
	if (statusCode >= 500 && patterns.browserIsGone(body)) return failed('temporarily-unavailable', after);
	if (patterns.noPicture(body) && !(isAmbiguous && patterns.saysDead(body))) return { outcome: none };
	if (patterns.sessionIsGone(body)) {
		return dead('session-disconnected', asFailure('unexpected-response', WORDS.contradiction));
	}
	if (patterns.accountIsSuspended(body)) {
		return dead('credential-invalid', asFailure('unexpected-response', WORDS.contradiction), ACCOUNT_SUSPENDED);
	}
	if (statusCode === 429) return failed('rate-limited', after);
	if (patterns.planLimit(body) || (statusCode === 402 && !body.isPage)) return fatal('rate-limited', PLAN_LIMIT);
	if (patterns.tooManyRequests(body)) return failed('rate-limited', after);
	if (patterns.numberIsBad(body)) return failed('bad-request', NUMBER_IS_BAD);
	if (patterns.credentialCode(body) && statusCode !== 401) return fatal('credential-invalid');
	if (statusCode === 408 || statusCode >= 500 || patterns.upstreamTrouble(body)) {
		return failed('temporarily-unavailable', after);
	}
	// A page comes from something in front of the gateway, which says nothing about credential or contact.
	if (statusCode < 200 || (statusCode >= 300 && statusCode < 400) || body.isPage) {
		return failed('unexpected-response', unexpected(body, statusCode, accessToken));
	}
	if (patterns.pictureIsComing(body)) return failed('temporarily-unavailable', after);
	if (patterns.pictureIsBarred(body)) return failed('bad-request', BY_STATUS[403]);
	if (patterns.credentialCode(body)) {
		return dead('credential-invalid', asFailure('unexpected-response', WORDS.contradiction));
	}
	if (patterns.credentialIsBad(body)) return dead('credential-invalid', none);
	if (statusCode === 401) return unconfirmed();
	if (patterns.unauthorized(body) && statusCode !== 404) return fatal('credential-invalid');
	const isFinal = GOOD.has(statusCode) || statusCode >= 400;
	if (isFinal && patterns.pictureIsMissing(body)) return { outcome: none };
	if (statusCode === 404 && patterns.namesPicture(body)) return { outcome: none };
	if (statusCode === 404) {
		const isOwn = body.fields !== undefined && ('code' in body.fields || 'message' in body.fields);
		return unconfirmed(isOwn && !patterns.namesSession(body) ? { ifUnknown: none } : {});
	}
	if (statusCode >= 400) return failed('bad-request', BY_STATUS[statusCode]);
	if (patterns.badParameter(body)) return failed('bad-request');
	return failed('unexpected-response', unexpected(body, statusCode, accessToken));
}
