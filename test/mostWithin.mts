/** The most of these moments that lie within so many milliseconds. */
export function mostWithin(moments: number[], ms: number): number {
	const within = (from: number) => moments.filter((at) => at >= from && at < from + ms).length;
	return Math.max(0, ...moments.map(within));
}
