import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installed } from '@hookswitch/sip-peers/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../bin/hookswitch.js', import.meta.url));
const ZSH = { name: 'zsh', files: ['/usr/bin/zsh'] };
const FISH = { name: 'fish', files: ['/usr/bin/fish'] };
/** What is asked where nothing is to be awaited any more, in seconds. */
const PATIENCE = 60;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hookswitch-completion-'));
  await writeFile(join(folder, 'hookswitch'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, {
    mode: 0o755,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a shell that finds the program, and nothing of whoever runs the tests. @returns what it said, on both streams */
async function inShell(shell: string, given: readonly string[]): Promise<string> {
  const PATH = [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(':');
  const env = { PATH, HOME: folder, TERM: 'dumb' };
  const { stdout, stderr } = await promisify(execFile)(shell, given, { env, cwd: folder, timeout: PATIENCE * 1000 });
  return stdout + stderr;
}

/** What bash would offer for a line: it calls the function that the script has registered, as it does at TAB. */
async function offersOfBash(line: string): Promise<readonly string[]> {
  const script = `
    source <(hookswitch complete bash) && source <(hookswitch complete bash)
    registered=$(complete -p hookswitch)
    [[ $registered == 'complete -o default -F '* ]] || exit 1
    COMP_LINE=$1; COMP_POINT=\${#1}
    set -- $registered
    "$5"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return (await inShell('bash', ['--norc', '-c', script, 'bash', line])).split('\n').filter((word) => word !== '');
}

describe('bash, which is here without the package bash-completion,', () => {
  test.each([
    ['hookswitch pho', ['phones']],
    ['hookswitch phones im', ['import']],
    ['hookswitch watch --type REG', ['REGISTRATION']],
    // The shell takes the colon for the end of a word, and puts what is offered behind it.
    ['hookswitch keys create x --scope calls:c', ['control']],
    ['hookswitch phones import ', []],
  ])('offers for %j: %j', async (line, offers) => {
    expect(await offersOfBash(line)).toEqual(offers);
  });

  test('offers all subcommands, and runs nothing of what was typed', async () => {
    expect(await offersOfBash('hookswitch phones ')).toEqual([
      'list',
      'add',
      'import',
      'verify',
      'discovered',
      'link',
      'help',
    ]);
    expect(await offersOfBash('hookswitch $(touch made) phones')).toEqual([]);
    await expect(inShell('ls', ['made'])).rejects.toThrow();
  });
});

/** At a terminal of its own: what is typed is completed at TAB, and what then stands there is run. */
const AT_TERMINAL = `
  zmodload zsh/zpty
  zpty shell zsh -f -i
  zpty -w shell 'autoload -Uz compinit; compinit -u -D; source <(hookswitch complete zsh)'
  zpty -w shell $'hookswitch phones imp\\t'
  zpty -r -m shell said "*(missing required|unknown command)*"
  print -r -- "$said"
  zpty -d shell`;

test.runIf(installed(ZSH))('zsh completes at TAB', { timeout: PATIENCE * 1000 }, async () => {
  expect(await inShell('zsh', ['-f', '-c', AT_TERMINAL])).toContain('error: missing required');
});

test.runIf(installed(FISH))('fish offers commands and choices', async () => {
  const offers = (line: string) =>
    inShell('fish', ['--no-config', '-c', `hookswitch complete fish | source; complete -C "${line}"`]);
  expect(await offers('hookswitch phones im')).toMatch(/^import\tRegisters the phones/);
  expect((await offers('hookswitch watch --type REG')).trim()).toBe('REGISTRATION');
});
