import { request } from 'node:http';
import { request as encryptedRequest, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

/**
 * The proxy for https to a host, as n8n takes it from the environment: HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names
 * the host or a domain that it is in. Node.js 20 does not do that by itself.
 */
export function proxyFor(host: string, environment: NodeJS.ProcessEnv): URL | undefined {
	const setting = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
	const without = setting('NO_PROXY').split(/[\s,]+/);
	const isExempt = without.some(
		(entry) => entry === '*' || (entry !== '' && `.${host}`.endsWith(`.${entry.replace(/^\*?\./, '')}`)),
	);
	const proxy = setting('HTTPS_PROXY') || setting('ALL_PROXY');
	return isExempt || proxy === '' ? undefined : new URL(proxy);
}

/**
 * Connections through a proxy, encrypted from end to end: what an https request needs in its options.
 *
 * @param signal ends the wait for the proxy
 */
export function tunnelThrough(proxy: URL, signal: AbortSignal): RequestOptions {
	const isEncrypted = proxy.protocol === 'https:';
	const { username, password } = proxy;
	const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
	const createConnection = (
		{ host, port, ca }: RequestOptions,
		done: (error: Error | null, socket: Duplex) => void,
	): undefined => {
		const target = `${host}:${port}`;
		const failed = (error: Error) => done(error, undefined as unknown as Duplex);
		(isEncrypted ? encryptedRequest : request)({
			method: 'CONNECT',
			host: proxy.hostname,
			port: proxy.port || (isEncrypted ? 443 : 80),
			path: target,
			headers: { host: target, ...(username !== '' && { 'proxy-authorization': `Basic ${login}` }) },
			agent: false,
			signal,
		})
			.once('error', failed)
			.once('connect', ({ statusCode }, socket) => {
				if (statusCode === 200) done(null, connect({ socket, servername: String(host), ca }));
				else failed(new Error(`The proxy answers ${statusCode}`));
			})
			.end();
	};
	// Without an agent, Node.js takes 80 for the usual port even of an https request.
	return { createConnection, defaultPort: 443 };
}
