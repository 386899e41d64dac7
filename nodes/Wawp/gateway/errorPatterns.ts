import type { Body } from './parseBody';

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

// Not the contact of "please contact support".
const ABOUT_THE_CONTACT =
	/picture|photo|avatar|@(?:c\.us|g\.us|lid)\b|contact_?ids?\b|\bcontacts?\b(?! (?:support|sales|us|your|the (?:support|admin)))/;

/** The words that tell meanings apart which share a status. */
export const patterns = {
	/**
	 * Wawp's code `invalid_session`, under any status. Under 404 also a text whose subject is the session or the
	 * instance, not the picture or the contact.
	 */
	sessionIsGone: ({ words }: Body, statusCode: number) =>
		/\binvalid[_ ]session\b/.test(words) ||
		(statusCode === 404 &&
			/(?<![a-z])(?:session|instance)s?(?![a-z]|_id)|\b(?:unknown|invalid|no such) instance_id\b|\binstance_id (?:is |was |does )?not\b/.test(
				words,
			) &&
			!ABOUT_THE_CONTACT.test(words)),
	/** WhatsApp's own answers for a hidden photo, and for no photo or no such account, passed on by gateways. */
	noPicture: ({ words }: Body) => /\b(?:not-authorized|item[-_]not[-_]found)\b/.test(words),
	/** WhatsApp's time-out ("info query timed out"), and Wawp's code for trouble behind the gateway. */
	upstreamTrouble: ({ words }: Body) => /\btimed[- ]?out\b|\brequest time-?out\b|\bwawp_upstream_error\b/.test(words),
	/** `rate-overlimit` is WhatsApp's own. */
	tooManyRequests: ({ words }: Body) => /\btoo[_ ]many[_ ]requests\b|\brate[-_ ]?(?:over)?limit/.test(words),
	credentialIsBad: ({ words }: Body) => CREDENTIAL_IS_BAD.test(words) && !ABOUT_THE_CONTACT.test(words),
	badParameter: ({ words }: Body) => /\bmissing_param\b|\binvalid parameter\b|\bbad[_ ]request\b/.test(words),
};
