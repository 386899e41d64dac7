import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import type { Behaviour } from './behaviours.mts';

const PIECE_MS = 20;

/** Answers a request as told, or breaks it off. */
export function perform(behaviour: Behaviour, response: ServerResponse): void {
	if ('fault' in behaviour) breakOff(behaviour.fault, response);
	else if ('raw' in behaviour) response.socket?.end(behaviour.raw);
	else if (behaviour.afterMs === undefined) answer(behaviour, response);
	else setTimeout(() => answer(behaviour, response), behaviour.afterMs);
}

type Answer = Extract<Behaviour, { status: number }>;

function answer({ status, type, headers, body, withoutLength, inPieces }: Answer, response: ServerResponse): void {
	response.writeHead(status, { ...(type && { 'content-type': type }), ...headers });
	if (typeof body === 'function') sendAll(body(), response);
	else if (inPieces) sendInPieces(body.toString(), response);
	else if (withoutLength) response.write(body, () => response.end());
	else response.end(body);
}

function sendAll(pieces: Iterable<Buffer>, response: ServerResponse): void {
	const body = Readable.from(pieces);
	response.once('close', () => body.destroy());
	body.pipe(response);
}

function sendInPieces(body: string, response: ServerResponse): void {
	const length = Math.ceil(body.length / 5);
	let sent = 0;
	const timer = setInterval(() => {
		response.write(body.slice(sent, (sent += length)));
		if (sent < body.length) return;
		clearInterval(timer);
		response.end();
	}, PIECE_MS);
	response.once('close', () => clearInterval(timer));
}

function breakOff(fault: Extract<Behaviour, { fault: string }>['fault'], response: ServerResponse): void {
	switch (fault) {
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
			const timer = setInterval(() => response.write(' '), PIECE_MS);
			response.once('close', () => clearInterval(timer));
		}
	}
}

/** Answers a request with JSON. */
export function send(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
