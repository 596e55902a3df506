import type { KeysCommand } from '@hookswitch/gateway/command-line';
import { isScope, SCOPES } from '@hookswitch/gateway/scopes';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT_CODES } from '../exit-codes.table.ts';
import { Fault } from '../fault.ts';
import { run } from '../run.ts';
import { withConfig } from './serve.ts';

interface LocalOptions {
  readonly config?: string;
}

interface CreateOptions extends LocalOptions {
  readonly scope: readonly string[];
  readonly tag?: readonly string[];
  readonly maskNumbers?: true;
  readonly expires?: number;
}

/** Reads the gateway's configuration as it stands on this machine. @throws Fault with everything that is wrong */
export async function localConfig(file: string | undefined) {
  const { readConfig } = await import('@hookswitch/gateway/command-line');
  const read = await readConfig(withConfig(file));
  if ('config' in read) return read.config;
  throw new Fault(read.faults.join(' '), 'Correct it: `hookswitch config check` shows each fault.', EXIT_CODES.USAGE);
}

/** `keys`: API keys of the data directory on this machine. */
export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .summary('make, list and revoke API keys')
    .description('API keys in the data directory on this machine, whether its gateway runs or not.');
  const create = keys
    .command('create')
    .summary('make a key')
    .description('Makes an API key and shows it, once. Without a tag it sees all phones.')
    .argument('<name>', 'what it is called')
    .addOption(new Option('--scope <scope...>', 'what it may do').choices(SCOPES).makeOptionMandatory())
    .option('--tag <tag...>', 'only phones with one of these tags exist for it')
    .option('--mask-numbers', 'it sees phone numbers cut short')
    .option('--expires <time>', 'until then, e.g. 2030-01-31T00:00:00Z', instant)
    .addHelpText(
      'after',
      '\nExample:\n  hookswitch keys create "Front desk" --scope calls:control --scope events:read --tag lobby',
    );
  withFile(create).action((name: string, { scope, tag, maskNumbers, expires, config }: CreateOptions) =>
    administer(config, {
      name: 'create',
      input: {
        name,
        scopes: scope.filter(isScope),
        tags: tag ?? null,
        masksNumbers: maskNumbers ?? false,
        expiresAt: expires ?? null,
      },
    }),
  );
  withFile(
    keys
      .command('list')
      .summary('list keys')
      .description('Lists all keys, the revoked ones too.')
      .addHelpText('after', '\nExample:\n  hookswitch keys list'),
  ).action(({ config }: LocalOptions) => administer(config, { name: 'list' }));
  const revoke = keys
    .command('revoke')
    .summary('revoke a key')
    .description('Revokes a key; a gateway that runs goes by it within 5 seconds.')
    .argument('<id>', 'as `hookswitch keys list` shows it')
    .addHelpText('after', '\nExample:\n  hookswitch keys revoke 3433a999-fe10-44c0-82c4-61e427089b75');
  withFile(revoke).action((id: string, { config }: LocalOptions) => administer(config, { name: 'revoke', id }));
}

/** Adds the option that names the configuration file. */
export function withFile(command: Command): Command {
  return command.option('--config <file>', 'configuration file, as HOOKSWITCH_CONFIG');
}

function administer(file: string | undefined, command: KeysCommand): Promise<void> {
  return run(async () => {
    const place = await localConfig(file);
    const { runKeys } = await import('@hookswitch/gateway/command-line');
    const errors: string[] = [];
    const output = {
      out: (text: string) => void process.stdout.write(text),
      err: (text: string) => void errors.push(text),
    };
    if (await runKeys(command, place, output)) return;
    throw new Fault(
      errors.join(' ').trim(),
      '`hookswitch keys list` shows the keys; HOOKSWITCH_DATA_DIR says where they are.',
    );
  });
}

function instant(text: string): number {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('It must be a time such as 2030-01-31T00:00:00Z.');
  return time;
}
