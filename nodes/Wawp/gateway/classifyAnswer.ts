import { failure, type Failure, type Reason } from '../failure';
import { RETRY, retryAfterMs } from '../limits/retryPolicy';
import { type Answer, type Body, GOOD, readBody, textWithoutDigits } from './body';
import { codeIn, type CodeMeaning } from './codes';
import { readPicture } from './readPicture';
import { sessionTroubleIn } from './sessionState';
import type { Outcome, Unclear, Verdict } from './verdict';
import { unexpected, WORDS } from './words';

/** The verdict also depends on these. */
export interface AnswerContext {
	/** Canonical. */
	contactId: string;
	/** A text that repeats it is not passed on. */
	accessToken: string;
	/** In milliseconds since 1970, for a Retry-After date. */
	now: number;
}

/**
 * Judges one answer of `GET /v2/contacts/profile-picture` by its status, shape and exact codes, never by words.
 *
 * Wawp documents 200 with `{id, url}`, 400, 401 and 500; the rest is known from gateways of this kind. An answer that
 * could be about more than the contact is unclear: the gateway is checked, and its meaning counts if the gateway is well.
 */
export function classifyAnswer(answer: Answer, { contactId, accessToken, now }: AnswerContext): Verdict {
	const { statusCode, headers } = answer;
	const body = readBody(answer.body);
	const fails = (reason: Reason, words?: Partial<Failure>) => ({
		kind: 'failure' as const,
		failure: failure(reason, { ...words, statusCode }),
	});
	// Most answers end here.
	if (GOOD.has(statusCode)) {
		const read = readPicture(body, contactId, accessToken);
		if (read?.kind === 'unusable') return fails('unexpected-response', WORDS.unusableUrl);
		if (read?.kind === 'other contact') return fails('unexpected-response', WORDS.otherContact);
		if (read) return read;
	}

	const none: Outcome = { kind: 'none', id: contactId };
	const strange = () => fails('unexpected-response', unexpected(body, statusCode, accessToken));
	const unclear = (meaning: Outcome, more?: Partial<Unclear>): Unclear => ({
		...{ kind: 'unclear', meaning, statusCode, text: textWithoutDigits(answer) },
		...more,
	});
	const wait = retryAfterMs(headers, now);
	const after = wait === undefined ? {} : { retryAfterMs: wait };
	const again = { isTransient: true } as const;

	const verdicts: Record<Meaning, () => Verdict> = {
		'plan used up': () => ({ ...fails('rate-limited', WORDS.planLimit), endsRun: true }),
		pause: () => ({ ...fails('rate-limited', after), ...again }),
		session: () => unclear(fails('session-disconnected', WORDS.contradiction)),
		'session starts': () => unclear(fails('temporarily-unavailable', WORDS.starting), again),
		credential: () => unclear(fails('unexpected-response', WORDS.refusedAlone)),
		'no endpoint': () => fails('unexpected-response', WORDS.noEndpoint),
		'number refused': () => unclear(fails('bad-request', WORDS.numberRefused)),
		'no picture': () => unclear(none),
		'gateway in trouble': () => unclear(fails('temporarily-unavailable', after), again),
		'proxy wants sign-in': () => fails('network', WORDS.proxySignIn),
		'not allowed': () => unclear(fails('bad-request', WORDS.notAllowed)),
		'not found': () => unclear(none, { countsTwice: true }),
		refused: () => unclear(fails('bad-request')),
		'not from the gateway': strange,
		strange: () => unclear(strange(), { isStrange: true }),
	};
	return verdicts[meaningOf(statusCode, body)]();
}

type Meaning =
	| CodeMeaning
	| 'session starts'
	| 'proxy wants sign-in'
	| 'not allowed'
	| 'not found'
	| 'refused'
	| 'not from the gateway'
	| 'strange';

/** The meaning of an answer without a picture: by its code if that is known, else by its status. */
function meaningOf(statusCode: number, body: Body): Meaning {
	if (statusCode === 407) return 'proxy wants sign-in';
	const session = sessionTroubleIn(body);
	if (session) return session.status === 'STARTING' ? 'session starts' : 'session';
	const code = codeIn(body);
	if (code) return code;
	if (statusCode === 429) return 'pause';
	if (RETRY.isTemporary(statusCode)) return 'gateway in trouble';
	if (statusCode < 200 || (statusCode >= 300 && statusCode < 400) || body.isPage) return 'not from the gateway';
	return BY_STATUS.get(statusCode) ?? (statusCode >= 400 ? 'refused' : 'strange');
}

/**
 * A 404 without a known code means "no picture" if the gateway is well. The first two contacts that get the same text are
 * asked for again, and have to get it again (run/confirmation.ts).
 */
const BY_STATUS = new Map<number, Meaning>([
	[401, 'credential'],
	[402, 'plan used up'],
	[403, 'not allowed'],
	[404, 'not found'],
]);
