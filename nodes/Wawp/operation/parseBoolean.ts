const BY_WORD = new Map([
	['true', true],
	['false', false],
]);

/**
 * The truth value that a parameter holds. Expressions often yield it as text.
 *
 * @returns `undefined` for what is neither
 */
export function parseBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	return typeof value === 'string' ? BY_WORD.get(value.trim().toLowerCase()) : undefined;
}
