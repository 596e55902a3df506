import { readFile } from 'node:fs/promises';
import { type Client, createClient } from '@hookswitch/client';
import { type Command, Option } from 'commander';
import { EXIT_CODES } from './exit-codes.table.ts';
import { Fault } from './fault.ts';

/** How the gateway is reached. */
export interface Connection {
  readonly url: string;
  readonly keyFile?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:4000';

/** Variables of this program's own, which the gateway's configuration does not know. */
const OWN_VARIABLES: readonly string[] = ['HOOKSWITCH_URL', 'HOOKSWITCH_KEY', 'HOOKSWITCH_KEY_FILE'];

/** Adds the options that say where the gateway is, and who asks. */
export function withConnection(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'address of the gateway').env('HOOKSWITCH_URL').default(DEFAULT_URL))
    .addOption(
      new Option('--key-file <file>', 'file with the API key; else HOOKSWITCH_KEY').env('HOOKSWITCH_KEY_FILE'),
    );
}

/** The environment as the gateway's configuration may see it. */
export function gatewayEnvironment(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN_VARIABLES.includes(name)));
}

/**
 * A client of the gateway. Close it, so that the program can end.
 * @throws Fault where the address or the file cannot be used
 */
export async function connect({ url, keyFile }: Connection): Promise<Client> {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new Fault(
      `"${url}" is no address of a gateway.`,
      'Give one such as http://127.0.0.1:4000.',
      EXIT_CODES.USAGE,
    );
  }
  const token = keyFile === undefined ? process.env['HOOKSWITCH_KEY'] : await readKey(keyFile);
  // Who types a command wants to know soon that nobody is there.
  return createClient({ url, token: token === '' ? undefined : token, retryForMs: 3_000 });
}

async function readKey(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Fault(`The key file cannot be read: ${error.message}`, 'Name another with --key-file.', EXIT_CODES.USAGE);
  });
  return text.trim();
}
