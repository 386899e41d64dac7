import { describeInRealN8n } from './suite.mts';

describeInRealN8n('n8n-1');
