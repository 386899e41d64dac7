import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page, selectors } from 'playwright-core';

import { Stop } from '../../scripts/install.mjs';
import { OWNER } from '../../sandbox/owner.mts';

// As n8n names it.
selectors.setTestIdAttribute('data-test-id');

/** The themes of n8n's editor. */
export const THEMES = ['light', 'dark'] as const;

/** One of them. */
export type Theme = (typeof THEMES)[number];

/** Long, for a machine that does much else. */
const PATIENCE_MS = 60_000;

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
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			// The editor would ask some of n8n's machines.
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
		],
	});
}

/** Opens an empty page, for an editor in this theme. Two dots to a pixel make its pictures sharp. */
export async function openPage(browser: Browser, theme: Theme): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1360, height: 760 }, deviceScaleFactor: 2 });
	await context.addInitScript(`localStorage.setItem('N8N_THEME', '${theme}')`);
	context.setDefaultTimeout(PATIENCE_MS);
	return await context.newPage();
}

/** Signs in to n8n's editor as the sandbox's owner does. */
export async function signIn(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/signin`);
	// In n8n 1 the labels do not belong to the fields.
	await page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
	await page.locator('input[name=password]').fill(OWNER.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}
