import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { readSchema } from '../scripts/documents.ts';
import { generateFiles } from '../scripts/emit.ts';
import * as operations from '../src/generated/operations.ts';

test('what is generated is as the schema and the operations are now', async () => {
  const files = await generateFiles();
  expect(files.size).toBe(4);
  for (const [path, text] of files) {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), `${path}: npm run generate`).toBe(text);
  }
});

test('every operation is valid, every command of the schema has one, and the manifest holds them all', () => {
  const { schema } = readSchema();
  const manifest: unknown = JSON.parse(readFileSync(new URL('../persisted-operations.json', import.meta.url), 'utf8'));
  const all = Object.values(operations);
  expect(manifest).toEqual(Object.fromEntries(all.map(({ id, text }) => [id, text])));
  expect(all.flatMap(({ text }) => validate(schema, parse(text)))).toEqual([]);
  const names = all.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(schema.getMutationType()?.getFields() ?? {})));
  expect(names).toEqual(expect.arrayContaining(['phoneEvents', 'calls', 'followCommand']));
});
