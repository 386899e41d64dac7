/**
 * Why an item failed. The list is public: workflows branch on it.
 */
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

/**
 * A failure as one item carries it.
 */
export interface Failure {
	reason: Reason;
	/** What happened, in the user's words. */
	message: string;
	/** What the user can do about it. */
	description: string;
	/**
	 * Whether this lead, left as it is, may succeed later, once what `reason` names is over or put right. `false` only
	 * where the lead or a field of the node has to change, or where nothing can help.
	 */
	retryable: boolean;
	/** The HTTP status of the gateway, or of the picture's server for a download; absent where no answer came. */
	statusCode?: number;
	/** How long the server asked to wait, in milliseconds; absent where it did not say. */
	retryAfterMs?: number;
	/** The address of the picture that could not be downloaded. */
	url?: string;
}

type Wording = Pick<Failure, 'message' | 'description' | 'retryable'>;

const WORDING: Record<Reason, Wording> = {
	'invalid-contact-id': {
		message: 'The contact ID is not usable',
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
		message: 'The WhatsApp session of this instance is not connected',
		description:
			'Open the instance in the Wawp dashboard, scan the QR code with the phone again, then run this workflow once more',
		retryable: true,
	},
	'no-picture': {
		message: 'This contact has no profile picture, or does not show it to you',
		description: 'Each person decides who sees their picture, so this cannot be changed. Use a generic avatar instead',
		retryable: false,
	},
	'rate-limited': {
		message: 'Wawp received too many requests from this instance',
		description: "Wait, then lower 'Max Concurrent Requests' or set 'Requests per Minute' under Options",
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

/**
 * A failure with the standing words for its reason, and with what the caller knows better.
 *
 * @param reason why it failed
 * @param overrides replaces the standing words, and adds status and waiting time where known
 */
export function failure(reason: Reason, overrides: Partial<Omit<Failure, 'reason'>> = {}): Failure {
	return { reason, ...WORDING[reason], ...overrides };
}
