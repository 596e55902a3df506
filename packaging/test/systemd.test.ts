import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REPOSITORY } from './support/container-file.ts';
import { mayRun } from './support/may-run.ts';

const FOLDER = `${REPOSITORY}packaging/systemd/`;
/** What systemd says of itself: 0 is closed, 10 is open. Below 2 it is well confined. */
const EXPOSURE_TENTHS = 15;

const analyze = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', [...args], { encoding: 'utf8', cwd: FOLDER });
  return { status, said: stdout + stderr };
};

describe.runIf(mayRun('units of systemd', 'systemd-analyze'))('the units', () => {
  test('systemd finds no fault in them', () => {
    const { status, said } = analyze('verify', '--man=no', './hookswitch.service', './hookswitch.socket');
    // The program itself need not be installed here.
    const lines = said
      .split('\n')
      .filter((line) => line.includes('hookswitch.') && !line.includes('is not executable'));
    expect(lines).toEqual([]);
    if (!said.includes('is not executable')) expect(status).toBe(0);
  });

  test('systemd calls the service well confined', () => {
    const security = ['security', '--offline=true', `--threshold=${EXPOSURE_TENTHS}`, '--no-pager'];
    const { status, said } = analyze(...security, './hookswitch.service');
    expect(said).toContain('Overall exposure level for hookswitch.service');
    expect([status, said.split('\n').findLast((line) => line.includes('Overall'))]).toEqual([0, expect.any(String)]);
  });
});

test('the socket has the name by which the gateway knows it, and the state is where the gateway looks for it', () => {
  const socket = readFileSync(`${FOLDER}hookswitch.socket`, 'utf8');
  const service = readFileSync(`${FOLDER}hookswitch.service`, 'utf8');
  expect(socket).toContain('\nFileDescriptorName=http\n');
  expect(service).toContain('\nStateDirectory=hookswitch\n');
  expect(service).toContain('HOOKSWITCH_DATA_DIR=/var/lib/hookswitch\n');
});
