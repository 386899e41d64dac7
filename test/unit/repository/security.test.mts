import { existsSync, readFileSync } from 'node:fs';

const [, table = ''] = /## What the node promises\n([^]*?)\n## /.exec(readFileSync('SECURITY.md', 'utf8')) ?? [];
// Without head and rule.
const rows = table
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.slice(2);
const testsIn = (row: string) => [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);

describe('The promises in SECURITY.md', () => {
	test('are there', () => {
		expect(rows.length).toBeGreaterThan(5);
	});

	test.each(rows)('name a test that is there: %s', (row) => {
		expect(testsIn(row)).not.toEqual([]);
		expect(testsIn(row).filter((path) => !existsSync(path))).toEqual([]);
	});
});
