import { describeTheEditor } from './editor.mts';

describeTheEditor('light');
