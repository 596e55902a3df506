// Writes docs/reference/, the API reference, from the gateway's schema. Part of the build; its output is not committed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCS } from '../src/folders.ts';
import { operationsPage } from '../src/reference/operations-page.ts';
import { gatewaySchema } from '../src/reference/schema.ts';
import { TYPE_PAGES, type TypePage, typePage } from '../src/reference/type-pages.ts';

const folder = join(DOCS, 'reference');
const schema = gatewaySchema();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
writeFileSync(join(folder, 'operations.md'), operationsPage(schema));
for (const page of Object.keys(TYPE_PAGES) as TypePage[]) {
  writeFileSync(join(folder, `${page}.md`), typePage(schema, page));
}
