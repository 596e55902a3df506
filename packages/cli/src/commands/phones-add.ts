import { text } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { take } from '../fault.ts';
import { say } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';

interface AddOptions extends Connection {
  readonly address?: string;
  readonly sipUri?: string;
  readonly vendor?: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly mac?: string;
  readonly username?: string;
  readonly passwordStdin?: true;
  readonly tag?: readonly string[];
  readonly option?: readonly DriverOption[];
}

interface DriverOption {
  readonly name: string;
  readonly value: string;
}

/** `phones add`: registers a phone. */
export function addPhonesAdd(phones: Command): void {
  const command = phones
    .command('add')
    .summary('register a phone')
    .description('Registers a phone. What is left out the gateway finds out by asking the phone, where it can.')
    .argument('<name>', 'what it is called')
    .option('--address <address>', 'of its web interface, e.g. 192.0.2.20')
    .option('--sip-uri <uri>', 'where SIP requests for it go')
    .option('--vendor <vendor>', 'snom, yealink, …')
    .option('--model <model>', 'e.g. D785')
    .option('--firmware <version>', 'e.g. 10.1.33.33')
    .option('--mac <mac>', 'its MAC address')
    .option('--username <username>', 'of its web interface')
    .option('--password-stdin', 'its password comes from standard input')
    .option('--tag <tag...>', 'tags')
    .option('--option <name=value>', "an option of the vendor's driver; may be given again", driverOption)
    .addHelpText(
      'after',
      '\nExamples:\n  hookswitch phones add Reception --address 192.0.2.20 --username admin --password-stdin < password\n' +
        '  hookswitch phones add Lobby --vendor yealink --address https://192.0.2.21 --tag lobby',
    );
  withConnection(command).action((name: string, options: AddOptions) =>
    runWithClient(options, async (client) => {
      const { address, sipUri, vendor, model, firmware, mac, username, tag, option, passwordStdin } = options;
      const given = { address, sipUri, vendor, model, firmware, mac, username, tags: tag, options: option };
      const password = passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
      const phone = take(await client.addPhone({ name, ...given, password }));
      say(`${phone.name}: ${phone.vendor} ${phone.model ?? '?'}  ${phone.id}`);
    }),
  );
}

function driverOption(given: string, before: readonly DriverOption[] = []): readonly DriverOption[] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It must be name=value.');
  return [...before, { name, value }];
}
