import { readContactId } from '../../nodes/Wawp/contactId/readContactId';
import { Stop } from '../install.mjs';
import { type Credential, MOST_CONTACTS } from './plan.mts';

/** What the environment says. */
export interface Settings {
	credential: Credential;
	/** Canonical, without doubles. */
	contactIds: string[];
}

/**
 * Reads WAWP_INSTANCE_ID, WAWP_ACCESS_TOKEN and WAWP_CONTACTS (IDs or numbers, with commas between them).
 *
 * @throws {Stop} that says which is missing or wrong
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
	const instance_id = required(environment, 'WAWP_INSTANCE_ID');
	const access_token = required(environment, 'WAWP_ACCESS_TOKEN');
	const contacts = required(environment, 'WAWP_CONTACTS').split(/[,;\n]/);
	const contactIds = [...new Set(contacts.filter((contact) => contact.trim() !== '').map(canonical))];
	if (contactIds.length === 0 || contactIds.length > MOST_CONTACTS) {
		throw new Stop(`WAWP_CONTACTS names ${contactIds.length} contacts, and should name one to ${MOST_CONTACTS}`);
	}
	return { credential: { instance_id, access_token }, contactIds };
}

function required(environment: NodeJS.ProcessEnv, name: string): string {
	const value = environment[name]?.trim() ?? '';
	if (value === '') throw new Stop(`${name} is not set; docs/contract.md says what this command needs`);
	return value;
}

function canonical(contact: string): string {
	const read = readContactId(contact);
	if (!read.ok) throw new Stop(`WAWP_CONTACTS: ${read.message}`);
	return read.id;
}
