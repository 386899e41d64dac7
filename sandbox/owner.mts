/** Who signs in to the sandbox's editor. It listens on loopback only, so the password is no secret. */
export const OWNER = {
	email: 'me@example.com',
	password: 'Sandbox-1',
	firstName: 'Sandbox',
	lastName: 'Owner',
};

/**
 * Makes the sandbox's user, unless there is one.
 *
 * @param url of the server
 * @throws where n8n refuses for another reason
 */
export async function setUpOwner(url: string): Promise<void> {
	const response = await fetch(`${url}/rest/owner/setup`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(OWNER),
	});
	// n8n answers 400 if there is an owner already.
	if (!response.ok && response.status !== 400) {
		throw new Error(`n8n did not take the owner: ${response.status} ${await response.text()}`);
	}
}
