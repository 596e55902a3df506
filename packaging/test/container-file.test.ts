import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import rootManifest from '../../package.json' with { type: 'json' };
import { CONTAINER_FILE, environmentOf, stages } from './support/container-file.ts';
import { ignoredByEngine } from './support/image.ts';

test('the linter finds nothing in the container file', () => {
  expect(validate(CONTAINER_FILE)).toEqual([]);
  expect(validate('FROM node\nCOPY a b c\n')).not.toEqual([]);
});

test('it is made in two stages, and runs without root, with a health check and forms that need no shell', () => {
  const [build, final, ...others] = stages();
  expect(others).toEqual([]);
  expect(final?.all('RUN')).toEqual([]);
  expect(final?.lines('COPY').every((copy) => copy.startsWith('COPY --from=build '))).toBe(true);
  expect(final?.all('USER')).toEqual(['10001:10001']);
  expect(final?.all('HEALTHCHECK')).toHaveLength(1);
  expect(final?.words('ENTRYPOINT')).toEqual(['node', '/app/dist/main.js']);
  expect(environmentOf(final ?? never())['HOOKSWITCH_HOST']).toBe('0.0.0.0');
  expect(
    build?.all('RUN').every((command) => !command.includes('pnpm@') || command.includes(rootManifest.packageManager)),
  ).toBe(true);
});

test('what is built on this machine, and what may hold secrets, does not go to the engine', async () => {
  const ignored = await ignoredByEngine();
  const out = [
    '.git/config',
    'node_modules/a/b',
    'packages/core/node_modules/x',
    'packages/core/dist/index.js',
    'data/x',
  ];
  for (const file of [...out, '.env', 'packaging/compose/.env', 'packages/core/test/a.test.ts']) {
    expect([file, ignored(file)]).toEqual([file, true]);
  }
  for (const file of [
    'package.json',
    'pnpm-lock.yaml',
    'packages/core/src/index.ts',
    'packages/console/public/favicon.svg',
  ]) {
    expect([file, ignored(file)]).toEqual([file, false]);
  }
});

function never(): never {
  throw new Error('there is no final stage');
}
