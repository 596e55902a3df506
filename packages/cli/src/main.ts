import { nodeFault } from '@hookswitch/gateway/node-version';
import { EXIT_CODES } from './exit-codes.table.ts';

const fault = nodeFault(process.versions.node);
if (fault === null) await import('./start.ts');
else {
  process.stderr.write(fault);
  process.exitCode = EXIT_CODES.FAILED;
}
