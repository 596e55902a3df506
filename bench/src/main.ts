/**
 * `npx -y pnpm@10.34.9 bench [--quick]`: measures the gateway, each figure beside a floor of the same run.
 * Floors and gateway take turns; what is printed is the median of five rounds, with the smallest and largest.
 */
import { cpus } from 'node:os';
import { benchCommands } from './commands.ts';
import { benchEvents } from './events.ts';
import { benchFanOut } from './fan-out.ts';
import { benchSickPhones } from './sick-phones.ts';
import { benchSip } from './sip.ts';
import { renderTable } from './table.ts';

const quick = process.argv.includes('--quick');
process.stdout.write(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}${quick ? ', --quick' : ''}\n`,
);
for (const bench of [benchEvents, benchCommands, benchSickPhones, benchFanOut, benchSip]) {
  const rows = await bench({ rounds: 5, scale: quick ? 0.2 : 1 });
  process.stdout.write(`\n${renderTable(rows)}`);
}
