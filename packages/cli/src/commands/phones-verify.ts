import type { Client, Phone } from '@hookswitch/client';
import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { EXIT_CODES } from '../exit-codes.table.ts';
import { Fault, fixOf } from '../fault.ts';
import { allPhones, findPhone } from '../find-phone.ts';
import { withProgress } from '../output/progress.ts';
import { oneLine, paint, say } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';

interface VerifyOptions extends Connection {
  readonly all?: true;
  readonly configure?: true;
}

/** What came of a phone; `problem`: null where its events arrive. */
interface Verdict {
  readonly phone: Phone;
  readonly problem: { readonly message: string; readonly fix: string } | null;
}

/** `phones verify`: sees that events of phones arrive. */
export function addPhonesVerify(phones: Command): void {
  const command = phones
    .command('verify')
    .summary('see that events of phones arrive')
    .description('Has each phone make a harmless event, and waits for it at the gateway.')
    .argument('[phones...]', 'names, extensions, MAC addresses or ids')
    .option('--all', 'all phones')
    .option('--configure', 'write the action URLs to them first')
    .addHelpText('after', '\nExamples:\n  hookswitch phones verify 101\n  hookswitch phones verify --all --configure');
  withConnection(command).action((wanted: readonly string[], { all, configure, ...connection }: VerifyOptions) =>
    runWithClient(connection, async (client) => {
      if (wanted.length === 0 && !all)
        throw new Fault('No phone is named.', 'Name phones, or all of them with --all.', EXIT_CODES.USAGE);
      const chosen: Phone[] = [];
      for (const one of wanted) chosen.push(await findPhone(client, one));
      const targets = all ? await allPhones(client, undefined) : chosen;
      sayVerdicts(await withProgress('phones', targets, (phone) => verify(client, phone, configure === true)));
    }),
  );
}

async function verify(client: Client, phone: Phone, configure: boolean): Promise<Verdict> {
  if (configure) {
    const written = await client.configureActionUrls(phone.id);
    if (!written.ok) return { phone, problem: { message: written.failure.message, fix: fixOf(written.failure.code) } };
  }
  const tested = await client.verifyEventPath(phone.id);
  if (tested.ok) return { phone, problem: null };
  return { phone, problem: { message: tested.failure.message, fix: fixOf(tested.failure.code) } };
}

/** @throws Fault where events of a phone do not arrive */
function sayVerdicts(verdicts: readonly Verdict[]): void {
  for (const { phone, problem } of verdicts) {
    if (problem === null) {
      say(`${paint('green', 'ok')}      ${phone.name}`);
      continue;
    }
    say(`${paint('red', 'broken')}  ${phone.name}: ${oneLine(problem.message)}`);
    say(`        do: ${problem.fix}`);
  }
  const broken = verdicts.filter(({ problem }) => problem !== null).length;
  if (broken > 0)
    throw new Fault(
      `Events of ${broken} of ${verdicts.length} phones do not arrive.`,
      'See what each one needs above.',
    );
}
