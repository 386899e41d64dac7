import { THEMES } from './browser.mts';
import { describeTheEditor } from './editor.mts';

for (const theme of THEMES) describeTheEditor(theme);
