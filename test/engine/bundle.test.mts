import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { Wawp } from '../../nodes/Wawp/Wawp.node';
import { bundle } from '../../scripts/bundle.mjs';
import { CACHE, ROOT } from '../../scripts/install.mjs';
import { EXAMPLES } from '../unit/contactId/numbers.mts';
import { LOCAL, WITH_COUNTRY_CODE } from '../unit/contactId/writings.mts';
import { runNode } from './engine.mts';
import { unpacedParameters } from './parameters.mts';
import { withStandIn } from './suite.mts';

// One for each engine, which run side by side, and where n8n-workflow is found from.
const folder = mkdtempSync(join(CACHE, 'bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));
bundle(ROOT, folder);
const packed = createRequire(import.meta.url)(join(folder, 'nodes', 'Wawp', 'Wawp.node.js')) as { Wawp: typeof Wawp };

/** Each writing with some countries, each country in some writing. */
const leads = Object.values({ ...WITH_COUNTRY_CODE, ...LOCAL }).flatMap((write, index) =>
	EXAMPLES.filter((_, example) => example % 100 === index).map((example) => ({
		id: 0,
		phone: write(example) ?? '',
		country: example.region,
	})),
);

async function run(type: Wawp) {
	const parameters = unpacedParameters({
		options: { defaultCountry: '={{ $json.country }}', includeInputFields: true, concurrency: 50 },
	});
	const subject = { name: 'n8n-nodes-wawp.wawp', type, typeVersion: 1, parameters };
	const { success, failed } = await runNode(subject, { leads, onError: 'continueErrorOutput' });
	return { success, failed };
}

withStandIn();

describe('What is packed, with all that it needs in one file,', () => {
	test('is described as its sources are', () => {
		expect(JSON.stringify(new packed.Wawp().description)).toBe(JSON.stringify(new Wawp().description));
	});

	test('does with every lead what its sources do', async () => {
		const [bundled, sources] = [await run(new packed.Wawp()), await run(new Wawp())];
		expect(sources.success.length).toBeGreaterThan(150);
		expect(sources.failed.length).toBeGreaterThan(1);
		expect(bundled).toEqual(sources);
	});
});
