import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';

import { withOwnStandIn } from '../withOwnStandIn.mts';

const HOST = 'api.wawp.net';

describe("The stand-in's TLS server", () => {
	const own = withOwnStandIn();

	async function tunnel(): Promise<Socket> {
		const asked = request(own.standIn.proxyUrl, { method: 'CONNECT', path: `${HOST}:443` }).end();
		const [, socket] = (await once(asked, 'connect')) as [unknown, Socket];
		return socket;
	}

	/** Sends a request over a connection of its own, and reads the answer to its end. */
	async function exchange(
		options: ConnectionOptions = {},
	): Promise<{ isResumed: boolean; session: Buffer | undefined }> {
		const socket = connect({ socket: await tunnel(), servername: HOST, ca: own.ca, ...options });
		let handedOut: Buffer | undefined;
		socket.on('session', (given: Buffer) => (handedOut = given));
		await once(socket, 'secureConnect');
		const isResumed = socket.isSessionReused();
		socket.resume().write(`GET / HTTP/1.1\r\nhost: ${HOST}\r\nconnection: close\r\n\r\n`);
		await once(socket, 'close');
		return { isResumed, session: handedOut };
	}

	test('shows a certificate as public servers do: a P-256 key, under an intermediate authority that it sends along', async () => {
		const socket = connect({ socket: await tunnel(), servername: HOST, ca: own.ca });
		await once(socket, 'secureConnect');
		const leaf = socket.getPeerCertificate(true);
		socket.destroy();
		expect(leaf).toMatchObject({ asn1Curve: 'prime256v1', subjectaltname: expect.stringContaining(`DNS:${HOST}`) });
		const { issuerCertificate: intermediate } = leaf;
		const { issuerCertificate: root } = intermediate;
		expect(new Set([leaf, intermediate, root].map(({ fingerprint256 }) => fingerprint256)).size).toBe(3);
		expect(root.issuer).toStrictEqual(root.subject);
	});

	test('counts full handshakes, and those that resume a session', async () => {
		own.standIn.gateway.reset();
		const { session } = await exchange();
		expect(own.standIn.gateway.counts.handshakes).toStrictEqual({ full: 1, resumed: 0 });
		expect(await exchange(session && { session })).toMatchObject({ isResumed: true });
		expect(own.standIn.gateway.counts.handshakes).toStrictEqual({ full: 1, resumed: 1 });
	});

	test('counts the requests of a client that takes any certificate', async () => {
		const { gateway } = own.standIn;
		gateway.reset();
		gateway.chaos = { seed: '', faults: 0, badCertificates: 1 };
		await exchange({ rejectUnauthorized: false });
		expect(gateway.counts.sentDespiteCertificate).toBe(1);
	});
});
