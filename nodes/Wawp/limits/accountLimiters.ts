import { AccountLimiter, type RunLimiter, type RunSettings } from './accountLimiter';
import type { Clock } from './clock';

/** A pause can last for weeks, which is more than a timer takes. In milliseconds. */
const LONGEST_SLEEP_MS = 60 * 60 * 1000;

/**
 * The limiters of all accounts that are in use, or that a pace or pause is left of. n8n loads the node once for each process,
 * so all executions of the process share one object of this class. Other processes (n8n's workers) have their own.
 */
export class AccountLimiters {
	private readonly accounts = new Map<string, AccountLimiter>();

	/** Those that are to be forgotten when it is time. */
	private readonly idle = new Set<AccountLimiter>();

	constructor(private readonly clock: Clock) {}

	/** How many accounts are remembered. */
	get size(): number {
		return this.accounts.size;
	}

	/**
	 * Takes part in an account's limits.
	 *
	 * @param ended fires when nothing of this run may start any more
	 */
	join(accountId: string, settings: RunSettings, ended: AbortSignal): RunLimiter {
		const account = this.accounts.get(accountId) ?? new AccountLimiter(this.clock);
		this.accounts.set(accountId, account);
		return account.join(settings, ended, () => void this.forgetInTime(accountId, account));
	}

	/** At most one sleep for each account, and only where a pace or pause is left of it. */
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
