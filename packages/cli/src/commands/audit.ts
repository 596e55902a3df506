import { type Command, InvalidArgumentError } from 'commander';
import { Fault } from '../fault.ts';
import { run } from '../run.ts';
import { localConfig, withFile } from './keys.ts';

interface VerifyOptions {
  readonly anchor?: { readonly sequence: number; readonly mac: string };
  readonly config?: string;
}

/** `audit verify`: walks the audit of the data directory. */
export function addAudit(program: Command): void {
  const audit = program
    .command('audit')
    .summary('verify the audit')
    .description('Who did what, as the data directory holds it.');
  const verify = audit
    .command('verify')
    .summary('find rows that are not as they were written')
    .description('Walks the audit of the data directory and names the first row that is not as it was written.')
    .option(
      '--anchor <row:mac>',
      'what an earlier run printed: note it where nobody who can write the data can',
      anchor,
    )
    .addHelpText('after', '\nExample:\n  hookswitch audit verify');
  withFile(verify).action(({ anchor: noted, config }: VerifyOptions) =>
    run(async () => {
      const { runAudit } = await import('@hookswitch/gateway/command-line');
      const place = await localConfig(config);
      const errors: string[] = [];
      const output = {
        out: (text: string) => void process.stdout.write(text),
        err: (text: string) => void errors.push(text),
      };
      if (await runAudit(noted ?? null, place, output)) return;
      throw new Fault(
        errors.join(' ').trim(),
        'Compare it with a backup, and find out who could write to the data directory.',
      );
    }),
  );
}

/** As an earlier run printed it. */
function anchor(text: string): NonNullable<VerifyOptions['anchor']> {
  const [, sequence, mac] = /^([1-9]\d*):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence !== undefined && mac !== undefined) return { sequence: Number(sequence), mac };
  throw new InvalidArgumentError('It must be ROW:MAC, as an earlier run printed it.');
}
