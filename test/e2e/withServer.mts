import { after, before } from 'node:test';

import { n8nServer, type Server, type Setup } from '../../sandbox/n8n.mts';
import { RestApi } from './restApi.mts';

/** An n8n server that somebody has signed in to. */
export interface SignedIn {
	readonly server: Server;
	readonly api: RestApi;
	/** Ends it as a power cut would (SIGKILL), and starts it again with the same data. */
	killAndRestart(): Promise<void>;
}

/** Gives a suite an n8n server of its own, from here on in its hooks until after its last test, and signs in to it. */
export function withServer(setup: Setup): SignedIn {
	let server: Server | undefined;
	let api: RestApi | undefined;
	const start = async () => {
		server = await n8nServer(setup);
		api = await RestApi.signIn(server.url);
	};
	before(start);
	after(async () => await server?.stop());
	const running = <Some,>(some: Some | undefined): Some => {
		if (!some) throw new Error('The server runs only during tests');
		return some;
	};
	return {
		get server() {
			return running(server);
		},
		get api() {
			return running(api);
		},
		killAndRestart: async () => {
			running(server).kill('SIGKILL');
			await running(server).ended;
			await start();
		},
	};
}
