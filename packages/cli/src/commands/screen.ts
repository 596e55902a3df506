import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Connection, withConnection } from '../connect.ts';
import { Fault, take } from '../fault.ts';
import { findPhone } from '../find-phone.ts';
import { note } from '../output/terminal.ts';
import { endingOf, formatName, pictureFile } from '../picture/picture-file.ts';
import { runWithClient } from '../run.ts';

interface ScreenOptions extends Connection {
  readonly output?: string;
}

/** `screen`: saves the picture of a display. */
export function addScreen(program: Command): void {
  const command = program
    .command('screen')
    .summary('save the picture of a display')
    .description(
      'Saves what the display shows now, as the phone sends it (BMP, JPEG, …). Of a BMP a PNG is made where the file is called .png.',
    )
    .argument('<phone>', 'name, extension, MAC address or id of the phone')
    .option('-o, --output <file>', 'where to; - is standard output. Left out: PHONE.bmp, or as the picture is')
    .addHelpText('after', '\nExamples:\n  hookswitch screen 101\n  hookswitch screen "Anna Ritter" -o anna.png');
  withConnection(command).action((wanted: string, { output, ...connection }: ScreenOptions) =>
    runWithClient(connection, async (client) => {
      const phone = await findPhone(client, wanted);
      const { base64, mediaType } = take(await client.screen(phone.id));
      const picture = { mediaType, bytes: Buffer.from(base64, 'base64') };
      if (output === '-') {
        process.stdout.write(picture.bytes);
        return note(`standard output: ${formatName(mediaType)}, ${picture.bytes.length} bytes`);
      }
      const file = output ?? `${phone.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}${endingOf(mediaType)}`;
      const { bytes, told } = pictureFile(picture, file);
      await writeFile(file, bytes).catch((error: Error) => {
        throw new Fault(`The picture cannot be saved: ${error.message}`, 'Name another file with --output.');
      });
      note(`${file}: ${told}`);
    }),
  );
}
