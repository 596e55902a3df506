import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAuditIn } from '../../src/command-line/audit.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { ACME_CONFIG, addPhone, startProcess } from '../support/process.ts';
import { scriptedPhone, staysSilent } from '../support/scripted-phone.ts';
import { range } from '../support/wait.ts';

const ROUNDS = 5;
const DIAL = 'mutation ($id: ID!, $to: String!) { dial(phoneId: $id, command: { to: $to }) { id } }';

test('killed in the middle of commands, round after round: the chain is whole, and every command has its rows', {
  timeout: 60_000,
}, async () => {
  await using directory = await temporaryDirectory();
  const dataDir = join(directory.path, 'data');
  const config = join(directory.path, 'hookswitch.yaml');
  await writeFile(config, ACME_CONFIG);
  const environment = { HOOKSWITCH_DATA_DIR: dataDir, HOOKSWITCH_CONFIG: config };
  const verify = () => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    return { isWhole: runAuditIn(null, dataDir, { out: say, err: say }), said: said.join('') };
  };
  let rows = 0;
  for (const round of range(ROUNDS)) {
    await using phone = await scriptedPhone(staysSilent);
    await using gateway = startProcess(environment);
    const { id } = await addPhone(gateway, { name: `Desk ${round}`, address: phone.origin });
    const answers = range(8).map((n) => gateway.graphql(DIAL, { id, to: `10${n}` }).catch(() => 'cut'));
    await phone.received(1);
    gateway.kill('SIGKILL');
    await Promise.all([gateway.ended, ...answers]);
    const { isWhole, said } = verify();
    expect([isWhole, said]).toEqual([true, expect.stringMatching(/^The audit is whole: /)]);
    const [, found = '0'] = /(\d+) rows/.exec(said) ?? [];
    expect(Number(found)).toBeGreaterThan(rows);
    rows = Number(found);
  }
});
