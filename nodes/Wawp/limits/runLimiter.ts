import type { InstanceLimiter, Turn, Wanted } from './instanceLimiter';
import type { RunSettings } from './lowestLimits';

/** The part that one run has in the limiter of its instance. */
export class RunLimiter {
	/** How long this run waited because the gateway wanted a pause, in milliseconds. */
	pausedMs = 0;

	/** How long live look-ups of this run waited because of what Wawp advises, in milliseconds. */
	livePacedMs = 0;

	private waiting = 0;

	private waitingLive = 0;

	private pausedBefore = 0;

	private livePacedBefore = 0;

	/**
	 * @param instance the same object for all runs that share it, for as long as anything of it is remembered
	 * @param ended fires when nothing of this run may start any more
	 * @param onLeave called once this run is no longer under way
	 */
	constructor(
		readonly instance: InstanceLimiter,
		private readonly settings: RunSettings,
		private readonly now: () => number,
		private readonly ended: AbortSignal,
		private readonly onLeave: () => void,
	) {
		instance.join(settings);
		ended.addEventListener('abort', this.sendAway);
	}

	/**
	 * Asks for a request's turn.
	 *
	 * @returns see `InstanceLimiter.acquire`
	 */
	acquire(wanted: Wanted): Turn | Promise<Turn> {
		if (this.ended.aborted) return 'run ended';
		const turn = this.instance.acquire(this.settings, wanted);
		return turn instanceof Promise ? this.wait(turn, wanted.isLive) : turn;
	}

	/** To be called once, when none of its requests is open or waits. */
	leave(): void {
		this.ended.removeEventListener('abort', this.sendAway);
		this.instance.leave(this.settings);
		this.onLeave();
	}

	private readonly sendAway = () => this.instance.sendAway(this.settings);

	/** Counts the time for which at least one request waits. */
	private async wait(turn: Promise<Turn>, isLive: boolean): Promise<Turn> {
		const { pausedTime, livePacedTime } = this.instance;
		if (this.waiting === 0) this.pausedBefore = pausedTime.total(this.now());
		if (isLive && this.waitingLive === 0) this.livePacedBefore = livePacedTime.total(this.now());
		this.waiting += 1;
		if (isLive) this.waitingLive += 1;
		const given = await turn;
		this.waiting -= 1;
		if (isLive) this.waitingLive -= 1;
		if (this.waiting === 0) this.pausedMs += pausedTime.total(this.now()) - this.pausedBefore;
		if (isLive && this.waitingLive === 0) this.livePacedMs += livePacedTime.total(this.now()) - this.livePacedBefore;
		return given;
	}
}
