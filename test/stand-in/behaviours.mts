/** An answer with a status, or a way to break the connection. */
export type Behaviour =
	| {
			status: number;
			type?: string;
			headers?: Record<string, string>;
			/** A function makes one that is too long to be kept; it goes out as fast as it is read. */
			body: string | Buffer | (() => Iterable<Buffer>);
			/** Does not say how long the body is. */
			withoutLength?: true;
			/** How long it waits, in milliseconds. */
			afterMs?: number;
			/** Sends the body in pieces of a few bytes, 20 ms apart. */
			inPieces?: true;
	  }
	/** What goes over the connection, in place of an answer in HTTP, before it is closed. */
	| { raw: string | Buffer }
	| { fault: 'hang' | 'reset' | 'cut short' | 'trickle' };

export const json = (status: number, body: object, headers?: Record<string, string>): Behaviour => ({
	status,
	type: 'application/json',
	...(headers && { headers }),
	body: JSON.stringify(body),
});

export const text = (status: number, body: string): Behaviour => ({ status, type: 'text/plain', body });

export const xml = (status: number, body: string): Behaviour => ({ status, type: 'application/xml', body });

export const html = (status: number, title: string): Behaviour => ({
	status,
	type: 'text/html',
	body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** A rate limit that was reached; what `retryAfter` says goes out as the header of that name. */
export const limited = (retryAfter?: string): Behaviour => ({
	status: 429,
	...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
	body: '',
});
