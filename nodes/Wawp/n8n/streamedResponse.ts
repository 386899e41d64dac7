import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** An answer whose body has not been read yet. n8n's request helper has no limit for the length of one that it reads. */
export interface Reply {
	statusCode: number;
	/** Names in lower case, as Node gives them. */
	headers: Record<string, unknown>;
	chunks: AsyncIterable<Buffer>;
	/** To be called once, whether or not the body was read: else its connection stays open. */
	hangUp(): void;
}

/** Why a request is aborted. Without a reason, Node.js makes an exception for each, with its stack. */
const HUNG_UP = 'hung up';

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
		chunks: stream,
		hangUp: () => {
			// In n8n 2 that does not reach the connection where nothing was read, and to abort alone would make the body
			// throw where nobody listens.
			stream.destroy();
			controller.abort(HUNG_UP);
		},
	};
}

/**
 * Reads a body, and hangs up.
 *
 * @param most bytes, after decompression. Where there are more, it stops at the piece that holds them.
 * @returns what was read, and whether that is all
 * @throws what the connection breaks down with
 */
export async function readUpTo(
	most: number,
	{ chunks, hangUp }: Reply,
): Promise<{ pieces: Buffer[]; isWhole: boolean }> {
	const pieces: Buffer[] = [];
	let size = 0;
	try {
		for await (const piece of chunks) {
			pieces.push(piece);
			size += piece.length;
			if (size > most) return { pieces, isWhole: false };
		}
		return { pieces, isWhole: true };
	} finally {
		hangUp();
	}
}
