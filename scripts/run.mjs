// Runs one of this repository's TypeScript programs on a machine that has nothing but Node.js and npm:
//   node scripts/run.mjs <program.mts> [arguments]
// Without a program it only installs what the others need.
import { spawn } from 'node:child_process';

const OLDEST = 20;
const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST) {
	console.error(`This needs Node.js ${OLDEST} or newer, and this is ${process.version}. Get one from nodejs.org.`);
	process.exit(1);
}

const { install, ROOT, Stop } = await import('./install.mjs');
try {
	await install('.', { what: 'the development tools', takes: 'once, about two minutes' });
} catch (error) {
	if (!(error instanceof Stop)) throw error;
	console.error(error.message);
	process.exit(1);
}

if (process.argv.length === 2) process.exit(0);

const child = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)], {
	cwd: ROOT,
	stdio: 'inherit',
});
// The terminal sends Ctrl+C to the child as well, which ends in its own time.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
