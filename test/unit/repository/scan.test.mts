import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SABOTAGED = `
exports.home = process.env.HOME;
/* eslint-${'disable'}-next-line */
exports.fs = require('node:fs');
`;

test("n8n's scanner is run, and finds what is not allowed in a package", () => {
	const folder = mkdtempSync(join(tmpdir(), 'wawp-scan-'));
	try {
		mkdirSync(join(folder, 'package', 'dist'), { recursive: true });
		const description = JSON.parse(readFileSync('package.json', 'utf8')) as object;
		const sabotaged = { ...description, dependencies: { axios: '^1.0.0' } };
		writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify(sabotaged));
		writeFileSync(join(folder, 'package', 'dist', 'sabotaged.js'), SABOTAGED);
		const tarball = join(folder, 'package.tgz');
		spawnSync('tar', ['-czf', tarball, '-C', folder, 'package']);

		const scan = ['--import', 'tsx', 'scripts/scan.mts', tarball];
		// One of the scanner's plugins takes jest's own NODE_ENV for a test of itself, and reads the sources otherwise.
		const env = { ...process.env, NODE_ENV: undefined };
		const { status, stderr } = spawnSync(process.execPath, scan, { encoding: 'utf8', env });

		const found = new Set(stderr.match(/@n8n\/community-nodes\/[\w-]+/g));
		expect([...found].sort()).toEqual([
			'@n8n/community-nodes/no-restricted-globals',
			'@n8n/community-nodes/no-restricted-imports',
			'@n8n/community-nodes/no-runtime-dependencies',
		]);
		expect(status).toBe(1);
	} finally {
		rmSync(folder, { recursive: true });
	}
}, 120_000);
