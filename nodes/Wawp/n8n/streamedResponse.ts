import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** An answer whose body is still to be read: n8n's request helper would read one of any length. */
export interface Reply {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	body: AsyncIterable<Buffer>;
	/** Call it once, whether or not the body was read: otherwise the connection stays open. */
	close(): void;
}

/** Why a request is aborted. Without a reason, Node.js creates an exception with its stack for each. */
const CLOSED = 'closed';

/**
 * The timeout for n8n's client, which would otherwise end a request after five minutes. It is later than the deadline at
 * which the caller aborts the request.
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
			// In n8n 2, destroying a body that was not read leaves the connection open, and aborting alone makes the body
			// emit an error that nothing handles.
			stream.destroy();
			controller.abort(CLOSED);
		},
	};
}

/**
 * Reads a body, and closes it.
 *
 * @param most bytes, after decompression. If there are more, reading stops after the chunk that exceeds them.
 * @returns what was read, and whether that is all
 * @throws the error of a connection that breaks off
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
