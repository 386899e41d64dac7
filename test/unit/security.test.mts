import { existsSync, readFileSync } from 'node:fs';

const named = [...readFileSync('SECURITY.md', 'utf8').matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);

describe('The promises in SECURITY.md', () => {
	test('each name a test that shows them', () => {
		expect(named.length).toBeGreaterThan(9);
		expect(named.filter((path) => !existsSync(path))).toEqual([]);
	});
});
