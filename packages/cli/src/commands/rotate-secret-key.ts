import type { Command } from 'commander';
import { EXIT_CODES } from '../exit-codes.table.ts';
import { Fault } from '../fault.ts';
import { run } from '../run.ts';
import { localConfig, withFile } from './keys.ts';

interface RotateOptions {
  readonly newKeyFile?: string;
  readonly config?: string;
}

/** `rotate-secret-key`: seals all secrets with a new key. */
export function addRotateSecretKey(program: Command): void {
  const command = program
    .command('rotate-secret-key')
    .summary('seal all secrets with a new key')
    .description(
      'Seals all secrets with a new key, which takes the place of secret.key in the data directory. Stop the gateway before.',
    )
    .option(
      '--new-key-file <file>',
      'where the key is HOOKSWITCH_SECRET_KEY: the new one, made where the file is missing',
    )
    .addHelpText('after', '\nExample:\n  hookswitch rotate-secret-key');
  withFile(command).action(({ newKeyFile, config }: RotateOptions) =>
    run(async () => {
      const { runRotateSecretKey } = await import('@hookswitch/gateway/command-line');
      const place = await localConfig(config);
      const errors: string[] = [];
      const output = {
        out: (text: string) => void process.stdout.write(text),
        err: (text: string) => void errors.push(text),
      };
      const done = await runRotateSecretKey(newKeyFile ?? null, place, output);
      if (done === true) return;
      const exitCode = done === 'WRONG_WAY' ? EXIT_CODES.USAGE : EXIT_CODES.FAILED;
      throw new Fault(errors.join(' ').trim(), 'Stop the gateway, then give it as docs/operations.md tells.', exitCode);
    }),
  );
}
