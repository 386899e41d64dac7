import { describeTheEditor } from './editor.mts';

describeTheEditor('dark');
