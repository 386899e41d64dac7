import type { Behaviour } from './contacts.mts';

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
