const { spawnSync } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

const checkTypes = (done) => {
	const { status } = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit'], {
		stdio: 'inherit',
	});
	done(status === 0 ? undefined : new Error('The TypeScript sources do not compile'));
};

const bundle = async () => (await import('./scripts/bundle.mjs')).bundle(process.cwd(), 'dist');

// n8n reads the codex and the schemas beside the node, and the icons where the compiled description points.
const codex = () => src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json']).pipe(dest('dist/nodes'));
const icons = () => src('icons/*.svg').pipe(dest('dist/icons'));

exports.build = series(clean, checkTypes, parallel(bundle, codex, icons));
