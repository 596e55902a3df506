#!/usr/bin/env node
import { resolve } from 'node:path';
import { program } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { phoneClaims } from '../claims/claim.ts';
import { writeReadme } from '../claims/readme.ts';
import { mutate } from '../mutation/mutate.ts';
import { certify } from '../tier/certify.ts';
import { RESULT_FILE, writeResult } from '../tier/result.ts';
import { folderUrl, harnessOf } from './harness-of.ts';
import { recordCommand } from './record-command.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function claims(folder: string, { json }: { readonly json?: true }): Promise<void> {
  const harness = await harnessOf(resolve(folder));
  if (json === true) return say(JSON.stringify(phoneClaims(harness), null, 2));
  await writeReadme(harness, folderUrl(resolve(folder)));
  say('The support matrix in README.md is current.');
}

async function certifyPackage(folder: string): Promise<void> {
  const place = folderUrl(resolve(folder));
  const { result, failures, missing } = await certify(await harnessOf(resolve(folder)), place);
  for (const [name, error] of failures) say(`✖ ${name}\n  ${error instanceof Error ? error.message : String(error)}`);
  await writeResult(result, place);
  say(`${result.cases.count} cases, ${failures.size} failed. ${result.tier ?? 'No tier'}, in ${RESULT_FILE}.`);
  if (missing !== null) say(`For ${missing}.`);
}

async function mutatePackage(
  folder: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<void> {
  const verdicts = await mutate({
    folder: resolve(folder),
    count,
    seed,
    onVerdict: ({ mutant, told }) =>
      say(`${told === null ? '✖ survives' : '✔'} ${mutant.file}: ${mutant.what}${told === null ? '' : ` (${told})`}`),
  });
  say(`${verdicts.filter(({ told }) => told !== null).length} of ${verdicts.length} mutants were found out.`);
}

program
  .name('hookswitch-driver')
  .description('Tools for the author of a Hookswitch driver.')
  .version(packageJson.version);
program
  .command('claims')
  .description('write what the driver claims into its README.md')
  .argument('[folder]', 'of the package', '.')
  .option('--json', 'print the claims as JSON instead')
  .action(claims);
program
  .command('certify')
  .description('run the conformance suite, compute the tier of the driver, and write both into its package')
  .argument('[folder]', 'of the package', '.')
  .action(certifyPackage);
program
  .command('mutate')
  .description("change the driver's tables in many ways, and show whether the suite tells")
  .argument('[folder]', 'of the package', '.')
  .option('--count <number>', 'of mutants', Number, 100)
  .option('--seed <number>', 'by which they are drawn', Number, 1)
  .action(mutatePackage);
program.addCommand(recordCommand());
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
