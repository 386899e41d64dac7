import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message of a chat, as OpenAI's chat completions have it. */
export interface ChatMessage {
	role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
	content?: string | Array<{ type: string; text?: string }> | null;
	tool_calls?: Array<{ id: string; type: 'function'; function: { name: string; arguments: string } }>;
	tool_call_id?: string;
}

/** What a client asked the model. */
export interface ChatRequest {
	model: string;
	messages: ChatMessage[];
	tools?: Array<{ function: { name: string; description?: string; parameters: { properties?: object } } }>;
}

/** A running stand-in for a chat model. */
export interface ChatModel {
	/** For the field Base URL of n8n's OpenAI credential. */
	baseUrl: string;
	/** What it was asked, in order. */
	requests: ChatRequest[];
	close(): Promise<void>;
}

/** A WhatsApp ID, or a phone number in a usual writing; else what stands between quotation marks. */
const CONTACT = /[\d:.-]+@[a-z.]+|\+?\d[\d ().-]{5,}\d|(?<=")[^"]+(?=")/;

/**
 * Starts a stand-in for an OpenAI-compatible chat model on loopback. It looks up the contact that the last message of
 * the user names with the first tool it is offered, then answers with what the tool gave, word for word.
 */
export async function startChatModel(): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		answer(request, response, requests).catch((error: unknown) => {
			response.writeHead(500, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ error: { message: String(error) } }));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** The credential that examples/ai-agent.json names, for this model, as n8n imports it. */
export function openAiAccount({ baseUrl }: ChatModel) {
	const data = { apiKey: 'sk-stand-in', url: baseUrl };
	return { id: 'openAiAccount', name: 'OpenAI account', type: 'openAiApi', data };
}

async function answer(request: IncomingMessage, response: ServerResponse, requests: ChatRequest[]): Promise<void> {
	if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
		response.writeHead(404, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ error: { message: `No endpoint ${request.method} ${request.url}` } }));
		return;
	}
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const asked = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest;
	requests.push(asked);
	const message = nextMessage(asked, requests.length);
	response.writeHead(200, { 'content-type': 'application/json' });
	response.end(
		JSON.stringify({
			id: `chatcmpl-${requests.length}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: asked.model,
			choices: [{ index: 0, message, finish_reason: message.tool_calls ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		}),
	);
}

function nextMessage({ messages, tools }: ChatRequest, count: number): ChatMessage {
	const last = messages.at(-1);
	if (last?.role === 'tool') return { role: 'assistant', content: `The tool says: ${textOf(last)}` };
	const contactId = CONTACT.exec(textOf(last))?.[0];
	const tool = tools?.[0]?.function;
	if (contactId === undefined || !tool) return { role: 'assistant', content: 'Which phone number?' };
	// The tool has one parameter, whatever n8n calls it.
	const [parameter = 'contactId'] = Object.keys(tool.parameters.properties ?? {});
	const call = { name: tool.name, arguments: JSON.stringify({ [parameter]: contactId }) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: `call_${count}`, type: 'function', function: call }],
	};
}

function textOf(message: ChatMessage | undefined): string {
	const content = message?.content ?? '';
	return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}
