import type { IHttpRequestOptions } from 'n8n-workflow';

/** The certificate is checked again after this time. In milliseconds. */
const LONGEST_USE_MS = 10 * 60 * 1000;

/** What is used here of Node's `tls.TLSSocket`, which a node may not import. */
interface TlsSocket {
	/** Whether the server's certificate was checked, and is trusted. */
	authorized: boolean;
	once(event: 'session', listener: (session: Buffer) => void): void;
}

/**
 * The TLS sessions with the gateway, by what the requests of an account have in common: a session is forgotten with that.
 *
 * n8n makes a connection for each request. One that resumes a session does without sending and checking the certificates
 * again, which is a tenth of a request's CPU. A session holds keys of the encryption, and nothing that was sent.
 */
const sessions = new WeakMap<object, { session: Buffer; until: number }>();

/**
 * The options of a connection to the gateway: it resumes a session where there is one, and else leaves its own for the next.
 * n8n 1 ignores them. A server that refuses a session makes a full handshake instead, and no error.
 *
 * @param shared what the requests of an account have in common
 * @param now milliseconds of the clock
 */
export function resumption(shared: object, now: () => number): NonNullable<IHttpRequestOptions['agentOptions']> {
	const kept = sessions.get(shared);
	if (kept && now() < kept.until) return { session: kept.session };
	return {
		// Of all that n8n lets through to Node, this alone is called with the socket. It means: no pre-shared key.
		pskCallback(this: unknown) {
			if (isTlsSocket(this)) keepSessionOf(this, shared, now);
			return null;
		},
	};
}

function keepSessionOf(socket: TlsSocket, shared: object, now: () => number): void {
	socket.once('session', (session) => {
		if (socket.authorized) sessions.set(shared, { session, until: now() + LONGEST_USE_MS });
	});
}

function isTlsSocket(socket: unknown): socket is TlsSocket {
	return typeof socket === 'object' && socket !== null && 'authorized' in socket && 'once' in socket;
}
