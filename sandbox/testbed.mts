import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installN8n } from './install.mts';
import { buildAndPack, installAsCommunityNode } from '../scripts/package.mts';
import { CACHE } from '../scripts/install.mjs';
import { makeCertificates } from '../test/stand-in/certificates.mts';
import { forkStandIn, type StandInProcess } from '../test/stand-in/process.mts';

/** Where runs in n8n's engine take place. */
export interface Testbed {
	standIn: StandInProcess;
	/** The stand-in's authority. */
	caFile: string;
	/** Where the packed node was installed. */
	packageFolder: string;
}

/**
 * Sets up what runs in n8n's engine need, n8n itself where it is missing, and cleans up afterwards.
 *
 * @param name tells the folders apart
 */
export async function withTestbed<Result>(name: string, run: (testbed: Testbed) => Promise<Result>): Promise<Result> {
	await installN8n('n8n-2');
	const folder = mkdtempSync(join(tmpdir(), `n8n-nodes-wawp-${name}-`));
	installAsCommunityNode(buildAndPack(), folder);
	mkdirSync(CACHE, { recursive: true });
	const caFile = await makeCertificates(join(CACHE, `${name}-ca`));
	const standIn = await forkStandIn(caFile);
	try {
		return await run({
			standIn,
			caFile,
			packageFolder: join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-wawp'),
		});
	} finally {
		await standIn.close();
		rmSync(folder, { recursive: true, force: true });
	}
}
