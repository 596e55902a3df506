import type { Client, CommandOutcome, Command as GivenCommand } from '@hookswitch/client';
import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { faultOf } from '../fault.ts';
import { findPhone } from '../find-phone.ts';
import { paint, say } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';

interface DialOptions extends Connection {
  readonly from?: string;
  readonly wait: boolean;
}

/** `dial`: has a phone dial. */
export function addDial(program: Command): void {
  const command = program
    .command('dial')
    .summary('have a phone dial a number')
    .description('Has a phone dial, and waits until its own event proves it, or none comes.')
    .argument('<phone>', 'name, extension, MAC address or id of the phone')
    .argument('<number>', 'number or SIP URI')
    .option('--from <account>', 'account to dial from, as user@host')
    .option('--no-wait', 'end as soon as the phone has replied')
    .addHelpText(
      'after',
      '\nExamples:\n  hookswitch dial "Anna Ritter" 201\n  hookswitch dial 101 +493012345 --no-wait',
    );
  withConnection(command).action((wanted: string, to: string, { from, wait, ...connection }: DialOptions) =>
    runWithClient(connection, async (client) => {
      const phone = await findPhone(client, wanted);
      const outcome = await client.dial(phone.id, from === undefined ? { to } : { to, from });
      await sayOutcome(client, outcome, { what: `${phone.name} dials ${to}`, wait });
    }),
  );
}

/** Says what became of a command. @throws Fault where it did not become what was asked for */
export async function sayOutcome(
  client: Client,
  outcome: CommandOutcome,
  { what, wait }: { readonly what: string; readonly wait: boolean },
): Promise<void> {
  if (!outcome.ok) throw faultOf(outcome.failure);
  let last: GivenCommand = outcome.command;
  if (wait && last.settledAt === null) {
    for await (const command of client.followCommand(last.id)) last = command;
  }
  if (last.status === 'FAILED' && last.failure !== null) throw faultOf(last.failure);
  const proof = last.unproven === null ? '' : ` (${UNPROVEN[last.unproven]})`;
  say(`${what}: ${paint(last.status === 'CONFIRMED' ? 'green' : 'yellow', last.status)}${proof}`);
}

const UNPROVEN: Readonly<Record<NonNullable<GivenCommand['unproven']>, string>> = {
  GATEWAY_STOPPED: 'the gateway stopped before the proof came',
  NEVER_HEARD: 'the phone never reports anything: `hookswitch phones verify PHONE --configure`',
  NOT_REPORTABLE: 'no event of a phone tells this: its word is all there is',
  NOT_REPORTED: 'the phone reported nothing of it: look at the phone',
};
