import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** An answer whose body has not been read yet. n8n's request helper has no limit for the length of one that it reads. */
export interface Reply {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	body: AsyncIterable<Buffer>;
	/** To be called once, whether or not the body was read: else its connection stays open. */
	close(): void;
}

/** Why a request is aborted. Without a reason, Node.js makes an exception for each, with its stack. */
const CLOSED = 'closed';

/**
 * What to tell n8n's client of a time-out, which would else end a request after five minutes. It leaves the deadline to
 * whoever aborts the request.
 */
export function clientTimeout(timeoutMs: number): number {
	return timeoutMs + 10_000;
}

/**
 * The answer that n8n's request helper gave with `encoding: 'stream'` and `returnFullResponse: true`.
 *
 * @param controller its signal aborts the request
 */
export function replyOf({ statusCode, headers, body }: IN8nHttpFullResponse, controller: AbortController): Reply {
	const stream = body as unknown as AsyncIterable<Buffer> & { destroy(): void };
	return {
		statusCode,
		headers,
		body: stream,
		close: () => {
			// In n8n 2 that does not reach the connection where nothing was read, and to abort alone would make the body
			// throw where nobody listens.
			stream.destroy();
			controller.abort(CLOSED);
		},
	};
}

/**
 * Reads a body, and closes it.
 *
 * @param most bytes, after decompression. Where there are more, it stops at the chunk that holds them.
 * @returns what was read, and whether that is all
 * @throws what the connection breaks down with
 */
export async function readUpTo(most: number, { body, close }: Reply): Promise<{ chunks: Buffer[]; isWhole: boolean }> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			size += chunk.length;
			if (size > most) return { chunks, isWhole: false };
		}
		return { chunks, isWhole: true };
	} finally {
		close();
	}
}
