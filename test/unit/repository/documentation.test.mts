import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

const PAGES = [
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...readdirSync('docs')
		.filter(isPage)
		.map((name) => `docs/${name}`),
];
const texts = new Map(PAGES.map((page) => [page, readFileSync(page, 'utf8')]));
const textOf = (page: string) => texts.get(page) ?? '';

function isPage(name: string): boolean {
	return name.endsWith('.md');
}

/** The text without its blocks of code, and without what a command has written. */
const prose = (page: string) =>
	textOf(page)
		.replaceAll(/^```[^]*?^```$/gm, '')
		.replaceAll(/^<!-- .*? -->$[^]*?^<!-- end of .*? -->$/gm, '');

/** The paths of the pictures on a page, relative to the repository. */
const picturesOn = (page: string) =>
	[...textOf(page).matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, path = '']) => join(dirname(page), path));
const PICTURES = [...new Set(PAGES.flatMap(picturesOn))];

/** What a heading is called in a link, as GitHub does it. */
const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replaceAll(/[^\w\s-]/g, '')
		.replaceAll(' ', '-');
const anchorsOn = (page: string) =>
	[...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** The links from a page to others of the repository: the path, relative to the repository, and the heading. */
function linksOn(page: string): Array<{ path: string; heading: string }> {
	return [...prose(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
		([, path = '', heading = '']) => ({
			path: path === '' ? page : join(dirname(page), path),
			heading,
		}),
	);
}

describe('The README', () => {
	test('is two to three screens', () => {
		expect(Buffer.byteLength(textOf('README.md'))).toBeLessThanOrEqual(12_000);
	});

	test('leads to every page', () => {
		const linked = linksOn('README.md').map(({ path }) => path);
		expect(PAGES.filter((page) => page !== 'README.md' && !linked.includes(page))).toEqual([]);
	});

	test('has a node to paste whose error output is switched on', () => {
		const snippet = [...textOf('README.md').matchAll(/^```json\n([^]*?)^```$/gm)]
			.map(([, json = '{}']) => JSON.parse(json) as { nodes?: Array<Record<string, unknown>> })
			.find(({ nodes }) => nodes);
		expect(snippet?.nodes).toMatchObject([{ type: 'n8n-nodes-wawp.wawp', onError: 'continueErrorOutput' }]);
	});

	test.each(readdirSync('examples'))('leads to the example %s, and so does its page', (name) => {
		for (const page of ['README.md', 'docs/examples.md']) {
			expect(linksOn(page).map(({ path }) => path)).toContain(`examples/${name}`);
		}
	});
});

describe.each(PAGES)('%s', (page) => {
	test('has no dead link', () => {
		const dead = linksOn(page).filter(
			({ path, heading }) => !existsSync(path) || (heading !== '' && !anchorsOn(path).includes(heading)),
		);
		expect(dead).toEqual([]);
	});

	test('has no line of more than 130 characters, but for tables and the words for a picture', () => {
		const lines = prose(page).split('\n');
		expect(lines.filter((line) => line.length > 130 && !/^\s*(?:\||<img)/.test(line))).toEqual([]);
	});

	test('tells its pictures in words', () => {
		const alts = [...textOf(page).matchAll(/<img src="[^"]+" alt="([^"]*)"/g)].map(([, alt = '']) => alt);
		expect(alts).toHaveLength(textOf(page).match(/<img/g)?.length ?? 0);
		for (const alt of alts) expect(alt).toMatch(/^.{40,}\.$/);
		expect(textOf(page).match(/!\[/g)).toBeNull();
	});
});

describe('The pictures', () => {
	test('are all there, each for the light and for the dark theme', () => {
		expect(PICTURES.length).toBeGreaterThan(10);
		expect(PICTURES.filter((path) => !existsSync(path))).toEqual([]);
		const light = PICTURES.filter((path) => path.includes('-light.'));
		expect(PICTURES.filter((path) => path.includes('-dark.')).sort()).toEqual(
			light.map((path) => path.replace('-light.', '-dark.')).sort(),
		);
	});

	test('in the folder are all shown', () => {
		const there = readdirSync('docs').filter((name) => /\.(?:png|svg)$/.test(name));
		expect(there.map((name) => `docs/${name}`).filter((path) => !PICTURES.includes(path))).toEqual([]);
	});

	test.each(PICTURES.filter((path) => path.endsWith('.png')))(
		'%s has two dots for each that a page is wide',
		async (path) => {
			expect((await sharp(path).metadata()).width).toBeGreaterThanOrEqual(2 * 1012);
		},
	);
});
