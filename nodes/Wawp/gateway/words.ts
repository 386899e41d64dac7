import type { Failure } from '../failure';
import { type Body } from './body';
import { repeatsToken } from './echo';

type Words = Partial<Failure>;

/** Texts that replace those of the reason, if the answer says more. */
export const WORDS = {
	// With Refresh, the gateway asks WhatsApp for a new URL instead of using the stored one.
	unusableUrl: {
		message: 'Wawp returned a picture URL that cannot be used',
		description: "Try this contact again with 'Refresh' turned on; if it keeps happening, contact Wawp",
	},
	otherContact: {
		message: "Wawp returned another contact's answer",
		description:
			'Check that no proxy or cache between n8n and api.wawp.net answers instead of it; if there is none, contact Wawp',
	},
	noEndpoint: {
		message: 'The server that answered has no profile picture endpoint',
		description:
			'Check the status of Wawp, and that no proxy answers instead of api.wawp.net; if both are fine, contact Wawp',
	},
	starting: {
		message: 'The WhatsApp session is still starting',
		description: 'Try this contact again in a minute',
	},
	contradiction: {
		message: 'Wawp gave contradictory answers about the WhatsApp session',
		description: 'Check the session in the Wawp dashboard, then try this contact again',
	},
	refusedAlone: {
		message: 'Wawp refused this contact, although the credential works',
		description: 'Try this contact again later; if it keeps happening, contact Wawp',
	},
	planLimit: {
		message: 'Your Wawp plan allows no more lookups for now',
		description: 'Check the plan in the Wawp dashboard, and run this workflow again when it allows more',
	},
	numberRefused: {
		message: 'WhatsApp does not accept this contact ID',
		description: 'Check the number: it may have a digit too many or too few, or a wrong country code',
	},
	notAllowed: {
		message: 'Wawp does not allow this lookup',
		description: 'Check in the Wawp dashboard that your plan allows it',
		// The lead is not the cause.
		retryable: true,
	},
	proxySignIn: {
		message: 'Your proxy requires a sign-in (status 407)',
		description: "Check the user name and password in n8n's proxy settings (HTTPS_PROXY)",
	},
	proxyOrCredential: {
		message: 'Wawp, or a proxy on the way to it, refuses every request (status 403)',
		description:
			"Check 'Instance ID' and 'Access Token' in the credential, and that your proxy or firewall allows api.wawp.net",
	},
} satisfies Record<string, Words>;

/** For an answer whose meaning the checks of the gateway could not tell. */
export function cannotTell(statusCode: number): Words {
	return {
		message: `Wawp answered ${statusCode}, and the node could not tell whether the contact, the credential or the session is the problem`,
		description:
			'Test the credential, check the session in the Wawp dashboard and any proxy between n8n and api.wawp.net, then try this contact again',
	};
}

/** For an answer that the node does not understand: its status and the keys of its body, never a value. */
export function unexpected(body: Body, statusCode: number, accessToken: string): Words {
	if (statusCode >= 300 && statusCode < 400) {
		return { message: 'Wawp redirected the request, which the node does not follow, to protect your access token' };
	}
	if (body.isPage) return { message: 'A web page came back instead of an answer from Wawp' };
	if (body.isEmpty) return { message: 'Wawp sent an empty answer' };
	const keys = keysOf(body).filter((key) => !repeatsToken(key, accessToken));
	const held = keys.length > 0 ? `JSON with ${keys.join(', ')}` : body.fields ? 'JSON' : 'no JSON object';
	return {
		description:
			`The answer had status ${statusCode} and ${held}. Check that no proxy stands between n8n and api.wawp.net; ` +
			'if there is none, report this text',
	};
}

const MOST_KEYS = 8;

/** Only keys that look like a programmer's names: others could hold a phone number. */
function keysOf({ fields = {} }: Body): string[] {
	const inner = Object.keys(fields.data ?? {});
	return [...Object.keys(fields), ...inner.map((key) => `data.${key}`)]
		.filter((key) => /^[a-z][a-z_.-]{0,23}$/i.test(key))
		.slice(0, MOST_KEYS);
}
