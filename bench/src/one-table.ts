/** `one-table.js NAME [--quick]`: measures one of {@link BENCHES}, as its client, and prints it. */
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.ts';
import { renderTable } from './table.ts';

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [name = ''] = positionals;
const bench = BENCHES.get(name);
if (bench === undefined) throw new Error(`there is no table ${name}`);
const rows = await bench(values.quick ? { rounds: 3, scale: 0.1 } : { rounds: 5, scale: 1 });
// Whatever a side has left open does not keep the next table waiting.
process.stdout.write(`\n${renderTable(rows)}`, () => process.exit(0));
