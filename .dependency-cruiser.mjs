/**
 * Which room of the node may import from which: downwards only. Types count, too.
 *
 * @type {Record<string, string[]>}
 */
const ROOMS = {
	operation: ['run', 'gateway', 'picture', 'contactId', 'n8n', 'limits', 'failure'],
	run: ['gateway', 'picture', 'contactId', 'n8n', 'limits', 'failure'],
	gateway: ['n8n', 'limits', 'failure'],
	picture: ['n8n', 'limits', 'failure'],
	contactId: ['n8n', 'limits', 'failure'],
	n8n: ['limits', 'failure'],
	limits: ['failure'],
	failure: [],
};

const NODE = '^nodes/Wawp/Wawp\\.node\\.ts$';
/** A room is a folder, but for `failure.ts`. */
const room = (...names) => `^nodes/Wawp/(${names.join('|')})(/|\\.ts$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		...Object.entries(ROOMS).map(([name, below]) => ({
			name: `${name}-imports-downwards`,
			severity: 'error',
			from: { path: room(name) },
			to: { path: '^(nodes|credentials)/', pathNot: room(name, ...below) },
		})),
		{
			name: 'node-imports-operation',
			comment: 'What n8n calls hands everything on to the operation.',
			severity: 'error',
			from: { path: NODE },
			to: { path: '^(nodes|credentials)/', pathNot: room('operation') },
		},
		{
			name: 'credential-stands-alone',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^(nodes|credentials)/' },
		},
		{
			name: 'pure-rooms-know-no-n8n',
			severity: 'error',
			from: { path: room('contactId', 'limits', 'failure') },
			to: { path: 'node_modules/n8n-workflow/' },
		},
		{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'no-orphan',
			comment: 'A file that the node does not lead to is not used.',
			severity: 'error',
			from: { path: NODE },
			to: { path: '^nodes/', reachable: false },
		},
		{ name: 'no-dead-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
	],
	options: {
		// Else an import of a type would not count.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
	},
};
