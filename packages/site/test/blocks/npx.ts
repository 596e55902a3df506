/**
 * Stands in for `npx` while a page's commands run. `npx -y pnpm@VERSION NAME` runs the workspace's script NAME as it is, without
 * building what the tests have built already and use meanwhile.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [yes, runner, name = ''] = process.argv.slice(2).filter((word) => word !== '-s');
const root = process.cwd();
const { packageManager, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const script: unknown = scripts[name];
if (yes !== '-y' || runner !== packageManager || typeof script !== 'string') {
  process.stderr.write(`npx ${process.argv.slice(2).join(' ')}: the workspace has no such script, or another pnpm.\n`);
  process.exit(1);
}
const [, file] = /^node scripts\/run\.ts (\S+)$/.exec(script) ?? [];
if (file !== undefined) {
  const given = process.argv.slice(process.argv.indexOf(name) + 1);
  process.exit(spawnSync(process.execPath, [join(root, file), ...given], { stdio: 'inherit' }).status ?? 1);
}
if (name !== 'build') {
  process.stderr.write(`npx: the tests do not run the script ${name}.\n`);
  process.exit(1);
}
