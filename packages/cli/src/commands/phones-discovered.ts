import { operations } from '@hookswitch/client';
import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { take } from '../fault.ts';
import { note, say, table } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';

interface DiscoveredOptions extends Connection {
  readonly json?: true;
}

/** `phones discovered`: devices that made themselves known and are no phones yet. */
export function addPhonesDiscovered(phones: Command): void {
  const command = phones
    .command('discovered')
    .summary('list devices that are no phones yet')
    .description(
      'Lists devices that came by an onboarding link or are registered at a registrar, and that nobody has added.',
    )
    .option('--json', 'one JSON object a line')
    .addHelpText('after', '\nExample:\n  hookswitch phones discovered --json | jq -r .address');
  withConnection(command).action(({ json, ...connection }: DiscoveredOptions) =>
    runWithClient(connection, async (client) => {
      const { unknownDevices } = take(await client.request(operations.unknownDevices, {}));
      const { devices, incomplete } = unknownDevices ?? { devices: [], incomplete: [] };
      if (json) for (const device of devices) say(JSON.stringify(device));
      else {
        const rows = devices.map(({ address, mac, candidates, explainMatch, model, firmware, seenBy, lastSeenAt }) => [
          address,
          mac ?? '-',
          `${explainMatch.vendor ?? '?'} ${candidates[0]?.model ?? model ?? '?'}`,
          firmware ?? '-',
          seenBy.join(','),
          lastSeenAt,
        ]);
        say(table([['ADDRESS', 'MAC', 'PHONE', 'FIRMWARE', 'SEEN BY', 'LAST'], ...rows]));
      }
      for (const fault of incomplete) note(`not asked: ${fault}`);
    }),
  );
}

/** `phones link`: a link by which phones make themselves known. */
export function addPhonesLink(phones: Command): void {
  const command = phones
    .command('link')
    .summary('make a link by which phones make themselves known')
    .description('Makes an onboarding link and shows, once, what is put into which setting of which vendor’s phones.')
    .option('--expires <time>', 'until then, e.g. 2030-01-31T00:00:00Z; a day, and at most 30')
    .addHelpText('after', '\nExample:\n  hookswitch phones link --expires 2030-01-31T00:00:00Z');
  withConnection(command).action(({ expires, ...connection }: Connection & { readonly expires?: string }) =>
    runWithClient(connection, async (client) => {
      const answer = take(await client.request(operations.createOnboardingLink, { expiresAt: expires ?? null }));
      const { urls, link } = answer.createOnboardingLink ?? { urls: [], link: null };
      say(table([['VENDOR', 'SETTING', 'URL'], ...urls.map(({ vendor, setting, url }) => [vendor, setting, url])]));
      note(`until ${link?.expiresAt ?? '?'}`);
    }),
  );
}
