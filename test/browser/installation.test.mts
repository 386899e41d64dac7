import { describeTheInstallation } from './installation.mts';

describeTheInstallation('n8n-2');
describeTheInstallation('n8n-1');
