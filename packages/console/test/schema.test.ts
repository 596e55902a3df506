import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { schemaTypes } from '../scripts/print-schema-types.ts';

test('the types of the schema are those of the gateway: npm run schema', async () => {
  const sdl = await readFile(new URL('../../gateway/schema.graphql', import.meta.url), 'utf8');
  expect(await readFile(new URL('../src/graphql/schema.d.ts', import.meta.url), 'utf8')).toBe(schemaTypes(sdl));
});
