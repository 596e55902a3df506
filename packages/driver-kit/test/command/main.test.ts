import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { harnessPackage } from '../support/harness-package.ts';

const MAIN = fileURLToPath(new URL('../../dist/command/main.js', import.meta.url));

/** Runs the command as somebody does who has installed the kit. */
function run(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** A harness whose phone has a driver that claims nothing, and fails what it has to fail. */
const HARNESS = `const nothing = { score: 0, reasons: [], model: null, firmware: null, mac: null };
const driver = {
  vendor: 'small', name: 'Small', version: '1.2.3', contractVersion: '1.0.0', models: [{ model: 'S1', functionKeys: 1 }],
  options: { schema: { '~standard': { version: 1, vendor: 'small', validate: () => ({ value: {} }) } }, descriptions: {} },
  probes: [], identify: () => nothing, capabilitiesFor: () => ({}),
  actionUrls: { maxUrlLength: null, settingsFor: () => [], parse: () => null },
  provisioning: () => null, diagnose: async () => [], isCommandKey: () => false,
};
const start = () => Promise.reject(new Error('There is no such phone.'));
const phone = { name: 'S1 with 1.0', model: 'S1', firmware: '1.0', mac: null, lacks: [], start };
export const harness = { driver, phones: [phone], samples: { document: '', setting: { name: '', value: '' }, readable: '' } };
`;

async function packageWith(harness: string) {
  const made = await harnessPackage();
  await mkdir(join(made.path, 'test'));
  await writeFile(join(made.path, 'test/harness.ts'), harness);
  return made;
}

test('claims are written into the README, or printed', async () => {
  await using made = await packageWith(HARNESS);
  expect(await run('claims', made.path)).toMatchObject({
    code: 0,
    out: 'The support matrix was written into README.md.\n',
    err: '',
  });
  expect((await run('claims', made.path)).out).toBe('The support matrix in README.md was current already.\n');
  expect(await readFile(join(made.path, 'README.md'), 'utf8')).toContain('| Capability | S1 with 1.0 |');
  expect(JSON.parse((await run('claims', '--json', made.path)).out)).toMatchObject([
    { name: 'S1 with 1.0', claims: [] },
  ]);
});

test('the samples are printed by the names that a phone may refuse them by, and those that need not be declared', async () => {
  const { code, out } = await run('samples');
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual(
    expect.arrayContaining([
      'FORWARDING: setForwarding, on busy',
      'PRESS_KEYS: pressKeys, a key held down (may be refused undeclared)',
      'DISPLAY: pushXml, what is no XML (may be refused undeclared, or by the phone)',
    ]),
  );
});

test('a package is certified with what is there', async () => {
  await using made = await packageWith(HARNESS);
  const { code, out } = await run('certify', made.path);
  expect(code).toBe(0);
  expect(out).toContain('✖ S1 with 1.0: what is claimed and what is lacking is as declared');
  expect(out).toMatch(/No tier, in conformance\.json\.\nFor BRONZE: \d+ cases of an obeying phone fail\.\n$/);
  const result: unknown = JSON.parse(await readFile(join(made.path, 'conformance.json'), 'utf8'));
  expect(result).toMatchObject({ vendor: 'small', tier: null, phones: [{ name: 'S1 with 1.0' }] });
});

test('mutants of a driver that fails by itself are not tried', async () => {
  await using made = await packageWith(HARNESS);
  const { code, out, err } = await run('mutate', '--quick', made.path);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('Without any mutant this fails: the Small driver: its probes only read');
});

test('a package without a harness is told so', async () => {
  await using none = await harnessPackage();
  const missing = await run('claims', none.path);
  expect(missing.code).toBe(1);
  expect(missing.err).toContain('test/harness.ts cannot be imported: ');
  await using other = await packageWith('export const harness = 3;\n');
  expect((await run('certify', other.path)).err).toBe(
    'test/harness.ts exports no `harness` with driver, phones and samples.\n',
  );
});
