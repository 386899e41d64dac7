import type { IAuthenticate, Icon, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

/** The addresses of a request. Older helpers of n8n use `uri`, and also take URL objects. */
type Addresses = Partial<Record<'url' | 'uri' | 'baseURL', unknown>>;

/** Whether a request goes to Wawp over https, whichever of its addresses n8n uses. */
function goesToWawp({ url, uri, baseURL }: Addresses): boolean {
	const addresses = [url, uri].filter((address) => address !== undefined && address !== null);
	return addresses.length > 0 && addresses.every((address) => isWawp(effectiveAddress(String(address), baseURL)));
}

/** The address as n8n's HTTP client (axios) joins it: by its own idea of what is absolute, and as plain text. */
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

/** A redirect can repeat the query with the token. Older versions and helpers of n8n know only some of these. */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
} satisfies Partial<IHttpRequestOptions> & Record<string, unknown>;

/** Sent in the query string, as Wawp documents for its v2 endpoints. The node's `testCredential` tests it. */
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
			description: 'The WhatsApp number that looks contacts up. Find its ID in the Wawp dashboard.',
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

	// A function, because the declarative form makes n8n evaluate an expression per field and request. Values are trimmed
	// because copying often adds a space or a line break. The URL is checked because n8n's HTTP Request node takes any, and
	// n8n 1 ignores the domains that a credential allows.
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
