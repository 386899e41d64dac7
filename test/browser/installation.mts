import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Page } from 'playwright-core';

import { signIn } from './browser.mts';
import type { Line } from '../../sandbox/install.mts';
import { GOOD_CREDENTIAL } from '../stand-in/credentials.mts';
import { executeWorkflow, importWorkflow, searchNodes, seeItems } from './canvas.mts';
import { newCredential, saveCredential } from './credentialDialog.mts';
import { ENRICHED_LEADS, example, leadsOnly } from './workflowFiles.mts';
import { chooseCredential, closeNode, openNode } from './nodePanel.mts';
import { withPage } from './withPage.mts';

/** The tests of the installation with n8n's own installer, in its settings, as the README tells it. */
export function describeTheInstallation(line: Line): void {
	describe(`the settings of ${line}`, () => {
		const step = withPage({ name: `installation-${line}`, theme: 'light', line, packageIs: 'published' });

		const card = (page: Page) => page.getByTestId('community-package-card').filter({ hasText: 'n8n-nodes-wawp' });

		step('have no community node at first', async ({ page, url }) => {
			await signIn(page, url);
			await page.goto(`${url}/settings/community-nodes`);
			await page.getByRole('button', { name: 'Install a community node' }).waitFor();
			assert.equal(await card(page).count(), 0);
		});

		step('install the package by its name', async ({ page, picture }) => {
			await page.getByRole('button', { name: 'Install a community node' }).click();
			await page.getByTestId('package-name-input').fill('n8n-nodes-wawp');
			await page.getByTestId('user-agreement-checkbox').click();
			await picture('install');
			await page.getByTestId('install-community-package-button').click();
			await card(page).waitFor();
			await page.getByTestId('communityPackageInstall-modal').waitFor({ state: 'hidden' });
			assert.match(await card(page).innerText(), /1 node:\s+Wawp/);
			await picture('installed');
		});

		step('have it in n8n at once, which gets pictures with it', async ({ page, url, gateway, picture }) => {
			await newCredential(page, url, 'Wawp API');
			await saveCredential(page, GOOD_CREDENTIAL, 'Connection tested successfully');
			await importWorkflow(page, url, example('enrich-leads'));
			// n8n 1 does not choose one by its name, as n8n 2 does.
			await openNode(page, 'Get profile picture');
			await chooseCredential(page, 'Wawp account');
			await closeNode(page);
			await executeWorkflow(page);
			for (const [name, count] of Object.entries(ENRICHED_LEADS)) await seeItems(page, name, count);
			// Two of the 15 leads have no number to ask for, and two have the same one.
			assert.equal(Object.keys(gateway.counts.perContact).length, 12);
			await picture('workflow');
		});

		step('take it away again', async ({ page, url, picture }) => {
			await page.goto(`${url}/settings/community-nodes`);
			await card(page).getByTestId('action-toggle').click();
			await page.getByTestId('action-uninstall').click();
			await page.getByRole('button', { name: 'Confirm uninstall' }).click();
			await page.getByText('Package uninstalled').waitFor();
			assert.equal(await card(page).count(), 0);
			await picture('uninstalled');
			// In an empty workflow n8n would look for what starts one.
			await importWorkflow(page, url, leadsOnly());
			await searchNodes(page, 'wawp');
			// n8n 2, or n8n 1.
			await page.getByText(/No results for "wawp"|We didn't make that... yet/).waitFor();
		});
	});
}
