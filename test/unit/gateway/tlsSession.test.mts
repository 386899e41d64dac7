import { EventEmitter } from 'node:events';
import { createSecureContext } from 'node:tls';

import { resumption } from '../../../nodes/Wawp/gateway/tlsSession';

const SESSION = Buffer.from('session');
const SETTINGS = createSecureContext();
const TEN_MINUTES = 600_000;

/** A connection with these options, on which the server has given a session out. */
function connect(options: ReturnType<typeof resumption>, { authorized = true, session = SESSION } = {}): unknown {
	const socket = Object.assign(new EventEmitter(), { authorized, _tlsOptions: { secureContext: SETTINGS } });
	const key = options.pskCallback?.call(socket, null);
	socket.emit('session', session);
	return key;
}

describe('A TLS session', () => {
	test('is left by a connection for the next ones of the same instance, for ten minutes', () => {
		const shared = {};
		let now = 0;
		connect(resumption(shared, () => now));
		now = TEN_MINUTES - 1;
		expect(resumption(shared, () => now)).toEqual({ session: SESSION, secureContext: SETTINGS });
		expect(resumption({}, () => now)).not.toHaveProperty('session');
		now = TEN_MINUTES;
		expect(resumption(shared, () => now)).not.toHaveProperty('session');
	});

	test('is asked for without a pre-shared key', () => {
		expect(connect(resumption({}, () => 0))).toBeNull();
	});

	test('gives way to a newer one of a connection that began beside it', () => {
		const shared = {};
		const [one, other] = [resumption(shared, () => 0), resumption(shared, () => 0)];
		connect(one);
		connect(other, { session: Buffer.from('newer') });
		expect(resumption(shared, () => 0)).toEqual({ session: Buffer.from('newer'), secureContext: SETTINGS });
	});

	test('is resumed without the settings where a Node.js does not show them', () => {
		const shared = {};
		const socket = Object.assign(new EventEmitter(), { authorized: true });
		resumption(shared, () => 0).pskCallback?.call(socket, null);
		socket.emit('session', SESSION);
		expect(resumption(shared, () => 0)).toEqual({ session: SESSION });
	});

	test('is not kept of a connection whose certificate is not trusted', () => {
		const shared = {};
		connect(
			resumption(shared, () => 0),
			{ authorized: false },
		);
		expect(resumption(shared, () => 0)).not.toHaveProperty('session');
	});

	test.each([undefined, null, 'socket', {}, { authorized: true }])(
		'is not sought in what is no socket: %p',
		(given) => {
			const { pskCallback } = resumption({}, () => 0);
			expect(pskCallback?.call(given as never, null)).toBeNull();
		},
	);
});
