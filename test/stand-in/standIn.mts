import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import { type Certificates, serverCertificates } from './certificates.mts';
import { BAD_CERTIFICATES } from './faults.mts';
import { Gateway } from './gateway.mts';

const LEADS_HERE = /^(?:api\.wawp\.net|[a-z0-9-]+\.whatsapp\.net):443$/;
const LEFT_TO_THE_PROXY = /^https:\/\/(?:api\.wawp\.net|[a-z0-9-]+\.whatsapp\.net)(?::443)?\//;

/** What Node takes, in bytes. */
const TICKET_KEYS_LENGTH = 48;

/** How a stand-in differs from the usual one. */
export interface Ways {
	/** How long each lookup takes, in milliseconds. */
	latencyMs?: number;
	/** For the proxy; a free one where it is missing. */
	port?: number;
	/** Whether the proxy takes what is meant for https in the clear, as n8n before 1.98 hands it to a proxy. */
	tlsIsLeftToProxy?: boolean;
	/** What answers for further hosts. */
	others?: Others;
}

/** What answers for other hosts, by their names. */
export type Others = Record<string, RequestListener>;

/** A running stand-in. */
export interface StandIn {
	gateway: Gateway;
	/** For HTTPS_PROXY and HTTP_PROXY: it leads the gateway's and the pictures' hosts here, and refuses every other host. */
	proxyUrl: string;
	/** From now on the server takes none of the TLS sessions that it gave out. */
	forgetTlsSessions(): void;
	close(): Promise<void>;
}

/**
 * Starts the stand-in for the gateway on loopback: a TLS server with the gateway's name, and a CONNECT proxy that
 * leads to it.
 *
 * @param caFile the authority's certificate, as `makeCertificates` made it
 */
export async function startStandIn(
	caFile: string,
	{ latencyMs = 0, port = 0, tlsIsLeftToProxy = false, others = {} }: Ways = {},
): Promise<StandIn> {
	const gateway = new Gateway(latencyMs);
	const answer: RequestListener = (request, response) => {
		const other = others[request.headers.host ?? ''];
		if (other) other(request, response);
		else void gateway.handle(request, response);
	};
	const certificates = await serverCertificates(caFile);
	const servers = Object.fromEntries(
		Object.entries(certificates).map(([name, pem]) => [name, createTlsServer({ key: pem, cert: pem }, answer)]),
	) as Record<keyof Certificates, Server>;
	for (const name of BAD_CERTIFICATES) {
		servers[name].on('request', () => (gateway.counts.sentDespiteCertificate += 1));
	}
	for (const server of Object.values(servers)) {
		server.on('secureConnection', (socket) => gateway.secured(socket.isSessionReused()));
	}
	// It is no server of its own, and leads nobody anywhere in plain http.
	const proxy = createServer((request, response) => {
		const url = request.url ?? '';
		if (tlsIsLeftToProxy && LEFT_TO_THE_PROXY.test(url)) {
			gateway.connected(request.socket);
			response.setHeader('connection', 'close');
			void gateway.handle(request, response);
			return;
		}
		gateway.counts.strays.push(url);
		response.writeHead(404).end();
	});

	const sockets = new Set<Socket>();
	proxy.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		// A client that gives up resets the connection, which is its right.
		socket.on('error', () => socket.destroy());
	});
	proxy.on('connect', (request, socket: Socket, head) => {
		const host = (request.url ?? '').replace(/:443$/, '');
		if (!LEADS_HERE.test(request.url ?? '') && !others[host]) {
			gateway.counts.strays.push(request.url ?? '');
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const server = servers[gateway.connected(socket)];
		if (gateway.proxyIsSilent) return;
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		if (head.length > 0) socket.unshift(head);
		// As at a TLS server of its own. Else a client that leaves during the handshake would be kept.
		socket.allowHalfOpen = false;
		server.emit('connection', socket);
	});

	await new Promise<void>((resolve, reject) => {
		proxy.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	return {
		gateway,
		proxyUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		forgetTlsSessions: () => {
			for (const server of Object.values(servers)) server.setTicketKeys(randomBytes(TICKET_KEYS_LENGTH));
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => proxy.close(resolve));
		},
	};
}
