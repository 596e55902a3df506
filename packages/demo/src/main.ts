import { nodeFault } from '@hookswitch/gateway/node-version';

const fault = nodeFault(process.versions.node);
if (fault !== null) {
  process.stderr.write(fault);
  process.exit(1);
}
const [argument] = process.argv.slice(2);
if (argument !== undefined) {
  const isHelp = argument === '--help' || argument === '-h';
  const usage =
    'The demo takes no arguments; its settings are environment variables, as docs/environment.md has them.\n';
  (isHelp ? process.stdout : process.stderr).write(`${isHelp ? '' : `There is no argument ${argument}. `}${usage}`);
  process.exit(isHelp ? 0 : 2);
}
const { runDemo } = await import('./run-demo.ts');
process.exit(await runDemo(process.env));
