/**
 * The pictures of a run that came without an ID to hold against the contact's. Where one URL comes for two contacts, some
 * cache mixes its answers up, and nobody can say whose the picture is.
 */
export class UnnamedPictures {
	private readonly contactOf = new Map<string, string>();

	private readonly shared = new Set<string>();

	/** Takes note of a picture. */
	add(url: string, contactId: string): void {
		const other = this.contactOf.get(url) ?? contactId;
		this.contactOf.set(url, other);
		if (other !== contactId) this.shared.add(url);
	}

	/** Whether the picture came for several contacts. */
	isShared(url: string): boolean {
		return this.shared.has(url);
	}
}
