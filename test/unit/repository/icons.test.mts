import sharp from 'sharp';

/** The icons' themes, with the grounds that n8n puts them on: its panels, and a node on the canvas. */
const THEMES = [
	{ icon: 'icons/wawp.svg', grounds: ['#ffffff', '#f5f5f5'] },
	{ icon: 'icons/wawp.dark.svg', grounds: ['#171717', '#262626', '#2e2e2e'] },
];

/** What WCAG 2 asks of what has to be told apart and is no text. */
const ENOUGH = 3;

/** The smallest size at which n8n shows them. */
const PIXELS = 16;

describe.each(THEMES)('$icon, 16 pixels wide', ({ icon, grounds }) => {
	test.each(grounds)('can be told from %s, and the person in it from the bubble', async (ground) => {
		const { data } = await sharp(icon, { density: 300 })
			.resize(PIXELS, PIXELS)
			.flatten({ background: ground })
			.removeAlpha()
			.raw()
			.toBuffer({ resolveWithObject: true });
		const at = (x: number, y: number) => [...data.subarray((y * PIXELS + x) * 3, (y * PIXELS + x) * 3 + 3)];
		const [corner, bubble, head, shoulders] = [at(0, 0), at(2, 6), at(8, 5), at(8, 10)];
		expect(contrast(bubble, corner)).toBeGreaterThanOrEqual(ENOUGH);
		expect(contrast(head, bubble)).toBeGreaterThanOrEqual(ENOUGH);
		expect(contrast(shoulders, bubble)).toBeGreaterThanOrEqual(ENOUGH);
	});
});

/** The contrast of two colours, from 1 to 21, as WCAG 2 reckons it. */
function contrast(a: number[], b: number[]): number {
	const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: number[]): number {
	const [r = 0, g = 0, b = 0] = rgb.map((byte) => {
		const part = byte / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
