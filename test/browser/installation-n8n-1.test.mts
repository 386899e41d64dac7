import { describeTheInstallation } from './installation.mts';

describeTheInstallation('n8n-1');
