/**
 * `npx -y pnpm@10.34.9 bench [--quick] [--only NAME]`: measures the gateway, each figure beside a floor of the same run.
 * Floors and gateway take turns; what is printed is the median of five rounds (quick: three), with the smallest and largest. Each table is
 * measured by a process of its own: what one has left behind in its memory slows no other. `--only` measures one of them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.ts';
import { ONE_HELPER } from './child-server.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
if (values.only !== undefined && !BENCHES.has(values.only)) {
  process.stderr.write(`There is no table ${values.only}: ${[...BENCHES.keys()].join(', ')}\n`);
  process.exit(2);
}
process.stdout.write(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}${values.quick ? ', --quick' : ''}\n`,
);
for (const name of values.only === undefined ? BENCHES.keys() : [values.only]) {
  // The client's own collections would be counted as the gateway's: with much room for what is young there are few.
  const execArgv = [...process.execArgv, ...ONE_HELPER, '--max-semi-space-size=64'];
  const child = fork(new URL('./one-table.js', import.meta.url), [name, ...(values.quick ? ['--quick'] : [])], {
    execArgv,
  });
  const [code, signal]: unknown[] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name} ended with ${String(code ?? signal)}`);
}
