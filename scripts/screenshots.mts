import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

import { signIn, startBrowser, type Theme } from '../sandbox/browser.mts';
import { importExample, WORKFLOW_ID } from '../sandbox/example.mts';
import { connect } from '../sandbox/gateway.mts';
import { installN8n } from '../sandbox/install.mts';
import { n8nServer, type Setup } from '../sandbox/n8n.mts';
import { setUpOwner } from '../sandbox/owner.mts';
import { buildAndPack, installAsCommunityNode } from '../sandbox/package.mts';
import { CACHE, ROOT, Stop } from './install.mjs';

const PICTURES = join(ROOT, 'docs');

/** Makes the README's pictures afresh, of the real editor with the packed node. */
async function takeScreenshots(): Promise<void> {
	await installN8n('n8n-2');
	const userFolder = join(CACHE, 'screenshots');
	rmSync(userFolder, { recursive: true, force: true });
	installAsCommunityNode(buildAndPack(), userFolder);
	const gateway = await connect();
	const logFile = join(CACHE, 'logs', 'screenshots.log');
	const setup: Setup = { line: 'n8n-2', userFolder, logFile, env: gateway.env };
	await importExample(setup, gateway.credential);
	const server = await n8nServer(setup);
	const browser = await startBrowser();
	try {
		await setUpOwner(server.url);
		mkdirSync(PICTURES, { recursive: true });
		for (const theme of ['light', 'dark'] as const) await takeAll(browser, server.url, theme);
	} finally {
		await browser.close();
		await server.stop();
		await gateway.close();
	}
}

async function takeAll(browser: Browser, url: string, theme: Theme): Promise<void> {
	const page = await signIn(browser, url, theme);
	try {
		await page.goto(`${url}/workflow/${WORKFLOW_ID}`);
		await page.getByRole('button', { name: 'Execute workflow' }).last().click();
		await page.getByText('Workflow executed successfully').waitFor();
		await page.getByTestId('zoom-to-fit').click();
		await take(page, `workflow-${theme}`);

		await page.getByTestId('canvas-node').filter({ hasText: 'Get profile picture' }).dblclick();
		await page.getByText('Contact ID', { exact: true }).waitFor();
		await take(page, `node-${theme}`);
		await page.keyboard.press('Escape');

		for (const words of ['wawp', 'whatsapp', 'profile picture']) {
			await page.getByTestId('node-creator-plus-button').click();
			await page.getByTestId('node-creator-search-bar').fill(words);
			await page.getByTestId('node-creator-item-name').filter({ hasText: 'Wawp' }).first().waitFor();
			await take(page, `search-${words.replace(' ', '-')}-${theme}`);
			await page.keyboard.press('Escape');
		}
	} catch (error) {
		await take(page, `failed-${theme}`);
		throw error;
	}
}

async function take(page: Page, name: string): Promise<void> {
	// Lets the editor's animations end, and its messages fade.
	await page.waitForTimeout(1500);
	await page.screenshot({ path: join(PICTURES, `${name}.png`) });
	console.log(`docs/${name}.png`);
}

try {
	await takeScreenshots();
} catch (error) {
	if (!(error instanceof Stop)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
