import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAudit } from './commands/audit.ts';
import { addConfig } from './commands/config.ts';
import { addDemo } from './commands/demo.ts';
import { addDial } from './commands/dial.ts';
import { addDoctor } from './commands/doctor.ts';
import { addKeys } from './commands/keys.ts';
import { addPhones } from './commands/phones.ts';
import { addPress } from './commands/press.ts';
import { addRotateSecretKey } from './commands/rotate-secret-key.ts';
import { addScreen } from './commands/screen.ts';
import { addServe } from './commands/serve.ts';
import { addWatch } from './commands/watch.ts';
import { addCompletion } from './completion.ts';
import { EXIT_MEANINGS } from './exit-codes.table.ts';

/** The program with all its commands. */
export function createProgram(): Command {
  const program = new Command('hookswitch')
    .description('IP desk phones behind one GraphQL endpoint: run the gateway, and use it.')
    .version(versionHere())
    .showHelpAfterError('do: see what there is with --help.')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', tail());
  const adders = [addServe, addDemo, addPhones, addDial, addPress, addWatch, addScreen];
  for (const add of [...adders, addDoctor, addConfig, addKeys, addAudit, addRotateSecretKey]) add(program);
  addCompletion(program);
  return program;
}

function tail(): string {
  const codes = Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return [
    '',
    'Examples:',
    '  hookswitch demo',
    '  hookswitch serve --config hookswitch.yaml',
    '  hookswitch dial "Anna Ritter" 201',
    '  hookswitch watch --type CALL --json',
    '  source <(hookswitch complete bash)    completion; also zsh, fish, powershell',
    '',
    'Exit codes:',
    ...codes,
    '',
    'HOOKSWITCH_URL says where the gateway is, HOOKSWITCH_KEY who asks; NO_COLOR forbids colours.',
  ].join('\n');
}

function versionHere(): string {
  const read: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : '0.0.0';
}
