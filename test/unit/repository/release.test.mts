import { obstacles } from '../../../scripts/release-check.mts';

const manifest = (more = {}) => JSON.stringify({ name: 'some-package', version: '1.2.3', ...more });
const others = { 'some.json': '{}' };
const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-22\n\n## [1.2.2] - 2026-11-01\n';

describe('A release', () => {
	test('is free where tag, version and changelog agree', () => {
		expect(obstacles({ tag: 'v1.2.3', manifest: manifest(), changelog, others })).toEqual([]);
	});

	test('waits for the owner to fill in what only they know', () => {
		const placeholders = { author: { name: 'OWNER' }, homepage: 'https://github.com/OWNER/some-package' };
		expect(
			obstacles({ tag: 'v1.2.3', manifest: manifest(placeholders), changelog, others: { 'some.json': '"OWNER"' } }),
		).toEqual([
			'"author" in package.json still has the placeholder OWNER',
			'"homepage" in package.json still has the placeholder OWNER',
			'some.json still has the placeholder OWNER',
		]);
	});

	test('has the version that its tag says', () => {
		for (const tag of ['', '1.2.3', 'v1.2.4']) {
			expect(obstacles({ tag, manifest: manifest(), changelog, others })).toEqual([
				expect.stringContaining('the version'),
			]);
		}
	});

	test('stands in the changelog, with its date', () => {
		for (const wrong of ['', '## [1.2.3]\n', '## [1x2x3] - 2026-11-22\n', '## [11.2.3] - 2026-11-22\n']) {
			expect(obstacles({ tag: 'v1.2.3', manifest: manifest(), changelog: wrong, others })).toEqual([
				'CHANGELOG.md has no entry "## [1.2.3] - " with a date',
			]);
		}
	});
});
