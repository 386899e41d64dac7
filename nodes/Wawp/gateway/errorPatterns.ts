import type { Body } from './parseBody';
import { namesPicture, pictureIsBarred, pictureIsComing, pictureIsMissing } from './pictureWords';

const CREDENTIAL = '(?:access token|token|instance id|api key|credentials?)';

const CREDENTIAL_IS_BAD = new RegExp(
	[
		`\\bmissing param\\b.{0,60}\\b${CREDENTIAL}\\b`,
		`\\bmissing\\b[^.,;]{0,30}\\b${CREDENTIAL}\\b`,
		`\\b(?:invalid|expired|wrong|unknown|revoked)\\b[^.,;:]{0,30}\\b${CREDENTIAL}\\b`,
		`\\b${CREDENTIAL}\\b[^.,;]{0,20}\\b(?:invalid|missing|required|expired|wrong|unknown|revoked|not valid)\\b`,
	].join('|'),
);

// Not the contact of "please contact support".
const ABOUT_THE_CONTACT =
	/picture|photo|avatar|@(?:c\.us|g\.us|lid)\b|contact ?ids?\b|\bcontacts?\b(?! (?:support|sales|us|your|the (?:support|admin)))/;

const NOT_THERE =
	'(?:not (?:connected|found|logged in|active|ready|started|running|authenticated|working|open|paired|linked|exist)' +
	'|disconnected|offline|closed|expired|stopped|deleted|logged out|terminated|inactive|unpaired|under failed' +
	"|has no phone|does(?: not|n't) exist|no longer exists)";

const SESSION_IS_GONE = new RegExp(
	[
		`\\b(?:sessions?|instances?|device)\\b[^.,;:]{0,40}\\b${NOT_THERE}\\b`,
		// "No active sessions", and WAHA's "We didn't find a session with name".
		'\\b(?:no|find|found no|without)(?: (?:an?|any|the|such|active|connected|open))* (?:sessions?|instance)\\b',
		'\\b(?:session|instance) not found\\b|\\bsession status is not as expected\\b',
		'\\bnot logged in\\b|\\blogged out\\b|\\bscan\\b.{0,20}\\bqr\\b|\\bnot connected to whatsapp\\b',
		'^(?:error:? )?(?:not connected|disconnected)\\b',
	].join('|'),
);

const CONTACTS_OWN = [
	'\\b(?:this|that) whatsapp ',
	'\\b(?:contact|user|person) s (?:whatsapp )?',
	// As in "photo hidden or account blocked".
	'\\b(?:hidden|private|picture|photo|avatar) or (?:the )?',
].join('|');

/** The account of Wawp, or the linked one of WhatsApp, and not the contact's; nor is it the contact that has blocked one. */
const ACCOUNT_IS_SUSPENDED = new RegExp(
	`(?<!${CONTACTS_OWN})\\baccount\\b[^.;]{0,30}\\b(?:suspended|disabled|blocked|banned|deactivated|closed)\\b` +
		'(?! you\\b| by (?:this|that|the) (?:contact|user|person|number))',
);

/** What a router, a proxy, a load balancer or a platform says of a route that it does not have. */
const NO_SUCH_ROUTE = new RegExp(
	[
		'\\brest no route\\b|\\b404 page not found\\b|\\bcannot (?:get|post)\\b|\\bmissing authentication token\\b',
		'\\bno (?:such )?(?:matching )?(?:route|endpoint|handler|app|application|backend|upstream|host|site)\\b',
		'\\bdefault backend\\b|\\bbackend ?not ?found\\b|\\bservice rules\\b|\\bunknown (?:route|endpoint|path|host|domain)\\b',
		'\\b(?:route|endpoint|requested url|requested resource|application|deployment|domain|function|service|web site|page|path)\\b' +
			'[^.;]{0,40}\\b(?:not found|not be found|not exist|does not exist|not available)',
	].join('|'),
);

const PLAN_LIMIT = new RegExp(
	[
		'\\bquota\\b|\\bpolicy (?:day|daily|week|month|monthly|plan|total) limit\\b',
		'\\b(?:daily|day|weekly|monthly|plan|account|subscription) limit\\b|\\bpayment required\\b',
		'\\bsubscription\\b[^.;]{0,30}\\b(?:expired|inactive|required|ended)\\b|\\bupgrade your (?:plan|account)\\b',
	].join('|'),
);

/**
 * The words that tell meanings apart which share a status. Which of them counts under which status, and before which
 * other, `classifyAnswer` decides.
 */
export const patterns = {
	/** Wawp's codes `invalid_session` and `invalid_instance`. */
	sessionCode: ({ words }: Body) => /\binvalid (?:session|instance)\b(?! id)/.test(words),
	/** Words that say that the session, the instance or the linked phone is gone. */
	sessionIsGone: ({ words }: Body) => SESSION_IS_GONE.test(words),
	/** WAHA's answer while a session comes up. */
	sessionIsStarting: ({ words }: Body) => /\bsession\b[^]{0,300}\bstarting\b/.test(words),
	/** Words in which a session or an instance occurs at all. */
	speaksOfSession: ({ words }: Body) => /\b(?:session|instance|device)s?\b/.test(words),
	/** The same, or a credential. */
	namesSession: ({ words }: Body) => /\b(?:session|instance|device|token|credential|api key)s?\b/.test(words),
	accountIsSuspended: ({ words }: Body) => ACCOUNT_IS_SUSPENDED.test(words),
	credentialIsBad: ({ words }: Body) => CREDENTIAL_IS_BAD.test(words) && !ABOUT_THE_CONTACT.test(words),
	/** The same of Wawp's code, whatever else is said beside it. */
	credentialCode: ({ words }: Body) => /\binvalid access token\b/.test(words),
	unauthorized: ({ words }: Body) => /\bunauthori[sz]ed\b/.test(words) && !ABOUT_THE_CONTACT.test(words),
	/** WhatsApp's own answers for a hidden photo, and for no photo or no such account, passed on by gateways. */
	noPicture: ({ words }: Body) => /\bnot-authorized\b|\bitem[- ]not[- ]found\b/.test(words),
	pictureIsMissing: ({ words }: Body) => pictureIsMissing(words),
	namesPicture: ({ words }: Body) => namesPicture(words),
	pictureIsComing: ({ words }: Body) => pictureIsComing(words),
	pictureIsBarred: ({ words }: Body) => pictureIsBarred(words),
	/** Of statuses, those of a pause and of trouble have their own meaning, whatever is said with them. */
	noSuchRoute: ({ words, fields }: Body, statusCode: number) => {
		if (statusCode < 400 || statusCode >= 500 || statusCode === 408 || statusCode === 429) return false;
		return NO_SUCH_ROUTE.test(words) || ((statusCode === 404 || statusCode === 405) && isRouterError(fields));
	},
	/** What the browser that some gateways run WhatsApp in says when its page has crashed: `session` is its debugger's. */
	browserIsGone: ({ words }: Body) =>
		/\bprotocol error\b|\b(?:page|browser) has been closed\b|\btarget closed\b/.test(words),
	/** WhatsApp's own answer for a number that it does not take; Wawp's code has an underscore. */
	numberIsBad: ({ words }: Body) => /\bbad-request\b/.test(words),
	/** WhatsApp's time-out ("info query timed out"), and Wawp's code for trouble behind the gateway. */
	upstreamTrouble: ({ words }: Body) => /\btimed[- ]?out\b|\brequest time-?out\b|\bwawp upstream error\b/.test(words),
	/** `rate-overlimit` is WhatsApp's own. */
	tooManyRequests: ({ words }: Body) =>
		/\btoo many requests\b|\brate[- ]?(?:over)?limit|\bpolicy (?:minute|second|concurrency|concurrent) limit\b/.test(
			words,
		),
	/** Wawp's code `quota_reached`, its policy's limits, and what plans are said to allow. */
	planLimit: ({ words }: Body) => PLAN_LIMIT.test(words),
	badParameter: ({ words }: Body) => /\bmissing param\b|\binvalid parameter\b|\bbad request\b/.test(words),
	/** Words that say that the credential or the session is dead. */
	saysDead: (body: Body): boolean =>
		[patterns.sessionIsGone, patterns.accountIsSuspended, patterns.credentialIsBad, patterns.credentialCode].some(
			(pattern) => pattern(body),
		),
	/** Words of trouble of any kind, where a picture or an empty address stands beside them. */
	trouble: (body: Body): boolean =>
		[
			patterns.sessionCode,
			patterns.sessionIsGone,
			patterns.accountIsSuspended,
			patterns.credentialIsBad,
			patterns.unauthorized,
			patterns.numberIsBad,
			patterns.upstreamTrouble,
			patterns.tooManyRequests,
			patterns.planLimit,
			patterns.badParameter,
		].some((pattern) => pattern(body)),
	/** No words but IDs, numbers, and those of success. */
	saysNothing: ({ words }: Body) =>
		words
			.split(/[\s.]/)
			.every((word) =>
				/^(?:|ok|success|successful|true|done|found|working|connected|[\d:-]+|.*@.*|us|whatsapp|net)$/.test(word),
			),
};

/** How Spring, ASP.NET and their like answer; of a route that they do not have, they name no cause. */
function isRouterError(fields: Record<string, unknown> | undefined): boolean {
	if (!fields) return false;
	return ('timestamp' in fields && 'path' in fields) || ('type' in fields && 'title' in fields && 'status' in fields);
}
