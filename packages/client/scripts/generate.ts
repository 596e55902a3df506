// Writes what is generated from the schema and operations/: `npm run generate`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { generateFiles } from './emit.ts';

mkdirSync(new URL('../src/generated/', import.meta.url), { recursive: true });
for (const [path, text] of await generateFiles()) writeFileSync(new URL(`../${path}`, import.meta.url), text);
