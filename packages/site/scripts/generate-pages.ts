// Writes the pages of docs/ that are made from the drivers, and what is made from them within others.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCS } from '../src/folders.ts';
import { generatedPages } from '../src/pages/generated-pages.ts';

for (const [name, text] of generatedPages()) writeFileSync(join(DOCS, name), text);
