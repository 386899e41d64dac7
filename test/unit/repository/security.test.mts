import { existsSync, readFileSync } from 'node:fs';

const [, section = ''] = /## What the node promises\n([^]*?)\n## /.exec(readFileSync('SECURITY.md', 'utf8')) ?? [];
const promises = section
	.split(/^- /m)
	.slice(1)
	.map((promise) => [/\*\*(.*?)\*\*/s.exec(promise)?.[1]?.replaceAll(/\s+/g, ' '), promise]);
const testsIn = (promise = '') => [...promise.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);

describe('The promises in SECURITY.md', () => {
	test('are there', () => {
		expect(promises.length).toBeGreaterThan(5);
	});

	test.each(promises)('name a test that is there: %s', (_what, promise) => {
		expect(testsIn(promise)).not.toEqual([]);
		expect(testsIn(promise).filter((path) => !existsSync(path))).toEqual([]);
	});
});
