import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { Fault, take } from '../fault.ts';
import { findPhone } from '../find-phone.ts';
import { note } from '../output/terminal.ts';
import { runWithClient } from '../run.ts';

interface ScreenOptions extends Connection {
  readonly output?: string;
}

/** Endings of files, by what phones send. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/bmp': 'bmp',
  'image/x-ms-bmp': 'bmp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
};

/** `screen`: saves the picture of a display. */
export function addScreen(program: Command): void {
  const command = program
    .command('screen')
    .summary('save the picture of a display')
    .description('Saves what the display shows now, as the phone sends it (PNG, BMP, …).')
    .argument('<phone>', 'name, extension, MAC address or id of the phone')
    .option('-o, --output <file>', 'where to; - is standard output. Left out: PHONE.png or as the picture is')
    .addHelpText('after', '\nExamples:\n  hookswitch screen 101\n  hookswitch screen "Anna Ritter" -o anna.bmp');
  withConnection(command).action((wanted: string, { output, ...connection }: ScreenOptions) =>
    runWithClient(connection, async (client) => {
      const phone = await findPhone(client, wanted);
      const { base64, mediaType } = take(await client.screen(phone.id));
      const picture = Buffer.from(base64, 'base64');
      if (output === '-') return void process.stdout.write(picture);
      const file = output ?? `${phone.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${ENDINGS[mediaType] ?? 'bin'}`;
      await writeFile(file, picture).catch((error: Error) => {
        throw new Fault(`The picture cannot be saved: ${error.message}`, 'Name another file with --output.');
      });
      note(`${file}: ${mediaType}, ${picture.length} bytes`);
    }),
  );
}
