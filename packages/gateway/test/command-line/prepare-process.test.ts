import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MODULE = new URL('../../src/command-line/prepare-process.ts', import.meta.url).href;

test('this Node.js knows what a process is prepared with, and says nothing of it', async () => {
  const program = `const { prepareProcess } = await import('${MODULE}'); prepareProcess(); console.log('ready');`;
  const told = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(told).toEqual({ stdout: 'ready\n', stderr: '' });
});
