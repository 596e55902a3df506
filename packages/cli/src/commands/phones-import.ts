import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { AddPhoneInput, Client } from '@hookswitch/client';
import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { Fault, faultOf, fixOf } from '../fault.ts';
import { withProgress } from '../output/progress.ts';
import { oneLine, paint, say } from '../output/terminal.ts';
import { COLUMNS, type PhoneRow, readPhones } from '../phone-file.ts';
import { runWithClient } from '../run.ts';

interface ImportOptions extends Connection {
  readonly dryRun?: true;
}

/** What came of a row. */
interface RowResult {
  readonly line: number;
  readonly name: string;
  readonly result: 'ADDED' | 'THERE' | 'FAILED';
  readonly detail: string;
}

/** `phones import`: registers the phones of a file. */
export function addPhonesImport(phones: Command): void {
  const command = phones
    .command('import')
    .summary('register the phones of a CSV file')
    .description('Registers the phones of a CSV file. Those that are there already are left as they are.')
    .argument('<file>', 'CSV in UTF-8; - is standard input')
    .option('--dry-run', 'only read the file and say what is wrong with it')
    .addHelpText(
      'after',
      `\nThe first line names the columns, of which only name is needed: ${COLUMNS.join(', ')} (several, with spaces ` +
        'between them), and option.NAME for options of the driver.\n\nExamples:\n  hookswitch phones import phones.csv --dry-run\n  hookswitch phones import phones.csv',
    );
  withConnection(command).action((file: string, { dryRun, ...connection }: ImportOptions) =>
    runWithClient(connection, async (client) => {
      const { rows, faults } = readPhones(await readText(file));
      for (const { line, message } of faults) say(`${paint('red', 'wrong')}  line ${line}: ${message}`);
      if (faults.length > 0) {
        throw new Fault(
          `${file}: ${faults.length} ${faults.length === 1 ? 'line' : 'lines'} cannot be taken. No phone was added.`,
          'Correct them, then give it again.',
        );
      }
      if (dryRun) return say(`${rows.length} ${rows.length === 1 ? 'phone' : 'phones'} can be taken.`);
      const results = await withProgress('phones', rows, (row) => addRow(client, row));
      sayResults(results);
    }),
  );
}

async function addRow(client: Client, { line, input }: PhoneRow): Promise<RowResult> {
  const { name } = input satisfies AddPhoneInput;
  const outcome = await client.addPhone(input);
  if (outcome.ok) {
    const { vendor, model, id } = outcome.value;
    return { line, name, result: 'ADDED', detail: `${vendor} ${model ?? '?'}  ${id}` };
  }
  const { failure } = outcome;
  if (failure.code === 'UNAUTHENTICATED' || failure.code === 'FORBIDDEN') throw faultOf(failure);
  if (failure.__typename === 'PhoneConflict') return { line, name, result: 'THERE', detail: failure.existing.id };
  return { line, name, result: 'FAILED', detail: `${failure.message} ${fixOf(failure.code)}` };
}

const WORDS = {
  ADDED: ['green', 'added'],
  THERE: ['gray', 'there'],
  FAILED: ['red', 'failed'],
} as const;

/** @throws Fault where a row failed */
function sayResults(results: readonly RowResult[]): void {
  for (const { line, name, result, detail } of results) {
    const [colour, word] = WORDS[result];
    say(`${paint(colour, word.padEnd(6))}  line ${line}  ${oneLine(name)}  ${oneLine(detail)}`);
  }
  const failed = results.filter(({ result }) => result === 'FAILED').length;
  if (failed === 0) return;
  throw new Fault(`${failed} of ${results.length} phones were not added.`, 'Correct their lines, then give it again.');
}

async function readText(file: string): Promise<string> {
  return await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error: Error) => {
    throw new Fault(`${file} cannot be read: ${error.message}`, 'Name a CSV file in UTF-8.');
  });
}
