import { resolve } from 'node:path';
import { InvalidArgumentError, program } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { checkDriverPackage } from './check-package.ts';
import { driverSize } from './code-size.ts';
import { FINDINGS, type FindingCode } from './findings.table.ts';

function isCode(text: string): text is FindingCode {
  return Object.hasOwn(FINDINGS, text);
}

function codeOf(text: string): FindingCode {
  const code = text.toUpperCase();
  if (isCode(code)) return code;
  throw new InvalidArgumentError('There is no such code.');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function check(folder: string, { json }: { readonly json?: true }): Promise<void> {
  const findings = await checkDriverPackage(resolve(folder));
  if (findings.length > 0) process.exitCode = 1;
  if (json === true) return say(JSON.stringify(findings, null, 2));
  for (const { code, file, message } of findings) {
    say(`${code} ${file}: ${message}`);
    say(`     ${FINDINGS[code].fix}`);
  }
  say(
    findings.length === 0
      ? 'The package passes.'
      : `${findings.length} to mend. More: hookswitch-driver-check explain CODE`,
  );
}

async function size(folder: string, { json }: { readonly json?: true }): Promise<void> {
  const { lines, tables, modules } = await driverSize(resolve(folder));
  if (json === true) return say(JSON.stringify({ lines, tables, modules }, null, 2));
  for (const module of modules) say(`${String(module.lines).padStart(6)}  ${module.file}`);
  say(`${lines} lines of code, and ${tables} of tables.`);
}

function explain(code: FindingCode): void {
  const { rule, why, fix } = FINDINGS[code];
  say(`${code}: ${rule}\n\nWhy: ${why}\n\nFix: ${fix}`);
}

program
  .name('hookswitch-driver-check')
  .description('Checks the package of a Hookswitch driver. Exits with 1 where something is to be mended.')
  .version(packageJson.version);
program
  .command('check', { isDefault: true })
  .description('check a package (what is done where no command is named)')
  .argument('[folder]', 'the one with package.json, built', '.')
  .option('--json', 'print the findings as JSON')
  .action(check);
program
  .command('size')
  .description('count the code of a driver: without comments, types, imports and virtual phones, and its tables apart')
  .argument('[folder]', 'the one with package.json, built', '.')
  .option('--json', 'print it as JSON')
  .action(size);
program
  .command('explain')
  .description('tell what a code means and what to do')
  .argument('<code>', 'such as E107', codeOf)
  .action(explain);
await program.parseAsync();
