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
	contactId: ['limits', 'failure'],
	n8n: ['limits', 'failure'],
	limits: ['failure'],
	failure: [],
};

/**
 * Which folder of tools and tests may import from which. A folder inside another has a line of its own; `test` is what
 * lies directly in it, which runs everything below it.
 *
 * @type {Record<string, string[]>}
 */
const TOOLS = {
	test: ['sandbox', 'scripts'],
	'test/soak': ['bench', 'sandbox', 'test/engine', 'test/stand-in', 'scripts'],
	'test/queue': ['test/e2e', 'sandbox', 'test/engine', 'test/stand-in', 'scripts'],
	'test/browser': ['sandbox', 'test/stand-in', 'scripts'],
	'test/e2e': ['sandbox', 'test/engine', 'test/stand-in', 'scripts'],
	bench: ['sandbox', 'test/engine', 'test/unit', 'test/stand-in', 'scripts', 'nodes'],
	'test/engine': ['test/unit', 'test/stand-in', 'scripts', 'nodes', 'credentials'],
	'test/unit': ['sandbox', 'test/stand-in', 'scripts', 'nodes', 'credentials'],
	'test/mutation': ['scripts'],
	'test/jest': ['test/stand-in', 'scripts'],
	sandbox: ['test/stand-in', 'scripts'],
	'test/stand-in': ['nodes'],
	scripts: ['nodes'],
};

/** Two functions about time that every tool may use. */
const SHARED = '^test/(until|mostWithin)\\.mts$';

const NODE = '^nodes/Wawp/Wawp\\.node\\.ts$';
/** A room is a folder, but for `failure.ts`. */
const room = (...names) => `^nodes/Wawp/(${names.join('|')})(/|\\.ts$)`;

const FOLDERS = ['nodes', 'credentials', ...Object.keys(TOOLS)];
/** A folder's files, without those of folders in it that have a line of their own. */
const files = (folder) => ({
	path: `^${folder}/`,
	pathNot: FOLDERS.filter((other) => other.startsWith(`${folder}/`)).map((other) => `^${other}/`),
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		...Object.entries(ROOMS).map(([name, below]) => ({
			name: `${name}-imports-downwards`,
			severity: 'error',
			from: { path: room(name) },
			to: { path: '^(nodes|credentials)/', pathNot: room(name, ...below) },
		})),
		...Object.entries(TOOLS).map(([name, below]) => ({
			name: `${name}-imports-downwards`,
			severity: 'error',
			from: files(name),
			to: {
				path: FOLDERS.filter((other) => other !== name && !below.includes(other)).map((other) => `^${other}/`),
				pathNot: [SHARED, ...[name, ...below].map((other) => `^${other}/`)],
			},
		})),
		{
			name: 'published-imports-no-tool',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(scripts|sandbox|bench|test)/' },
		},
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
		// Some packages are ES modules only.
		enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
	},
};
