import { LoggerProxy } from 'n8n-workflow';

/** What n8n logs from here on, at level debug. This has to be imported before n8n: it reads its log level but once. */
export const logged: string[] = [];

process.env.N8N_LOG_LEVEL = 'debug';

const log = (...args: unknown[]) => void logged.push(args.map(String).join(' '));
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = log;
// n8n's logger goes round those methods where the console has streams.
for (const stream of ['_stdout', '_stderr']) {
	Object.defineProperty(console, stream, { value: { write: log }, configurable: true });
}
// In n8n 1.68 it is the server, not the engine, that brings a logger.
LoggerProxy.init({ error: log, warn: log, info: log, debug: log });
