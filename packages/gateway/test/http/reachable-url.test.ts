import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { reachableUrl } from '../../src/http/reachable-url.ts';

const own = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal);

test.each(['http://0.0.0.0:4000', 'http://[::]:4000'])(
  '%s says nothing to a phone: an address of this machine does',
  (url) => {
    expect(reachableUrl(url)).toBe(`http://${own?.address ?? '127.0.0.1'}:4000`);
  },
);

test.each(['http://127.0.0.1:4000', 'http://192.0.2.10:80', 'http://[::1]:4000', ''])('%s stays', (url) => {
  expect(reachableUrl(url)).toBe(url);
});
