import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

import { CACHE, ROOT } from '../scripts/install.mjs';
import { send } from '../test/stand-in/answers.mts';
import { n8nProgram, type Line } from './install.mts';

/** A registry with one package. */
export interface Registry {
	/** The host that n8n asks for packages, unless it is told otherwise, for which it wants a licence. */
	host: string;
	/** Answers as that host. */
	handle: RequestListener;
	/** What it was asked, in order: `GET /name`. */
	requests: string[];
	/** For n8n's environment, whose npm would read this machine's settings. */
	env: Record<string, string>;
}

/**
 * A registry that has nothing but the packed node, in the version that it is.
 *
 * @param tarball as `buildAndPack` made it
 */
export function registryWith(tarball: string, line: Line): Registry {
	const { host, origin } = registryOf(line);
	const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string };
	const { name, version } = manifest;
	const content = readFileSync(tarball);
	const hash = (algorithm: string, encoding: 'base64' | 'hex') =>
		createHash(algorithm).update(content).digest(encoding);
	const packed = `/${name}/-/${basename(tarball)}`;
	const dist = {
		tarball: `${origin}${packed}`,
		integrity: `sha512-${hash('sha512', 'base64')}`,
		shasum: hash('sha1', 'hex'),
	};
	const published = { ...manifest, dist };
	const answers: Record<string, object> = {
		[`/${name}`]: { name, 'dist-tags': { latest: version }, versions: { [version]: published } },
		[`/${name}/latest`]: published,
		[`/${name}/${version}`]: published,
	};
	const requests: string[] = [];
	return {
		host,
		requests,
		env: {
			// A file that is not there. An authority that it names would replace the stand-in's.
			NPM_CONFIG_GLOBALCONFIG: join(CACHE, 'no-npmrc'),
			NPM_CONFIG_FETCH_RETRIES: '0',
			NPM_CONFIG_UPDATE_NOTIFIER: 'false',
			// n8n 2 says that it will stand on false one day.
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		},
		handle: ({ method, url = '' }, response) => {
			requests.push(`${method} ${url}`);
			if (url === packed) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(content);
			else if (answers[url]) send(response, 200, answers[url]);
			else send(response, 404, { error: 'Not found' });
		},
	};
}

/** The registry that an n8n uses, asked of its own code, so that its name stands nowhere here. */
function registryOf(line: Line): URL {
	const requireFromN8n = createRequire(n8nProgram(line));
	const { CommunityPackagesConfig } = requireFromN8n(
		'../dist/modules/community-packages/community-packages.config.js',
	) as {
		CommunityPackagesConfig: new () => { registry: string };
	};
	return new URL(new CommunityPackagesConfig().registry);
}

/**
 * Leads n8n 1's npm to the stand-in where it looks for newer versions: n8n 1 starts it without its own environment.
 *
 * @param env what leads n8n itself there
 */
export function leadNpm(userFolder: string, { HTTPS_PROXY, NODE_EXTRA_CA_CERTS }: Record<string, string>): void {
	const nodes = join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	writeFileSync(join(nodes, '.npmrc'), `https-proxy=${HTTPS_PROXY}\ncafile=${NODE_EXTRA_CA_CERTS}\n`);
}
