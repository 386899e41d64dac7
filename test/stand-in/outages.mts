import type { Behaviour } from './behaviours.mts';

/** Something that goes wrong in the middle of a list, for every contact alike. */
export interface Outage {
	what: 'token' | 'instance' | 'session' | 'starting' | 'route';
	/** After how many requests it begins, those for the state of the session included. */
	after: number;
	/** How many requests it lasts; without end where it is missing. */
	for?: number;
	/** What lookups are answered meanwhile, in place of what the dialect says. */
	says?: Behaviour;
}

/**
 * The outage that a request meets.
 *
 * @param request counts them from 1
 */
export function outageAt(outages: Outage[], request: number): Outage | undefined {
	return outages.find((outage) => request > outage.after && request <= outage.after + (outage.for ?? Infinity));
}
