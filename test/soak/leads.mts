import type { IDataObject } from 'n8n-workflow';

const FIRST_NUMBER = 4_915_100_000_000;

/** A lead of a soak. */
export interface Lead extends IDataObject {
	index: number;
	phone: string;
}

/** What stands in a lead that names no contact. */
const NO_NUMBER = 'ask the front desk';

/**
 * A list as it comes from a CRM: every tenth contact stands in it twice, and every twentieth line is none.
 *
 * @param execution which one, from 0: each has contacts of its own
 * @param contacts distinct ones
 */
export function leadsOf(execution: number, contacts: number): Lead[] {
	const leads: Lead[] = [];
	const add = (phone: string) => leads.push({ index: leads.length, phone });
	for (let contact = 0; contact < contacts; contact += 1) {
		const number = FIRST_NUMBER + execution * contacts + contact;
		add(String(number));
		if (contact % 10 === 9) add(`+${number - 5}`);
		if (contact % 20 === 19) add(NO_NUMBER);
	}
	return leads;
}

/** The ID that a lead's contact is asked for by, or `undefined` where it names none. */
export function contactIdOf({ phone }: Lead): string | undefined {
	return phone === NO_NUMBER ? undefined : `${phone.replace('+', '')}@c.us`;
}
