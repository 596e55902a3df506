import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { nodeFault } from '../src/node-version.ts';

test('a Node.js that is too old is named, and what is needed instead', () => {
  const [, needed = ''] = /^>=(\d+)$/.exec(packageJson.engines.node) ?? [];
  expect(nodeFault(`${Number(needed) - 1}.9.0`)).toMatch(
    new RegExp(`^error: this needs Node\\.js ${needed} or newer, and runs on \\d+\\.9\\.0\\.\ndo: install`),
  );
  expect(nodeFault(`${needed}.0.0`)).toBeNull();
  expect(nodeFault('100.1.0')).toBeNull();
});
