import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { Locator } from 'playwright-core';

import { ROOT } from '../../scripts/install.mjs';
import { signIn, type Theme } from './browser.mts';
import { ACCESS_TOKEN, GOOD_CREDENTIAL, REFUSED_CREDENTIAL } from '../stand-in/credentials.mts';
import {
	connectNodes,
	deselect,
	dropAction,
	executeWorkflow,
	importWorkflow,
	outputsOf,
	pasteNodes,
	searchNodes,
	seeItems,
} from './canvas.mts';
import { closeCredential, fieldOf, newCredential, saveCredential } from './credentialDialog.mts';
import { beforeTheFirstRun, ENRICHED_LEADS, example, leadsOnly, snippetOfTheReadme } from './workflowFiles.mts';
import {
	addOption,
	choiceOf,
	chooseByTyping,
	closeNode,
	dragField,
	executePreviousNodes,
	executeStep,
	openNode,
	optionsToAdd,
	outputOf,
	setOnError,
	showOutputAs,
} from './nodePanel.mts';
import { withPage } from './withPage.mts';

const NODE = 'Get profile picture';

const CODEX = JSON.parse(readFileSync(join(ROOT, 'nodes/Wawp/Wawp.node.json'), 'utf8')) as {
	resources: { primaryDocumentation: Array<{ url: string }> };
};

/** The tests of what a person sees and touches in n8n's editor, in one theme: the way that the README leads them. */
export function describeTheEditor(theme: Theme): void {
	describe(`n8n's editor, ${theme}`, () => {
		const step = withPage({ name: `editor-${theme}`, theme });

		step('lets its owner in, in this theme', async ({ page, url }) => {
			await signIn(page, url);
			const [scheme] = await page.locator('body').evaluateAll((bodies) => bodies.map((body) => body.dataset.theme));
			assert.equal(scheme, theme);
		});

		describe('the credential', () => {
			step('asks for two values, and hides the access token', async ({ page, url, picture }) => {
				await newCredential(page, url, 'Wawp API');
				assert.equal(await fieldOf(page, 'instance_id').getAttribute('type'), 'text');
				assert.equal(await fieldOf(page, 'access_token').getAttribute('type'), 'password');
				await picture('credential-new');
			});

			step('says what to check where the token is wrong', async ({ page, picture }) => {
				await saveCredential(
					page,
					REFUSED_CREDENTIAL,
					"Wawp did not confirm the credential. Check 'Instance ID' and 'Access Token'; if both are right, test again in a minute.",
				);
				assert.ok(!(await page.locator('body').innerText()).includes(REFUSED_CREDENTIAL.access_token));
				await picture('credential-wrong-token');
			});

			step('tells a session that is not connected from a wrong token', async ({ page, picture }) => {
				await saveCredential(
					page,
					{ ...GOOD_CREDENTIAL, instance_id: 'instance-unpaired' },
					'The access token is good, but the WhatsApp session waits for its QR code to be scanned: scan it in the Wawp dashboard.',
				);
				await picture('credential-disconnected');
			});

			step('is confirmed where both values are right', async ({ page, picture }) => {
				await saveCredential(page, GOOD_CREDENTIAL, 'Connection tested successfully');
				await picture('credential');
				await closeCredential(page);
			});

			step('does not show the access token to whoever opens it again', async ({ page }) => {
				await page.reload();
				await page.getByTestId('resources-list-item').filter({ hasText: 'Wawp account' }).click();
				assert.equal(await fieldOf(page, 'instance_id').inputValue(), GOOD_CREDENTIAL.instance_id);
				assert.notEqual(await fieldOf(page, 'access_token').inputValue(), ACCESS_TOKEN);
				assert.ok(!(await page.content()).includes(ACCESS_TOKEN));
				await closeCredential(page);
			});
		});

		describe('the node', () => {
			step('is found by its name, by the service and by what it gets', async ({ page, url, picture }) => {
				await importWorkflow(page, url, leadsOnly());
				for (const words of ['wawp', 'whatsapp', 'profile picture']) {
					await searchNodes(page, words);
					const found = page.getByTestId('node-creator-item-name').getByText('Wawp', { exact: true });
					await found.waitFor();
					await picture(`search-${words.replace(' ', '-')}`);
				}
			});

			step('is dropped on the canvas, named after what it does', async ({ page, picture }) => {
				await dropAction(page, 'Wawp', NODE);
				await page.getByTestId('ndv').waitFor();
				await page.getByText('Wawp advises against using profile pictures to verify who somebody is').waitFor();
				await picture('node-new');
				const docs = await page.getByTestId('ndv').getByRole('link', { name: 'Docs' }).getAttribute('href');
				// n8n puts a query behind it, which would break a link to a heading.
				const { primaryDocumentation } = CODEX.resources;
				assert.equal(docs?.split('?')[0], primaryDocumentation[0]?.url);
				await closeNode(page);
				assert.deepEqual(await outputsOf(page, NODE), ['']);
			});

			step('is connected by dragging a line to it', async ({ page, picture }) => {
				await page.getByTestId('zoom-to-fit').click();
				const lines = await page.getByTestId('edge').count();
				await connectNodes(page, 'One item per lead', NODE);
				await page.getByTestId('edge').nth(lines).waitFor({ state: 'attached' });
				await page.getByTestId('tidy-up-button').click();
				await deselect(page);
				await page.getByTestId('zoom-to-fit').click();
				await picture('connected');
			});

			step('has chosen the credential, for there is one', async ({ page }) => {
				await openNode(page, NODE);
				assert.equal(await page.getByTestId('node-credentials-select').locator('input').inputValue(), 'Wawp account');
			});

			step(
				"takes a field of the input that is dragged onto Contact ID, and shows the first item's",
				async ({ page }) => {
					await executePreviousNodes(page);
					await dragField(page, 'phone', 'contactId');
					const field = page.getByTestId('parameter-input-contactId');
					await field.getByText('{{ $json.phone }}').waitFor();
					const preview = page.getByTestId('parameter-expression-preview-contactId');
					await preview.getByText('+44 20 7946 0958').waitFor();
				},
			);

			step('stops at the first failure, names its item, and says what to do', async ({ page, picture }) => {
				await executeStep(page);
				assert.equal(
					await page.getByTestId('node-error-message').innerText(),
					'"ask the front desk" is neither a phone number nor a WhatsApp ID [item 4]',
				);
				assert.equal(
					await page.getByTestId('node-error-description').innerText(),
					'Use a phone number with its country code, such as +1 555 123 4567, or a WhatsApp ID, such as 15551234567@c.us',
				);
				await picture('failed-item');
			});

			step('gets a second connector from On Error', async ({ page, picture }) => {
				await setOnError(page, 'Continue (using error output)');
				await closeNode(page);
				assert.deepEqual(await outputsOf(page, NODE), ['Success', 'Error']);
				await picture('error-output');
			});

			step('gives id and url on the success branch', async ({ page, picture }) => {
				await openNode(page, NODE);
				await executeStep(page);
				await outputOf(page).getByText('Success Branch (6 items)').waitFor();
				await showOutputAs(page, 'table');
				const [head, ...rows] = await cellsOf(outputOf(page).getByRole('row'));
				assert.deepEqual(head, ['id', 'url']);
				assert.deepEqual(
					rows.map(([id, url]) => [id, url === 'null' ? url : new URL(url ?? '').host]),
					[
						['442079460958@c.us', 'pps.whatsapp.net'],
						['15551234567@c.us', 'pps.whatsapp.net'],
						['61491570156@c.us', 'pps.whatsapp.net'],
						['15558004010@c.us', 'null'],
						['4915228817386@c.us', 'pps.whatsapp.net'],
						['15551234567@c.us', 'pps.whatsapp.net'],
					],
				);
				await picture('success-branch');
			});

			step('sums the run up in one line, and warns in another', async ({ page }) => {
				const hints = await outputOf(page).getByTestId('node-hint').allInnerTexts();
				const said = hints.map((hint) => hint.trim());
				assert.equal(said.length, 2, said.join('\n'));
				assert.match(
					said[0] ?? '',
					/^9 items: 5 with a picture, 1 without .*, 2 to try again later, 1 to fix by hand\./,
				);
				assert.match(said[0] ?? '', /Items that share the lookup of an earlier one: 1\./);
				assert.match(said[1] ?? '', /^1 of 9 items failed because Wawp asked for a pause\./);
			});

			step("gives the lead's fields, the reason and what to do on the error branch", async ({ page, picture }) => {
				await outputOf(page).getByText('Error Branch (3 items)').click();
				const [head, ...rows] = await cellsOf(outputOf(page).getByRole('row'));
				assert.deepEqual(head, ['name', 'company', 'phone', 'error']);
				const [eli, fay, gus] = rows;
				assert.deepEqual(eli?.slice(0, 3), ['Eli', 'Typing error', 'ask the front desk']);
				assert.match(eli?.[3] ?? '', /is neither a phone number nor a WhatsApp ID/);
				assert.match(eli?.[3] ?? '', /Use a phone number with its country code/);
				assert.match(fay?.[3] ?? '', /reason:rate-limited\s+statusCode:429\s+retryable:true\s+attempts:4/);
				assert.match(gus?.[3] ?? '', /reason:temporarily-unavailable/);
				await showOutputAs(page, 'json');
				await picture('node');
			});
		});

		describe('the options', () => {
			step('are listed in the order that a person expects, what depends on another one not yet', async ({ page }) => {
				assert.deepEqual(await optionsToAdd(page), [
					'Default Country',
					'Download Picture',
					'If There Is No Picture',
					'Include Expiry',
					'Include Input Fields',
					'Max Concurrent Requests',
					'Max Retries',
					'Requests per Minute',
					'Timeout',
				]);
			});

			step('find a country by the letters that are typed of its name', async ({ page }) => {
				await addOption(page, 'Default Country');
				await chooseByTyping(page, 'defaultCountry', 'germ');
				assert.equal(await choiceOf(page, 'defaultCountry'), 'Germany (+49)');
			});

			step('show what depends on another one once that is set', async ({ page }) => {
				await addOption(page, 'Download Picture');
				assert.ok(!(await optionsToAdd(page)).includes('Put Output File in Field'));
				await page.getByTestId('parameter-input-downloadPicture').click();
				assert.ok((await optionsToAdd(page)).includes('Put Output File in Field'));

				await addOption(page, 'If There Is No Picture');
				assert.ok(!(await optionsToAdd(page)).includes('Fallback URL'));
				await page.getByTestId('parameter-input-noPicture').click();
				await page.getByRole('option', { name: 'Output a Fallback URL' }).click();
				assert.ok((await optionsToAdd(page)).includes('Fallback URL'));
				await addOption(page, 'Fallback URL');
				await page
					.getByTestId('parameter-input-fallbackUrl')
					.getByTestId('parameter-input-field')
					.fill('https://ui-avatars.com/api/?name={{ $json.name }}');
			});

			step('do what they say: the picture itself, and a fallback for each lead', async ({ page, picture }) => {
				await outputOf(page).getByText('Success Branch').click();
				await executeStep(page);
				await outputOf(page).getByTestId('radio-button-binary').waitFor();
				await showOutputAs(page, 'binary');
				await outputOf(page).getByText('442079460958.jpg').waitFor();
				await outputOf(page).getByText('image/jpeg').first().waitFor();
				await picture('binary');
				await showOutputAs(page, 'table');
				await outputOf(page).getByText('https://ui-avatars.com/api/?name=Dara').waitFor();
				await closeNode(page);
			});
		});

		describe('a workflow that nobody has run yet', () => {
			step("has the README's node, error output and all, where that is pasted", async ({ page, url }) => {
				await page.goto(`${url}/workflow/new`);
				await page.getByTestId('canvas-add-button').waitFor();
				await pasteNodes(page, snippetOfTheReadme());
				assert.deepEqual(await outputsOf(page, NODE), ['Success', 'Error']);
			});

			step('has the fields of the node for dragging', async ({ page, url, picture }) => {
				await importWorkflow(page, url, beforeTheFirstRun());
				await openNode(page, 'Hash');
				await dragField(page, 'url', 'value');
				await page
					.getByTestId('parameter-input-value')
					.getByText(/\{\{.*json\.url \}\}/)
					.waitFor();
				await picture('fields-before-run');
				await closeNode(page);
			});
		});

		describe('the examples', () => {
			const imports = (what: string, file: string, counts: Record<string, number>) => {
				step(`${what}: imported with its menu, executed, counted`, async ({ page, url, gateway, picture }) => {
					gateway.reset();
					await importWorkflow(page, url, example(file));
					await page.getByText('Credentials auto-added').waitFor();
					await executeWorkflow(page);
					for (const [name, count] of Object.entries(counts)) await seeItems(page, name, count);
					await picture(file === 'enrich-leads' ? 'workflow' : file);
				});
			};
			imports('enrich leads', 'enrich-leads', ENRICHED_LEADS);
			imports('keep the pictures', 'keep-pictures', { 'Write the file': 4, 'No visible picture': 1, Failures: 1 });
			imports('big lists', 'big-lists', { 'Looked up': 6, 'Get profile picture again': 2, Failures: 2 });

			step('AI agent: answers in the chat with the URL', async ({ page, url, picture }) => {
				await importWorkflow(page, url, example('ai-agent'));
				await page.getByTestId('workflow-chat-button').click();
				const chat = page.getByTestId('canvas-chat');
				await chat.getByRole('textbox').fill('Show me the picture of +1 (555) 123-4567, please');
				await page.keyboard.press('Enter');
				await chat.getByText(/The tool says: .*15551234567@c\.us.*https:\/\/pps\.whatsapp\.net/).waitFor();
				await page.getByTestId('workflow-chat-button').click();
				await page.getByTestId('zoom-to-fit').click();
				// Else the button that opens the chat hides a name.
				await page.getByTestId('zoom-out-button').click();
				await picture('ai-agent');
			});
		});
	});
}

/** The texts of a table's cells, row by row. */
async function cellsOf(rows: Locator): Promise<string[][]> {
	return await Promise.all(
		(await rows.all()).map(async (row) => {
			const texts = await row.getByRole('cell').or(row.getByRole('columnheader')).allInnerTexts();
			// n8n's tables have a column more, without a name.
			return texts.map((text) => text.trim()).slice(0, -1);
		}),
	);
}
