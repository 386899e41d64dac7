/** So many contacts that are all unknown speak for an endpoint that is not there. */
const ENOUGH = 20;

/** What the answers of a run show of the endpoint that gives them: whether a 404 of it can be about a contact at all. */
export class Endpoint {
	private isThere = false;

	private knowsPictures = false;

	private hasNoSession = false;

	/** To be told of each picture, and of each answer that there is none. */
	answered(statusCode: number): void {
		this.knowsPictures = true;
		if (statusCode < 300) this.isThere = true;
	}

	/** To be told where there is nothing that tells of the session, which holds though nobody can be asked any more. */
	lacksSession(): void {
		this.hasNoSession = true;
	}

	/** Whether nothing of the gateway has been seen, so that what answers may be something else. */
	get isUnknown(): boolean {
		return this.hasNoSession && !this.knowsPictures;
	}

	/** Whether so many 404s that say nothing are about the endpoint, and not about that many contacts. */
	isMissing(bare404s: number): boolean {
		return !this.isThere && bare404s >= ENOUGH;
	}
}
