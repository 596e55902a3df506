// Writes schema.graphql, the printed form of the public API. Run it after each change to src/graphql.
import { writeFileSync } from 'node:fs';
import { printedSchema } from '../src/graphql/schema.ts';

writeFileSync(new URL('../schema.graphql', import.meta.url), printedSchema());
