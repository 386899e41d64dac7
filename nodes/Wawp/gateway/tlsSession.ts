import type { IHttpRequestOptions } from 'n8n-workflow';

/** In milliseconds. Then the certificate is checked again. */
const LONGEST_USE_MS = 10 * 60 * 1000;

type AgentOptions = NonNullable<IHttpRequestOptions['agentOptions']>;

/** Node's `tls.TLSSocket`, which a node may not import. */
interface TlsSocket {
	/** Whether the certificate is trusted. */
	authorized: boolean;
	/** Internal to Node.js. There is no public way to the context, which holds the trusted authorities. */
	_tlsOptions?: Pick<AgentOptions, 'secureContext'>;
	once(event: 'session', listener: (session: Buffer) => void): void;
}

/**
 * The TLS session of each account. n8n opens a connection for each request; resuming a session in the same context saves
 * the certificates, a quarter of a request's CPU. A session holds encryption keys, and nothing that was sent.
 */
const sessions = new WeakMap<object, { options: AgentOptions; until: number }>();

/**
 * Options for a connection that resumes the account's session, or keeps its own for the next one. n8n 1 ignores them.
 * If the server does not accept the session, it makes a full handshake.
 *
 * @param shared identifies the account, and is forgotten with it
 */
export function resumption(shared: object, now: () => number): AgentOptions {
	const kept = sessions.get(shared);
	if (kept && now() < kept.until) return kept.options;
	return {
		// The only option that n8n passes on and that is called with the socket. null means: no pre-shared key.
		pskCallback(this: unknown) {
			if (isTlsSocket(this)) keepSessionOf(this, shared, now);
			return null;
		},
	};
}

function keepSessionOf(socket: TlsSocket, shared: object, now: () => number): void {
	socket.once('session', (session) => {
		const options = { session, secureContext: socket._tlsOptions?.secureContext };
		if (socket.authorized) sessions.set(shared, { options, until: now() + LONGEST_USE_MS });
	});
}

function isTlsSocket(socket: unknown): socket is TlsSocket {
	return typeof socket === 'object' && socket !== null && 'authorized' in socket && 'once' in socket;
}
