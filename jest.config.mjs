// Alike for every ring. n8n's engine takes more than the five seconds that jest grants by default to load.
const common = {
	testEnvironment: 'node',
	moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'mts', 'json', 'node'],
	transform: {
		'\\.m?[jt]s$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// These come as ES modules only.
	transformIgnorePatterns: ['/node_modules/(?!@dicebear/)'],
};

// What is asked, and made of an answer, depends on n8n's HTTP helper at most: the newest and the oldest have it tested.
const ANSWERS =
	'/(filing|answers|hostile|nothingEscapes|secrets|stopping|strangeItems|tlsSessions|download|property)\\.test\\.mts$';
// How the contacts of a list and the executions of a process share what they have, and what is in the bundle, is the node's own
// doing: the newest n8n has it tested.
const ONCE = '/(batch|executions|executionsPaced|bundle)\\.test\\.mts$';

/** The engine tests on another n8n than that of the repository's own dependencies. */
const engine = (displayName, folder, more) => ({
	...common,
	displayName,
	testMatch: ['<rootDir>/test/engine/*.test.mts'],
	setupFiles: ['<rootDir>/test/engine/intervals.mts'],
	moduleNameMapper: { '^(n8n-core|n8n-workflow|@n8n/[^/]+)$': `${folder}/node_modules/$1` },
	...more,
});

export default {
	reporters: ['default', '<rootDir>/test/jest/slowestFiles.mjs'],
	testSequencer: '<rootDir>/test/jest/longWaitsFirst.mjs',
	// More than jest would take on few cores: many of the tests wait, for a server or for a deadline. Each worker has to
	// load n8n, so that still more would take longer.
	maxWorkers: 5,
	// For a busy machine: many of the tests compute, too.
	testTimeout: 120_000,
	projects: [
		{ ...common, displayName: 'unit', testMatch: ['<rootDir>/test/{unit,soak}/**/*.test.mts'] },
		{ ...common, displayName: 'n8n 2', testMatch: ['<rootDir>/test/engine/*.test.mts'] },
		engine('n8n 1', '<rootDir>/test/engine/n8n-1', { testPathIgnorePatterns: [ANSWERS, ONCE] }),
		engine('n8n 1.68', '<rootDir>/test/engine/n8n-1.68', { testPathIgnorePatterns: [ONCE] }),
	],
};
