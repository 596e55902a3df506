import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FINDINGS } from '../../src/check/index.ts';

const PAGE = new URL('../../../../docs/driver-check.md', import.meta.url);

const HEAD = `# What the check of a driver package finds

\`hookswitch-driver-check\`, a command of \`@hookswitch/driver-kit\`, looks at the package of a driver before others install it: its
manifest, its modules as built, its files, its README. It imports the driver and sends nothing.

\`\`\`
npx hookswitch-driver-check            # in the package's folder, built; exits with 1 where something is to be mended
npx hookswitch-driver-check --json
npx hookswitch-driver-check explain E107
npx hookswitch-driver-check size       # lines of code by module, tables apart
\`\`\`

Of the code it follows all that the entry \`.\` imports from the package itself, and no farther: what a dependency does in its own
modules is not looked at. It is no sandbox; a gateway runs drivers of others in workers.

E1 is the manifest, E2 the contract, E3 the code, E4 the files, E5 the documents. The package's own test writes this page from the
table of the check (\`UPDATE_DOCS=1\`), and fails where it is not current.
`;

test('the page has every code (UPDATE_DOCS=1 writes it)', () => {
  const parts = Object.entries(FINDINGS).map(
    ([code, { rule, why, fix }]) => `## ${code}\n\n${rule}\n\n*Why:* ${why}\n\n*Fix:* ${fix}\n`,
  );
  const page = [HEAD, ...parts].join('\n');
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
