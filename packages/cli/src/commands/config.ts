import type { Command } from 'commander';
import { Fault } from '../fault.ts';
import { note, oneLine, paint, say } from '../output/terminal.ts';
import { run } from '../run.ts';
import { withFile } from './keys.ts';
import { withConfig } from './serve.ts';

/** `config check`: says everything that is wrong with the configuration. */
export function addConfig(program: Command): void {
  const config = program
    .command('config')
    .summary('check the configuration')
    .description('The configuration of the gateway.');
  const check = config
    .command('check')
    .summary('say everything that is wrong with it')
    .description(
      'Reads the environment, the file and what they name (drivers, persisted operations, authorities), and starts nothing.',
    )
    .addHelpText('after', '\nExample:\n  hookswitch config check --config /etc/hookswitch.yaml');
  withFile(check).action(({ config: file }: { readonly config?: string }) =>
    run(async () => {
      const { checkConfig } = await import('@hookswitch/gateway/command-line');
      const checked = await checkConfig(withConfig(file));
      if ('config' in checked) {
        const { host, port, dataDir, phones, drivers } = checked.config;
        return say(
          `${paint('green', 'ok')}  listens at ${host}:${port}, data in ${dataDir}, ${drivers.length} drivers, ${phones.length} phones in the file`,
        );
      }
      for (const fault of checked.faults) note(`  - ${oneLine(fault)}`);
      throw new Fault(
        `The configuration has ${checked.faults.length} faults.`,
        'Correct them: docs/configuration.md tells what there is.',
      );
    }),
  );
}
