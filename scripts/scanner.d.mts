/** The parts of n8n's scanner that `scan.mts` uses. It comes without types. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** What is read of the sources. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Reads the files of a folder by the scanner's rules; comments in them that switch rules off do not count. */
	export function analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
