import type { IAuthenticate, Icon, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

/** The addresses of a request as n8n's helpers have them: the older ones name it `uri`, and take URL objects as well. */
type Addresses = Partial<Record<'url' | 'uri' | 'baseURL', unknown>>;

/**
 * Whether a request goes to Wawp, encrypted, by whichever of its addresses n8n may use.
 */
function goesToWawp({ url, uri, baseURL }: Addresses): boolean {
	const addresses = [url, uri].filter((address) => address !== undefined && address !== null);
	return addresses.length > 0 && addresses.every((address) => isWawp(effectiveAddress(String(address), baseURL)));
}

/**
 * The address as n8n's HTTP client (axios) puts it together: not as a browser would, but by its own idea of what is
 * absolute, and as a plain text.
 */
function effectiveAddress(address: string, baseURL: unknown): string {
	const base = baseURL === undefined || baseURL === null ? '' : String(baseURL);
	const isAbsolute = /^(?:[a-z][a-z\d+\-.]*:)?\/\//i.test(address);
	if (base === '' || isAbsolute) return address;
	return address === '' ? base : `${base.replace(/\/?\/$/, '')}/${address.replace(/^\/+/, '')}`;
}

function isWawp(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname } = new URL(address);
	return protocol === 'https:' && `.${hostname}`.endsWith('.wawp.net');
}

/**
 * Keeps the answer from leading the request elsewhere: a redirect can repeat the query, and with it the token. Older
 * versions of n8n, and its older helpers, know but some of these.
 */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
} satisfies Partial<IHttpRequestOptions> & Record<string, unknown>;

/**
 * Instance ID and access token of a Wawp instance, sent in the query string, as Wawp documents it for its v2 endpoints.
 * The node's `testCredential` tests it.
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
			...NO_REDIRECTS,
			allowedDomains: requestOptions.allowedDomains ?? 'wawp.net, *.wawp.net',
			qs: {
				...requestOptions.qs,
				instance_id: String(credentials.instance_id ?? '').trim(),
				access_token: String(credentials.access_token ?? '').trim(),
			},
		};
	};
}
