import { nodeFault } from './node-version.ts';

const fault = nodeFault(process.versions.node);
if (fault !== null) {
  process.stderr.write(fault);
  process.exit(1);
}
// graphql-js looks where it is imported: else it checks each object that it meets, for developers. The service and the image set it too.
process.env['NODE_ENV'] ??= 'production';
const { serve } = await import('./command-line/serve.ts');
const [given] = process.argv.slice(2);
if (given !== undefined) {
  process.stderr.write(
    `"${given}": this runs the gateway and nothing else. Commands are given as: hookswitch ${given}\n`,
  );
  process.exit(2);
}
process.exit(await serve(process.env));
