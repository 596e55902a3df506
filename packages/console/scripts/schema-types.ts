/** `npm run schema`: writes the gateway's printed schema as types for the documents in `src/`. */
import { readFile, writeFile } from 'node:fs/promises';
import { schemaTypes } from './print-schema-types.ts';

const sdl = await readFile(new URL('../../gateway/schema.graphql', import.meta.url), 'utf8');
await writeFile(new URL('../src/graphql/schema.d.ts', import.meta.url), schemaTypes(sdl));
