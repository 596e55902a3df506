import { expect, test } from 'vitest';
import { operationOf, operationPath } from '../src/explorer/operation-path.ts';

test('an operation comes back from its path, whatever letters it has', () => {
  const operation = { query: 'query Ä { phones { nodes { name } } } # ☎ ?&/+', variables: '{"a":"ü/+=?#"}' };
  const path = operationPath(operation);
  expect(path).toMatch(/^\/explorer\/[\w-]+$/);
  expect(operationOf(path.slice('/explorer/'.length))).toEqual(operation);
});

test.each(['', 'nonsense', '%%%', btoa('{"query":1}'), btoa('[1,2]')])('%j is no operation', (text) => {
  expect(operationOf(text)).toBeNull();
});
