import type { Command } from 'commander';
import { gatewayEnvironment } from '../connect.ts';

/** `demo`: runs an office of virtual phones. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .summary('run a gateway with an office of virtual phones')
    .description('Runs a gateway with virtual Snom and Yealink phones, on this machine only, until Ctrl-C.')
    .addHelpText('after', '\nExamples:\n  hookswitch demo\n  HOOKSWITCH_PORT=4100 hookswitch demo')
    .action(async () => {
      // Loaded only here: the other commands start without the drivers and their virtual phones.
      const { runDemo } = await import('@hookswitch/demo');
      process.exit(await runDemo(gatewayEnvironment()));
    });
}
