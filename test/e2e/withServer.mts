import { after, before } from 'node:test';

import { n8nServer, type Server, type Setup } from '../../sandbox/n8n.mts';
import { Editor } from './restApi.mts';

/** Gives a suite an n8n server of its own, from here on in its hooks until after its last test, and signs in to it. */
export function withEditor(setup: Setup): { readonly server: Server; readonly editor: Editor } {
	let server: Server | undefined;
	let editor: Editor | undefined;
	before(async () => {
		server = await n8nServer(setup);
		editor = await Editor.signIn(server.url);
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
		get editor() {
			return running(editor);
		},
	};
}
