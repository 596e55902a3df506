/**
 * `npx -y pnpm@10.34.9 bench [--quick]`: measures the gateway, each figure beside a floor of the same run.
 * Floors and gateway take turns; what is printed is the median of five rounds (quick: three), with the smallest and largest.
 */
import { cpus } from 'node:os';
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

const FAN_OUT = [benchFanOut, benchFanOutPhones, benchIdleSubscribers, benchReplay, benchPeers];
const quick = process.argv.includes('--quick');
process.stdout.write(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}${quick ? ', --quick' : ''}\n`,
);
const PATHS = [benchEvents, benchCommands, benchBusyPhones, benchGuards, benchSickPhones, benchStart];
for (const bench of [...PATHS, ...FAN_OUT, benchSip]) {
  const rows = await bench(quick ? { rounds: 3, scale: 0.1 } : { rounds: 5, scale: 1 });
  process.stdout.write(`\n${renderTable(rows)}`);
}
