import type { Phone } from '@hookswitch/client';
import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { allPhones } from '../find-phone.ts';
import { say, table } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';
import { addPhonesAdd } from './phones-add.ts';
import { addPhonesDiscovered, addPhonesLink } from './phones-discovered.ts';
import { addPhonesImport } from './phones-import.ts';
import { addPhonesVerify } from './phones-verify.ts';

interface ListOptions extends Connection {
  readonly search?: string;
  readonly tag?: readonly string[];
  readonly vendor?: readonly string[];
  readonly json?: true;
}

/** `phones`: the registry of phones. */
export function addPhones(program: Command): void {
  const phones = program
    .command('phones')
    .summary('list, add, import and verify phones')
    .description('The phones of the gateway.');
  addPhonesList(phones);
  addPhonesAdd(phones);
  addPhonesImport(phones);
  addPhonesVerify(phones);
  addPhonesDiscovered(phones);
  addPhonesLink(phones);
}

function addPhonesList(phones: Command): void {
  const command = phones
    .command('list')
    .summary('list phones')
    .description('Lists phones by name.')
    .option('--search <text>', 'only those with it in name, model, MAC address, address or SIP URI')
    .option('--tag <tag...>', 'only those with one of the tags')
    .option('--vendor <vendor...>', 'only those of these vendors')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      '\nExamples:\n  hookswitch phones list\n  hookswitch phones list --tag lobby --json | jq .mac',
    );
  withConnection(command).action(({ search, tag, vendor, json, ...connection }: ListOptions) =>
    runWithClient(connection, async (client) => {
      const found = await allPhones(client, { search: search ?? null, tags: tag ?? null, vendors: vendor ?? null });
      if (json) for (const phone of found) say(JSON.stringify(phone));
      else say(table([['NAME', 'PHONE', 'STATE', 'ADDRESS', 'MAC', 'TAGS', 'ID'], ...found.map(rowOf)]));
    }),
  );
}

function rowOf({ name, vendor, model, reachability, address, sipUri, mac, tags, id }: Phone): readonly string[] {
  return [
    name,
    `${vendor} ${model ?? '?'}`,
    reachability,
    address ?? sipUri ?? '-',
    mac ?? '-',
    tags.join(',') || '-',
    id,
  ];
}
