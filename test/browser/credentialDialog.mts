import type { Locator, Page } from 'playwright-core';

/** What a user enters in the credential's dialog. */
export interface Entered {
	instance_id: string;
	access_token: string;
}

/** Opens the dialog for a new credential of this type, from n8n's list of credentials. */
export async function newCredential(page: Page, url: string, type: string): Promise<void> {
	await page.goto(`${url}/home/credentials`);
	await page.getByTestId('add-resource-credential').click();
	await page.getByTestId('new-credential-type-select').click();
	await page.keyboard.type(type);
	await page.getByTestId('new-credential-type-select-option').filter({ hasText: type }).click();
	await page.getByTestId('new-credential-type-button').click();
	await fieldOf(page, 'instance_id').waitFor();
}

/** The input of one of the credential's fields. */
export function fieldOf(page: Page, name: keyof Entered): Locator {
	return page.getByTestId(`parameter-input-${name}`).locator('input');
}

/**
 * Saves the credential, upon which n8n tests it.
 *
 * @param says what the dialog has to say then, with its details
 */
export async function saveCredential(page: Page, { instance_id, access_token }: Entered, says: string): Promise<void> {
	await fieldOf(page, 'instance_id').fill(instance_id);
	await fieldOf(page, 'access_token').fill(access_token);
	const tested = page.waitForResponse(/\/rest\/credentials\/test$/);
	await page.getByTestId('credential-save-button').click();
	await tested;
	const dialog = page.getByTestId('node-credentials-config-container');
	// n8n folds the details up, until somebody has asked for them.
	const details = dialog.getByText('More details');
	const said = dialog.getByText(says);
	await details.or(said).filter({ visible: true }).first().waitFor();
	if (await details.isVisible()) await details.click();
	await said.waitFor();
}

/** Closes the dialog. */
export async function closeCredential(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Close this dialog' }).click();
}
