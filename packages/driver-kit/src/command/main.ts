#!/usr/bin/env node
import { resolve } from 'node:path';
import { program } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { phoneClaims } from '../claims/claim.ts';
import { writeReadme } from '../claims/readme.ts';
import { type MutantVerdict, mutate } from '../mutation/mutate.ts';
import { summaryLines } from '../mutation/summary.ts';
import { certify } from '../tier/certify.ts';
import { RESULT_FILE, writeResult } from '../tier/result.ts';
import { folderUrl, harnessOf } from './harness-of.ts';
import { recordCommand } from './record-command.ts';
import { sampleLines } from './sample-lines.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function claims(folder: string, { json }: { readonly json?: true }): Promise<void> {
  const harness = await harnessOf(resolve(folder));
  if (json === true) return say(JSON.stringify(phoneClaims(harness), null, 2));
  const isNew = await writeReadme(harness, folderUrl(resolve(folder)));
  say(
    isNew ? 'The support matrix was written into README.md.' : 'The support matrix in README.md was current already.',
  );
}

async function certifyPackage(folder: string): Promise<void> {
  const place = folderUrl(resolve(folder));
  const { result, failures, missing } = await certify(await harnessOf(resolve(folder)), place);
  for (const [name, error] of failures) say(`✖ ${name}\n  ${error instanceof Error ? error.message : String(error)}`);
  await writeResult(result, place);
  say(`${result.cases.count} cases, ${failures.size} failed. ${result.tier ?? 'No tier'}, in ${RESULT_FILE}.`);
  if (missing !== null) say(`For ${missing}.`);
}

interface MutateOptions {
  readonly count: number;
  readonly seed: number;
  readonly all?: true;
  readonly only?: string;
  readonly quick?: true;
}

function verdictLine({ mutant, told, isEquivalent }: MutantVerdict): string {
  const what = `${mutant.file}: ${mutant.what}`;
  if (isEquivalent) return `= ${what} (the module exports the same)`;
  return told === null ? `✖ survives ${what}` : `✔ ${what} (${told.name})`;
}

async function mutatePackage(folder: string, options: MutateOptions): Promise<void> {
  const { count, seed, all, only, quick } = options;
  const verdicts = await mutate({
    folder: resolve(folder),
    count: all === true ? Number.POSITIVE_INFINITY : count,
    seed,
    only,
    quick,
    onVerdict: (verdict) => say(verdictLine(verdict)),
  });
  for (const line of summaryLines(verdicts)) say(line);
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
  .command('samples')
  .description('print the samples of the suite by the names that `refuses` of a phone takes')
  .action(() => sampleLines().forEach(say));
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
  .option('--all', 'all of them, whatever the count')
  .option('--only <words>', 'those of files with these words in their names')
  .option('--quick', 'only by cases for which no phone has to run')
  .action(mutatePackage);
program.addCommand(recordCommand());
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
