import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';

const readme = readFileSync('README.md', 'utf8');
const images = [...readme.matchAll(/<img src="([^"]+)" alt="([^"]*)"/g)].map(([, path = '', alt = '']) => ({
	path,
	alt,
}));
const named = [...readme.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, path = '']) => path);

describe("The README's pictures", () => {
	test('are all there, each for the light and for the dark theme', () => {
		expect(named.length).toBeGreaterThan(4);
		expect(named.filter((path) => !existsSync(path))).toEqual([]);
		const light = named.filter((path) => path.includes('-light.'));
		expect(named.filter((path) => path.includes('-dark.')).sort()).toEqual(
			light.map((path) => path.replace('-light.', '-dark.')).sort(),
		);
		expect(readme.match(/!\[/g)).toBeNull();
	});

	test('are told in words', () => {
		expect(images).toHaveLength(readme.match(/<img/g)?.length ?? 0);
		for (const { alt } of images) expect(alt).toMatch(/^.{40,}\.$/);
	});

	test.each(named.filter((path) => path.endsWith('.png')))(
		'%s has two dots for each that a README is wide',
		async (path) => {
			expect((await sharp(path).metadata()).width).toBeGreaterThanOrEqual(2 * 1012);
		},
	);
});
