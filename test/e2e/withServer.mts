import { after, before } from 'node:test';

import { n8nServer, type Server, type Setup } from '../../sandbox/n8n.mts';
import { RestApi } from './restApi.mts';

/** Gives a suite an n8n server of its own, from here on in its hooks until after its last test, and signs in to it. */
export function withServer(setup: Setup): { readonly server: Server; readonly api: RestApi } {
	let server: Server | undefined;
	let api: RestApi | undefined;
	before(async () => {
		server = await n8nServer(setup);
		api = await RestApi.signIn(server.url);
	});
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
	};
}
