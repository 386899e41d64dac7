import type { ServerResponse } from 'node:http';

import type { Behaviour } from './contacts.mts';

/** Answers a request as told, or breaks it off. */
export function perform(behaviour: Behaviour, response: ServerResponse): void {
	if (!('fault' in behaviour)) {
		const { status, type, headers, body, withoutLength } = behaviour;
		response.writeHead(status, { ...(type && { 'content-type': type }), ...headers });
		if (withoutLength) response.write(body, () => response.end());
		else response.end(body);
		return;
	}
	switch (behaviour.fault) {
		case 'hang':
			return;
		case 'reset':
			response.socket?.destroy();
			return;
		case 'cut short':
			response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
			response.write('{"id":"1', () => response.socket?.destroy());
			return;
		case 'trickle': {
			response.writeHead(200, { 'content-type': 'application/json' });
			const timer = setInterval(() => response.write(' '), 20);
			response.once('close', () => clearInterval(timer));
			return;
		}
		case 'flood': {
			response.writeHead(200, { 'content-type': 'image/jpeg' });
			const more = () => {
				while (!response.destroyed && response.write(FLOOD));
			};
			response.on('drain', more);
			more();
		}
	}
}

const FLOOD = Buffer.alloc(64 * 1024, ' ');

/** Answers a request with JSON. */
export function send(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
