/**
 * The truth value that a parameter holds. Expressions often yield it as text.
 *
 * @returns `undefined` for what is neither
 */
export function parseBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	switch (typeof value === 'string' ? value.trim().toLowerCase() : '') {
		case 'true':
			return true;
		case 'false':
			return false;
		default:
			return undefined;
	}
}
