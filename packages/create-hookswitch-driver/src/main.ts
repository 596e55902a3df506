import { relative, resolve } from 'node:path';
import { program } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { createDriver, type DriverSources } from './create-driver.ts';
import { namesOf } from './names.ts';

async function create(vendor: string, folder: string | undefined, { packed }: DriverSources): Promise<void> {
  try {
    const names = namesOf(vendor);
    const target = resolve(folder ?? names.packageName);
    const files = await createDriver(target, names, { packed: packed === undefined ? undefined : resolve(packed) });
    const place = relative(process.cwd(), target) || '.';
    process.stdout.write(
      [
        `${files.length} files in ${place}: a driver for the made-up phone of MANUAL.md, which passes as it is.`,
        '',
        `  cd ${place}`,
        '  npm install',
        '  npm run build && npm test && npm run check',
        '',
      ].join('\n'),
    );
  } catch (error) {
    program.error(error instanceof Error ? error.message : String(error));
  }
}

await program
  .name('create-hookswitch-driver')
  .description('Makes the package of a Hookswitch driver that builds, tests and passes the check.')
  .version(packageJson.version)
  .argument('<vendor>', "the vendor's name in small letters, such as acme")
  .argument('[folder]', 'where to; default: hookswitch-driver-VENDOR')
  .option('--packed <folder>', 'take the core and the kit from packed files in this folder, and not from the registry')
  .action(create)
  .parseAsync();
