import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser, Page } from 'playwright-core';

import { signIn, startBrowser, type Theme } from '../sandbox/browser.mts';
import { ENRICH_LEADS, importCredentials, importExamples } from '../sandbox/examples.mts';
import { connectToStandIn } from '../sandbox/gateway.mts';
import { installN8n } from '../sandbox/install.mts';
import { n8nServer, type Server, type Setup } from '../sandbox/n8n.mts';
import { setUpOwner } from '../sandbox/owner.mts';
import { buildAndPack, installAsCommunityNode } from '../sandbox/package.mts';
import { openAiAccount, startChatModel } from '../test/stand-in/chatModel.mts';
import { CACHE, ROOT } from './install.mjs';
import { program } from './program.mjs';

const PICTURES = join(ROOT, 'docs');

/** For the eye of who runs this, not for the README. */
const NOT_KEPT = join(CACHE, 'pictures');

/** Makes the README's pictures afresh, of the real editor with the packed node. */
async function takeScreenshots(): Promise<void> {
	const browser = await startBrowser();
	await installN8n('n8n-2');
	const userFolder = join(CACHE, 'screenshots');
	rmSync(userFolder, { recursive: true, force: true });
	installAsCommunityNode(buildAndPack(), userFolder);
	const gateway = await connectToStandIn();
	const model = await startChatModel();
	const logFile = join(CACHE, 'logs', 'screenshots.log');
	const setup: Setup = { line: 'n8n-2', userFolder, logFile, env: gateway.env };
	let server: Server | undefined;
	try {
		await importExamples(setup, gateway.credential);
		await importCredentials(setup, JSON.stringify([openAiAccount(model)]));
		server = await n8nServer(setup);
		await setUpOwner(server.url);
		for (const theme of ['light', 'dark'] as const) await takeAll(browser, server.url, theme);
	} finally {
		await browser.close();
		await server?.stop();
		await gateway.close();
		await model.close();
	}
}

/** The examples beside the first, by the name of their picture, and what shows that they have run. */
const EXAMPLES = [
	{ name: 'keep-pictures', id: 'wawpKeepPictures' },
	{ name: 'big-lists', id: 'wawpBigLists' },
];

async function takeAll(browser: Browser, url: string, theme: Theme): Promise<void> {
	const page = await signIn(browser, url, theme);
	try {
		await execute(page, `${url}/workflow/${ENRICH_LEADS}`);
		await take(page, PICTURES, `workflow-${theme}`);

		await page.locator('[data-node-name="Get profile picture"]').first().dblclick();
		await page.getByText('Error Branch').click();
		await take(page, PICTURES, `node-${theme}`);

		for (const { name, id } of EXAMPLES) {
			await execute(page, `${url}/workflow/${id}`);
			await take(page, PICTURES, `${name}-${theme}`);
		}
		await page.goto(`${url}/workflow/wawpAiAgent`);
		await page.getByTestId('workflow-chat-button').click();
		await page.getByTestId('canvas-chat').getByRole('textbox').fill('Show me the picture of +1 (555) 123-4567, please');
		await page.keyboard.press('Enter');
		await page.getByText('The tool says').first().waitFor();
		await page.getByText('Workflow executed').waitFor({ state: 'hidden' });
		await page.getByTestId('workflow-chat-button').click();
		await page.getByTestId('zoom-to-fit').click();
		// Else the button that opens the chat hides a name.
		await page.getByTestId('zoom-out-button').click();
		await take(page, PICTURES, `ai-agent-${theme}`);

		await page.goto(`${url}/workflow/new`);
		for (const words of ['wawp', 'whatsapp', 'profile picture']) await dropNode(page, words, theme);
	} catch (error) {
		await take(page, NOT_KEPT, `failed-${theme}`);
		throw error;
	}
}

/** Executes a workflow as its button does, and waits until it has ended. */
async function execute(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText('Workflow executed').waitFor({ timeout: 60_000 });
	await page.getByText('Workflow executed').waitFor({ state: 'hidden' });
}

/** Finds the node by some words, and drops it on the empty canvas. */
async function dropNode(page: Page, words: string, theme: Theme): Promise<void> {
	const found = `${words.replace(' ', '-')}-${theme}`;
	await page.getByTestId('node-creator-plus-button').click();
	await page.getByTestId('node-creator-search-bar').fill(words);
	await take(page, NOT_KEPT, `search-${found}`);
	await page.getByText('Wawp', { exact: true }).first().click();
	await page.getByText('Get profile picture', { exact: true }).last().click();
	await page.getByTestId('ndv-close-button').click();
	await take(page, NOT_KEPT, `dropped-${found}`);
}

async function take(page: Page, folder: string, name: string): Promise<void> {
	// Lets the editor's animations end.
	await page.waitForTimeout(1000);
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name}.png`);
	await page.screenshot({ path });
	console.log(relative(ROOT, path));
}

await program(takeScreenshots);
