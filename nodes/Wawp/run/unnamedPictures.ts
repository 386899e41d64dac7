import type { Outcome } from '../gateway/outcome';

type Picture = Extract<Outcome, { kind: 'picture' }>;

/**
 * The pictures of a run that came without an ID to hold against the contact's. Where the URL of one came for another contact
 * as well, with an ID or without, some cache mixes its answers up, and nobody can say whose the picture is.
 */
export class UnnamedPictures {
	private readonly unnamed = new WeakSet<Picture>();

	private readonly contactOf = new Map<string, string>();

	private readonly shared = new Set<string>();

	/** Takes note of a picture of any contact. */
	add(picture: Picture, contactId: string, isUnnamed: boolean): void {
		if (isUnnamed) this.unnamed.add(picture);
		const other = this.contactOf.get(picture.url) ?? contactId;
		this.contactOf.set(picture.url, other);
		if (other !== contactId) this.shared.add(picture.url);
	}

	/** Whether the picture may be that of another contact. */
	isDoubtful(picture: Picture): boolean {
		return this.unnamed.has(picture) && this.shared.has(picture.url);
	}
}
