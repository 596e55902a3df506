import type { Command } from 'commander';
import { gatewayEnvironment } from '../connect.ts';

/** `serve`: runs the gateway. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('run the gateway')
    .description('Runs the gateway until SIGTERM or Ctrl-C. It is set up by HOOKSWITCH_… variables and a file.')
    .option('--config <file>', 'configuration file, as HOOKSWITCH_CONFIG')
    .addHelpText('after', '\nExamples:\n  hookswitch serve\n  hookswitch serve --config /etc/hookswitch.yaml')
    .action(async ({ config }: { readonly config?: string }) => {
      // graphql-js looks where it is imported: else it checks each object that it meets, for developers.
      process.env['NODE_ENV'] ??= 'production';
      const { serve } = await import('@hookswitch/gateway/command-line');
      process.exit(await serve(withConfig(config)));
    });
}

/** The gateway's environment with that file as its configuration. */
export function withConfig(file: string | undefined): ReturnType<typeof gatewayEnvironment> {
  return file === undefined ? gatewayEnvironment() : { ...gatewayEnvironment(), HOOKSWITCH_CONFIG: file };
}
