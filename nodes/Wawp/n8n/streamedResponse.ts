import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** An answer whose body is not read yet: n8n's request helper would read one of any length. */
export interface Reply {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	body: AsyncIterable<Buffer>;
	/** Ends the connection, which otherwise stays open. `readUpTo` calls it, too. */
	close(): void;
}

/** Without a reason, Node.js creates an exception with its stack for each abort. */
const CLOSED = 'closed';

/** For n8n's client, which otherwise ends a request after five minutes. Later than the caller's own deadline. */
export function clientTimeout(timeoutMs: number): number {
	return timeoutMs + 10_000;
}

/** For n8n's request helper with `encoding: 'stream'` and `returnFullResponse: true`. */
export function replyOf({ statusCode, headers, body }: IN8nHttpFullResponse, controller: AbortController): Reply {
	const stream = body as unknown as AsyncIterable<Buffer> & { destroy(): void };
	return {
		statusCode,
		headers,
		body: stream,
		close: () => {
			// In n8n 2, destroying an unread body leaves the connection open, and aborting alone makes the body emit an
			// unhandled error.
			stream.destroy();
			controller.abort(CLOSED);
		},
	};
}

/**
 * Reads a body, and closes it.
 *
 * @param most bytes, after decompression. Reading stops after the chunk that exceeds them.
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
