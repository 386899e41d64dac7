import type { Clock } from './clock';
import { InstanceLimiter } from './instanceLimiter';
import type { RunSettings } from './lowestLimits';
import { RunLimiter } from './runLimiter';

/** A pause can last for weeks, which is more than a timer takes. In milliseconds. */
const LONGEST_SLEEP_MS = 60 * 60 * 1000;

/**
 * The limiters of all instances that are asked for something, or that a pace or pause is left of.
 *
 * n8n loads the node once for each process, so one object of this class, made when the node is loaded, is what all executions
 * of the process share. Other processes (n8n's workers) have their own.
 */
export class InstanceLimiters {
	private readonly limiters = new Map<string, InstanceLimiter>();

	/** Those that are to be forgotten when it is time. */
	private readonly idle = new Set<InstanceLimiter>();

	constructor(private readonly clock: Clock) {}

	/** How many instances are remembered. */
	get size(): number {
		return this.limiters.size;
	}

	/**
	 * Takes part in an instance's limits. `leave` of what comes back is to be called once, or the instance is never forgotten.
	 *
	 * @param ended fires when nothing of this run may start any more
	 */
	join(instanceId: string, settings: RunSettings, ended: AbortSignal): RunLimiter {
		const instance = this.limiters.get(instanceId) ?? new InstanceLimiter(this.clock);
		this.limiters.set(instanceId, instance);
		const now = () => this.clock.now();
		// Each run is told from the others by its settings, so no two share them.
		return new RunLimiter(instance, { ...settings }, now, ended, () => void this.forgetInTime(instanceId, instance));
	}

	/** At most one sleep for each instance, and only where a pace or pause is left of it. */
	private async forgetInTime(instanceId: string, instance: InstanceLimiter): Promise<void> {
		if (this.idle.has(instance)) return;
		this.idle.add(instance);
		for (;;) {
			const wait = instance.rememberedUntil - this.clock.now();
			if (instance.isInUse || wait <= 0) break;
			await this.clock.sleepInBackground(Math.min(wait, LONGEST_SLEEP_MS));
		}
		this.idle.delete(instance);
		if (!instance.isInUse) this.limiters.delete(instanceId);
	}
}
