import { type Body, textsIn } from './body';

/** The meaning of a code, whatever the status. */
export type CodeMeaning =
	| 'plan used up'
	| 'pause'
	| 'session'
	| 'credential'
	| 'no endpoint'
	| 'number refused'
	| 'no picture'
	| 'gateway in trouble';

/**
 * Codes, compared exactly. If an answer has several, the first of this list counts.
 *
 * Those with underscores are Wawp's own (its public documentation), those with hyphens are WhatsApp's, passed on.
 * The sentences are constants of the library whatsmeow; `rest_no_route` is WordPress's.
 */
const CODES: Array<[code: string, meaning: CodeMeaning]> = [
	['quota_reached', 'plan used up'],
	['policy_day_limit', 'plan used up'],
	['rate-overlimit', 'pause'],
	['too_many_requests', 'pause'],
	['policy_minute_limit', 'pause'],
	['policy_concurrency_limit', 'pause'],
	['invalid_session', 'session'],
	['invalid_instance', 'session'],
	['invalid_access_token', 'credential'],
	['rest_no_route', 'no endpoint'],
	['bad-request', 'number refused'],
	['not-authorized', 'no picture'],
	['item-not-found', 'no picture'],
	['the user has hidden their profile picture from you', 'no picture'],
	['that user or group does not have a profile picture', 'no picture'],
	['wawp_upstream_error', 'gateway in trouble'],
	['info query timed out', 'gateway in trouble'],
];

/** @returns `undefined` without a known code. A web page does not come from the gateway. */
export function codeIn(body: Body): CodeMeaning | undefined {
	if (body.isPage) return undefined;
	const texts = textsIn(body);
	return CODES.find(([code]) => texts.has(code))?.[1];
}
