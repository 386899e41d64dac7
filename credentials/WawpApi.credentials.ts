import type { IAuthenticate, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

const NOT_WORKING: Record<string, string> = {
	SCAN_QR_CODE: 'waits for its QR code to be scanned: scan it in the Wawp dashboard',
	STARTING: 'is still starting: test again in a minute',
	STOPPED: 'is stopped: start the instance in the Wawp dashboard',
	FAILED: 'has failed: restart the instance in the Wawp dashboard and scan its QR code',
};

/** The addresses of a request as n8n's helpers have them: the older ones name it `uri`. */
type Addresses = Partial<Record<'url' | 'uri' | 'baseURL', string>>;

/**
 * Whether a request goes to Wawp, encrypted, by whichever of its addresses n8n may use.
 */
function goesToWawp({ url, uri, baseURL }: Addresses): boolean {
	const addresses = [url, uri].filter((address) => address !== undefined);
	return addresses.length > 0 && addresses.every((address) => isWawp(address, baseURL));
}

function isWawp(address: string, baseURL: string | undefined): boolean {
	if (!URL.canParse(address, baseURL)) return false;
	const { protocol, hostname } = new URL(address, baseURL);
	return protocol === 'https:' && `.${hostname}`.endsWith('.wawp.net');
}

/**
 * Instance ID and access token of a Wawp instance, sent in the query string, as Wawp documents it for its v2 endpoints.
 */
export class WawpApi implements ICredentialType {
	name = 'wawpApi';

	displayName = 'Wawp API';

	icon: Icon = { light: 'file:../icons/wawp.svg', dark: 'file:../icons/wawp.dark.svg' };

	documentationUrl = 'https://wawp.net';

	httpRequestNode = {
		name: 'Wawp',
		docsUrl: 'https://wawp.net',
		apiBaseUrl: 'https://api.wawp.net/v2/',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Instance ID',
			name: 'instance_id',
			type: 'string',
			default: '',
			required: true,
			description: 'The WhatsApp instance to look contacts up with. Find its ID in the Wawp dashboard.',
		},
		{
			displayName: 'Access Token',
			name: 'access_token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The API access token of your Wawp account. Find it in the Wawp dashboard.',
		},
	];

	// A function, because n8n would evaluate an expression per field and request for the declarative form. What is
	// copied from a dashboard often brings a space or a line break along, hence the trimming. n8n's HTTP Request node takes
	// any URL, and n8n 1 does not hold it to the domains that are allowed in a credential.
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		if (!goesToWawp(requestOptions)) throw new Error('This credential is only sent to https URLs under wawp.net');
		return {
			...requestOptions,
			qs: {
				...requestOptions.qs,
				instance_id: String(credentials.instance_id ?? '').trim(),
				access_token: String(credentials.access_token ?? '').trim(),
			},
		};
	};

	// POST /v2/session/info answers {name, status, me} for a good token; `status` is WORKING once WhatsApp is connected.
	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://api.wawp.net',
			url: '/v2/session/info',
			method: 'POST',
			// n8n 1 writes the body of a refusal into its log at level debug, and the gateway's can repeat the token.
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		rules: [
			...Object.entries(NOT_WORKING).map(([status, advice]) => ({
				type: 'responseSuccessBody' as const,
				properties: {
					key: 'status',
					value: status,
					message: `The access token is good, but the WhatsApp session ${advice}.`,
				},
			})),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 'invalid_session',
					message:
						'Wawp has no WhatsApp session for this Instance ID. Check the Instance ID, or connect the instance in the Wawp dashboard.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 'wawp_upstream_error',
					message: 'Wawp cannot answer right now. Test again in a minute.',
				},
			},
			// Only a session that works has an account. Whatever else came back, it does not prove the credential.
			...[undefined, null].map((value) => ({
				type: 'responseSuccessBody' as const,
				properties: {
					key: 'me',
					value,
					message:
						'Wawp did not confirm the credential. Check the Instance ID and Access Token; if both are right, test again in a minute.',
				},
			})),
		],
	};
}
