import { expect, test } from 'vitest';
import { commandIdAt } from '../../src/commands/command-id.ts';
import { range } from '../support/wait.ts';

const AT = Date.UTC(2026, 10, 22);

test('ids are UUIDs of version 7, of which no two are the same', () => {
  const ids = range(1_000).map(() => commandIdAt(AT));
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a later one is behind an earlier one', () => {
  const times = [0, 1, AT, AT + 1, AT + 16, AT + 2 ** 32, 2 ** 47];
  const ids = times.map(commandIdAt);
  expect(ids.toSorted()).toEqual(ids);
  expect(Number.parseInt(ids[2]?.replace('-', '').slice(0, 12) ?? '', 16)).toBe(AT);
});
