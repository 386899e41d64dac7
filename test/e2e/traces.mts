import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder that contain a text, byte for byte. The installed packages are passed over. */
export function filesWith(text: string, folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (name === 'node_modules') return [];
		if (statSync(path).isDirectory()) return filesWith(text, path);
		return readFileSync(path).includes(text) ? [path] : [];
	});
}
