import type { Failure } from '../failure';
import { repeatsToken } from './echo';
import type { Body } from './parseBody';

type Words = Partial<Failure>;

/** In place of the standing words of a reason, where the answer says more. */
export const WORDS = {
	// Refresh makes the gateway ask WhatsApp for another URL, in the place of the one that it has stored.
	unusableUrl: {
		message: 'Wawp returned a picture URL that cannot be used',
		description: "Try this contact again with 'Refresh' turned on; if it keeps happening, contact Wawp",
	},
	otherContact: {
		message: "Wawp returned another contact's answer",
		description:
			'Check that no proxy or cache between n8n and api.wawp.net answers in its place; if there is none, contact Wawp',
	},
	noSuchRoute: {
		message: 'What answered does not know the look-up of profile pictures',
		description:
			'Check that no proxy stands between n8n and api.wawp.net, and the status of the service; if both are fine, contact Wawp',
	},
	starting: {
		message: 'The WhatsApp session of this instance is still starting',
		description: 'Try this contact again in a minute',
	},
	contradiction: {
		message: 'Wawp says that the session does not work, and that it does',
		description: 'Check the session in the Wawp dashboard, then try this contact again',
		retryable: true,
	},
	unconfirmed: (statusCode: number) => ({
		message: `It is not known whether Wawp's answer (status ${statusCode}) is about this contact, the credential or the session`,
		description: 'Test the credential, check the session in the Wawp dashboard, then try this contact again',
		retryable: true,
	}),
} satisfies Record<string, Words | ((statusCode: number) => Words)>;

export const ACCOUNT_SUSPENDED: Words = {
	message: 'Wawp says that the account is suspended',
	description: 'Open the Wawp dashboard to see why, or contact Wawp',
};

export const PLAN_LIMIT: Words = {
	message: 'The plan or the policy of this instance allows no more look-ups for now',
	description:
		'Check plan and policy of the instance in the Wawp dashboard, and run this workflow again when they allow it',
};

export const NUMBER_IS_BAD: Words = {
	message: 'WhatsApp does not take this contact ID',
	description: 'Check the number: it may have a digit too many or too few, or a wrong country code',
};

export const BY_STATUS: Partial<Record<number, Words>> = {
	403: {
		message: 'Wawp does not allow this look-up',
		description: 'Check in the Wawp dashboard that the plan and policy of this instance allow it',
	},
};

/** What there is to say of an answer that makes no sense: its status and the keys of its body, and never a value. */
export function unexpected(body: Body, statusCode: number, accessToken: string): Words {
	if (statusCode >= 300 && statusCode < 400) {
		return { message: 'Wawp redirected the request, which is not followed, to protect your access token' };
	}
	if (body.isPage) return { message: 'A web page came back instead of an answer from Wawp' };
	if (body.isEmpty) return { message: 'Wawp sent an empty answer' };
	const keys = keysOf(body).filter((key) => !repeatsToken(key, accessToken));
	const held = keys.length > 0 ? `JSON with ${keys.join(', ')}` : body.fields ? 'JSON' : 'no JSON object';
	return {
		description:
			`The answer had status ${statusCode} and ${held}. Check that no proxy stands between n8n and api.wawp.net; ` +
			'if there is none, report those words',
	};
}

const MOST_KEYS = 8;

/** Names only, as a programmer gives them: a key can hold a phone number as well. */
function keysOf({ fields = {} }: Body): string[] {
	const inner = Object.keys(fields.data ?? {});
	return [...Object.keys(fields), ...inner.map((key) => `data.${key}`)]
		.filter((key) => /^[a-z][a-z_.-]{0,23}$/i.test(key))
		.slice(0, MOST_KEYS);
}
