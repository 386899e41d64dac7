/** Why an item failed. Public: workflows branch on these. */
export type Reason =
	| 'invalid-contact-id'
	| 'bad-request'
	| 'credential-invalid'
	| 'session-disconnected'
	| 'no-picture'
	| 'rate-limited'
	| 'temporarily-unavailable'
	| 'timeout'
	| 'network'
	| 'unexpected-response'
	| 'download-failed';

/** Why one item failed. */
export interface Failure {
	reason: Reason;
	message: string;
	/** What to do about it. */
	description: string;
	/** Whether this lead may succeed later as it is. `false` only if it or a field has to change, or if nothing helps. */
	retryable: boolean;
	/** The HTTP status that led to it, of the gateway or the picture's server; once a run has ended early, of another contact. */
	statusCode?: number;
	/** How long the server asked to wait, in milliseconds. */
	retryAfterMs?: number;
	/** The URL of the picture that could not be downloaded. */
	url?: string;
}

type Wording = Pick<Failure, 'message' | 'description' | 'retryable'>;

/** The texts of each reason, unless the caller knows better ones. */
const WORDING: Record<Reason, Wording> = {
	'invalid-contact-id': {
		message: 'The contact ID is not valid',
		description:
			'Use a phone number with its country code, such as +1 555 123 4567, or a WhatsApp ID, such as 15551234567@c.us',
		retryable: false,
	},
	'bad-request': {
		message: 'Wawp refused the request',
		description: "Check 'Contact ID' and the other fields of this node",
		retryable: false,
	},
	'credential-invalid': {
		message: 'Wawp does not accept the credential',
		description: "Check 'Instance ID' and 'Access Token' in the credential",
		retryable: true,
	},
	'session-disconnected': {
		message: 'The WhatsApp number is not connected to Wawp',
		description: 'Scan the QR code in the Wawp dashboard with the phone, then run this workflow again',
		retryable: true,
	},
	'no-picture': {
		message: 'This contact has no profile picture, or does not show it to you',
		description: 'Each person decides who sees their picture, so this cannot be changed. Use a generic avatar instead',
		retryable: false,
	},
	'rate-limited': {
		message: 'Wawp received too many requests for this WhatsApp number',
		description: "If this keeps happening, lower 'Requests per Minute' or 'Max Concurrent Requests' under Options",
		retryable: true,
	},
	'temporarily-unavailable': {
		message: 'Wawp could not answer just now',
		description: 'Try this contact again later',
		retryable: true,
	},
	timeout: {
		message: 'Wawp did not answer in time',
		description: "Try this contact again later, or raise 'Timeout' under Options",
		retryable: true,
	},
	network: {
		message: 'Wawp could not be reached',
		description: 'Check that n8n can reach api.wawp.net from its network, then try again',
		retryable: true,
	},
	'unexpected-response': {
		message: 'Wawp answered with something that is not a profile picture',
		description:
			'Check that no proxy or sign-in page stands between n8n and api.wawp.net; if it keeps happening, contact Wawp',
		retryable: true,
	},
	'download-failed': {
		message: 'The picture could not be downloaded',
		description: 'Check that n8n can reach pps.whatsapp.net from its network, then try this contact again',
		retryable: true,
	},
};

/** @param overrides replaces the texts of the reason, and adds what else is known */
export function failure(reason: Reason, overrides: Partial<Omit<Failure, 'reason'>> = {}): Failure {
	return { reason, ...WORDING[reason], ...overrides };
}
