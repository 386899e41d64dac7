import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';

import { openPage, startBrowser, type Theme } from './browser.mts';
import { importCredentials } from '../../sandbox/credentials.mts';
import { connectToStandIn, type Connection } from '../../sandbox/gateway.mts';
import { installN8n, type Line } from '../../sandbox/install.mts';
import { n8nServer, type Server, type Setup } from '../../sandbox/n8n.mts';
import { setUpOwner } from '../../sandbox/owner.mts';
import { buildAndPack, installAsCommunityNode } from '../../scripts/package.mts';
import { leadNpm, registryWith } from '../../sandbox/registry.mts';
import { CACHE, ROOT } from '../../scripts/install.mjs';
import { type ChatModel, openAiAccount, startChatModel } from '../stand-in/chatModel.mts';
import type { Gateway } from '../stand-in/gateway.mts';
import { resultsOf } from './results.mts';

/** What a step of a suite works with. */
export interface Desk {
	page: Page;
	/** Of n8n's server. */
	url: string;
	gateway: Gateway;
	/** Keeps a picture of what the page shows, under this name. */
	picture(name: string): Promise<void>;
}

/** Adds a test to the suite. It goes on where the one before it stopped, and fails at once where that one failed. */
export type Step = (what: string, body: (desk: Desk) => Promise<void>) => void;

/** What a suite starts with. */
export interface Start {
	/** Of the folder with its pictures. */
	name: string;
	theme: Theme;
	line?: Line;
	/** Where the packed node is: among n8n's community nodes, or in the registry from which n8n installs them. */
	packageIs?: 'installed' | 'published';
}

/**
 * Gives a suite an n8n of its own, as fresh as after its installation, and one page of a browser for all of its steps.
 * n8n has one credential, for the stand-in of a language model.
 */
export function withPage({ name, theme, line = 'n8n-2', packageIs = 'installed' }: Start): Step {
	const results = resultsOf(name);
	const setup: Setup = { line, userFolder: join(CACHE, 'browser', name), logFile: join(results, 'n8n.log') };
	let gateway: Connection | undefined;
	let model: ChatModel | undefined;
	let server: Server | undefined;
	let browser: Browser | undefined;
	let page: Page | undefined;
	let failed: string | undefined;

	before(async () => {
		await installN8n(setup.line);
		for (const folder of [setup.userFolder, results]) rmSync(folder, { recursive: true, force: true });
		mkdirSync(results, { recursive: true });
		const tarball = buildAndPack();
		const registry = registryWith(tarball, line);
		gateway = await connectToStandIn({ [registry.host]: registry.handle });
		setup.env = { ...gateway.env, ...registry.env };
		if (packageIs === 'installed') installAsCommunityNode(tarball, setup.userFolder);
		else leadNpm(setup.userFolder, gateway.env);
		model = await startChatModel();
		await importCredentials(setup, [openAiAccount(model)]);
		server = await n8nServer(setup);
		await setUpOwner(server.url);
		browser = await startBrowser();
		page = await openPage(browser, theme);
		await page.context().tracing.start({ screenshots: true, snapshots: true });
	});
	after(async () => {
		if (failed !== undefined && page) {
			await page.context().tracing.stop({ path: join(results, 'trace.zip') });
			console.error(`\n"${failed}" failed. Pictures, n8n's log and a trace are in ${relative(ROOT, results)}.`);
			console.error(`The end of n8n's log:\n${readFileSync(setup.logFile, 'utf8').slice(-2000)}`);
		}
		await browser?.close();
		await server?.stop();
		await gateway?.close();
		await model?.close();
	});

	const picture = async (what: string) => {
		// n8n's notes in the corner, some of which stay, cover what is to be seen.
		await page?.waitForFunction(`{
			document.querySelectorAll('.el-notification__closeBtn').forEach((button) => button.click());
			!document.querySelector('.el-notification');
		}`);
		await page?.screenshot({ path: join(results, `${what}.png`), animations: 'disabled', caret: 'hide' });
	};
	return (what, body) => {
		it(what, async () => {
			if (failed !== undefined) throw new Error(`Not reached, because "${failed}" failed`);
			if (!page || !server || !gateway?.standIn) throw new Error('There is no browser or no n8n');
			try {
				await body({ page, url: server.url, gateway: gateway.standIn.gateway, picture });
			} catch (error) {
				failed = what;
				await picture('failed').catch(() => undefined);
				throw error;
			}
		});
	};
}
