/**
 * `npx -y pnpm@10.34.9 bench [--quick] [--only NAME]`: measures the gateway, each figure beside a floor of the same run.
 * Floors and gateway take turns; what is printed is the median of five rounds (quick: three), with the smallest and largest. Each table is
 * measured by a process of its own: what one has left behind in its memory slows no other. `--only` measures one of them.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchBusyPhones } from './busy-phones.ts';
import { benchCommands } from './commands.ts';
import { benchEvents } from './events.ts';
import { benchFanOut } from './fan-out.ts';
import { benchFanOutPhones } from './fan-out-phones.ts';
import { benchGuards } from './guards.ts';
import { benchIdleSubscribers } from './idle-subscribers.ts';
import { benchPeers } from './peers.ts';
import { benchReplay } from './replay.ts';
import { benchSickPhones } from './sick-phones.ts';
import { benchSip } from './sip.ts';
import { benchStart } from './start.ts';
import { renderTable } from './table.ts';

const BENCHES = {
  events: benchEvents,
  commands: benchCommands,
  'busy-phones': benchBusyPhones,
  guards: benchGuards,
  'sick-phones': benchSickPhones,
  start: benchStart,
  'fan-out': benchFanOut,
  'fan-out-phones': benchFanOutPhones,
  'idle-subscribers': benchIdleSubscribers,
  replay: benchReplay,
  peers: benchPeers,
  sip: benchSip,
};

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
if (values.only === undefined) {
  process.stdout.write(
    `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}${values.quick ? ', --quick' : ''}\n`,
  );
  for (const name of Object.keys(BENCHES)) {
    const child = fork(fileURLToPath(import.meta.url), ['--only', name, ...(values.quick ? ['--quick'] : [])]);
    const [code, signal]: unknown[] = await once(child, 'exit');
    if (code !== 0) throw new Error(`${name} ended with ${String(code ?? signal)}`);
  }
} else {
  const bench = Object.entries(BENCHES).find(([name]) => name === values.only)?.[1];
  if (bench === undefined) throw new Error(`there is no ${values.only}: ${Object.keys(BENCHES).join(', ')}`);
  const rows = await bench(values.quick ? { rounds: 3, scale: 0.1 } : { rounds: 5, scale: 1 });
  // Whatever a side has left open does not keep the next table waiting.
  process.stdout.write(`\n${renderTable(rows)}`, () => process.exit(0));
}
