/** Adds up the time in which something was held back. */
export class BlockedTime {
	private before = 0;

	private from = 0;

	private until = 0;

	/** From now on it is held back until a moment, and no longer: what was said before no longer counts. */
	block(now: number, until: number): void {
		this.before = this.total(now);
		this.from = now;
		this.until = until;
	}

	/** How long it was held back so far, in milliseconds. */
	total(now: number): number {
		return this.before + Math.max(0, Math.min(now, this.until) - this.from);
	}
}
