import { nodeFault } from '@hookswitch/gateway/node-version';

const fault = nodeFault(process.versions.node);
if (fault !== null) {
  process.stderr.write(fault);
  process.exit(1);
}
const { runDemo } = await import('./run-demo.ts');
process.exit(await runDemo(process.env));
