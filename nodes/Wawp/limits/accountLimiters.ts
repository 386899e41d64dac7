import { AccountLimiter, type RunLimiter, type RunSettings } from './accountLimiter';
import type { Clock } from './clock';

/** In milliseconds. A pause can last for weeks, longer than a timer can. */
const LONGEST_SLEEP_MS = 60 * 60 * 1000;

/**
 * The limiters of all accounts, by Instance ID, that are in use or still have a pace or pause. All executions of a process
 * share one object, in operation/getProfilePicture.ts. Other processes (n8n's workers) have their own.
 */
export class AccountLimiters {
	private readonly accounts = new Map<string, AccountLimiter>();

	private readonly idle = new Set<AccountLimiter>();

	constructor(private readonly clock: Clock) {}

	get size(): number {
		return this.accounts.size;
	}

	/** @param ended fires when no request of this run may start any more */
	join(accountId: string, settings: RunSettings, ended: AbortSignal): RunLimiter {
		const account = this.accounts.get(accountId) ?? new AccountLimiter(this.clock);
		this.accounts.set(accountId, account);
		return account.join(settings, ended, () => void this.forgetInTime(accountId, account));
	}

	/** At most one sleep for each account, and only if it still has a pace or pause. */
	private async forgetInTime(accountId: string, account: AccountLimiter): Promise<void> {
		if (this.idle.has(account)) return;
		this.idle.add(account);
		for (;;) {
			const wait = account.rememberedUntil - this.clock.now();
			if (account.isInUse || wait <= 0) break;
			await this.clock.sleepInBackground(Math.min(wait, LONGEST_SLEEP_MS));
		}
		this.idle.delete(account);
		if (!account.isInUse) this.accounts.delete(accountId);
	}
}
