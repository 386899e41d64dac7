import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page, selectors } from 'playwright-core';

import { Stop } from '../scripts/install.mjs';
import { OWNER } from './owner.mts';

// As n8n names it.
selectors.setTestIdAttribute('data-test-id');

/** The theme of n8n's editor. */
export type Theme = 'light' | 'dark';

/**
 * Starts Debian's Chromium, or the one that CHROMIUM names, without a window.
 *
 * @throws {Stop} where there is none
 */
export async function startBrowser(): Promise<Browser> {
	const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
	if (!existsSync(executablePath)) {
		throw new Stop(`There is no Chromium at ${executablePath}. Install the package "chromium", or set CHROMIUM.`);
	}
	return await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
	});
}

/** Opens n8n's editor in a new page, and signs in as the sandbox's owner does. */
export async function signIn(browser: Browser, url: string, theme: Theme): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1360, height: 760 }, deviceScaleFactor: 2 });
	await context.addInitScript(`localStorage.setItem('N8N_THEME', '${theme}')`);
	const page = await context.newPage();
	await page.goto(`${url}/signin`);
	await page.getByLabel('Email').fill(OWNER.email);
	await page.getByLabel('Password').fill(OWNER.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	return page;
}
