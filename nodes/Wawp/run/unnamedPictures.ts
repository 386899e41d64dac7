import type { Outcome } from '../gateway/outcome';

type Picture = Extract<Outcome, { kind: 'picture' }>;

/**
 * The pictures of a run that came without an ID to hold against the contact's. Where the URL of one came for another contact
 * as well, with an ID or without, some cache mixes its answers up, and nobody can say whose the picture is.
 */
export class UnnamedPictures {
	private readonly unnamed = new WeakSet<Picture>();

	/** Of each URL, the IDs that it came for and with: a `@lid` can be that of a phone number. */
	private readonly idsOf = new Map<string, string[]>();

	private readonly shared = new Set<string>();

	/** Takes note of a picture of any contact. */
	add(picture: Picture, contactId: string, isUnnamed: boolean): void {
		if (isUnnamed) this.unnamed.add(picture);
		const ids = this.idsOf.get(picture.url) ?? [contactId, picture.id];
		this.idsOf.set(picture.url, ids);
		if (!ids.includes(contactId) && !ids.includes(picture.id)) this.shared.add(picture.url);
	}

	/** Whether the picture may be that of another contact. */
	isDoubtful(picture: Picture): boolean {
		return this.unnamed.has(picture) && this.shared.has(picture.url);
	}
}
