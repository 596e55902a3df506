import { type Command, InvalidArgumentError } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { findPhone } from '../find-phone.ts';
import { runWithClient } from '../run.ts';
import { sayOutcome } from './dial.ts';

interface PressOptions extends Connection {
  readonly hold?: number;
}

/** `press`: presses keys of a phone. */
export function addPress(program: Command): void {
  const command = program
    .command('press')
    .summary('press keys of a phone')
    .description(
      'Presses keys, one after the other. Names of keys stand in the schema at PhoneKey: 0…9 OK SPEAKER SOFT_1 …',
    )
    .argument('<phone>', 'name, extension, MAC address or id of the phone')
    .argument('<keys...>', 'names of keys')
    .option('--hold <ms>', 'hold each key down for so many milliseconds', milliseconds)
    .addHelpText(
      'after',
      '\nExamples:\n  hookswitch press 101 SPEAKER 2 0 1 OK\n  hookswitch press 201 FUNCTION_1 --hold 2000',
    );
  withConnection(command).action((wanted: string, names: readonly string[], { hold, ...connection }: PressOptions) =>
    runWithClient(connection, async (client) => {
      const phone = await findPhone(client, wanted);
      const keys = names.map((key) => (hold === undefined ? { key } : { key, holdMs: hold }));
      const outcome = await client.pressKeys(phone.id, { keys });
      await sayOutcome(client, outcome, { what: `${phone.name} ${names.join(' ')}`, wait: false });
    }),
  );
}

function milliseconds(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number of milliseconds.');
  return Number(text);
}
