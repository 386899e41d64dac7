import { OWNER, setUpOwner } from '../../sandbox/owner.mts';

/** n8n's REST API, as the editor uses it for a user who has signed in. */
export class Editor {
	private constructor(
		private readonly url: string,
		private readonly cookie: string,
	) {}

	/** Makes the first user, and signs in. */
	static async signIn(url: string): Promise<Editor> {
		await setUpOwner(url);
		const response = await fetch(`${url}/rest/login`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ emailOrLdapLoginId: OWNER.email, password: OWNER.password }),
		});
		const cookie = response.headers
			.getSetCookie()
			.map((set) => set.split(';')[0])
			.join('; ');
		if (!response.ok || cookie === '') throw new Error(`n8n does not let the owner in: ${await response.text()}`);
		return new Editor(url, cookie);
	}

	/** Saves a credential in its dialog, which tests it. */
	async testCredential(data: Record<string, string>): Promise<{ status: string; message: string }> {
		const credential = { name: 'Wawp', type: 'wawpApi', data };
		const { id } = (await this.post('/rest/credentials', credential)) as { id: string };
		const result = await this.post('/rest/credentials/test', { credentials: { ...credential, id } });
		return result as { status: string; message: string };
	}

	/** The descriptions of all node types, as the editor loads them. */
	async nodeTypes(): Promise<Array<{ name: string; [field: string]: unknown }>> {
		const response = await fetch(`${this.url}/types/nodes.json`, { headers: { cookie: this.cookie } });
		return (await response.json()) as Array<{ name: string }>;
	}

	private async post(path: string, body: object): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			body: JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
		return ((await response.json()) as { data: unknown }).data;
	}
}
