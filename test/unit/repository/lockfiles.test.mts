import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOCKFILES = execFileSync('git', ['ls-files', '*package-lock.json'], { encoding: 'utf8' }).trim().split('\n');

describe.each(LOCKFILES)('%s', (file) => {
	const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
		packages: Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }>;
	};
	const installed = Object.entries(packages).filter(([path]) => path !== '');

	test('names no place to download from', () => {
		expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
	});

	test('pins every package by version and checksum', () => {
		expect(installed.filter(([, { version, integrity }]) => !version || !integrity)).toEqual([]);
	});
});
