import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { DOCS, ROOT } from '../../src/folders.ts';

const TYPE = fileURLToPath(new URL('dashboard-type.ts', import.meta.url));
const OPTIONS = [
  '--ignoreConfig',
  '--strict',
  '--noEmit',
  '--skipLibCheck',
  '--allowImportingTsExtensions',
  ...['--module', 'nodenext', '--target', 'esnext', '--types', '', '--pretty', 'false'],
];

const dashboard = await readFile(join(DOCS, 'monitoring/grafana-dashboard.json'), 'utf8');

/** What Grafana's schema has against a dashboard. */
async function faultsOf(json: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-dashboard-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'dashboard.ts');
  const code = `import type { OurDashboard } from '${TYPE}';\nexport const dashboard: OurDashboard = ${json.trim()};\n`;
  await writeFile(file, code);
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  return promisify(execFile)(tsc, [...OPTIONS, file]).then(
    () => '',
    (error: Error & { readonly stdout?: string }) => error.stdout || error.message,
  );
}

test("the dashboard is one by Grafana's own schema", async () => {
  expect(await faultsOf(dashboard)).toBe('');
});

test.each([
  ['"colorMode": "value"', '"colorMode": "valu"'],
  ['"w": 6', '"width": 6'],
  ['"includeAll"', '"includeALL"'],
  ['"type": "stat"', '"type": "stats"'],
  ['"expr"', '"query"'],
])('with %s as %s it would be none', async (right, wrong) => {
  expect(dashboard).toContain(right);
  expect(await faultsOf(dashboard.replace(right, wrong))).toMatch(/error TS\d+/);
});

test('panels have ids of their own, and do not lie on each other', () => {
  const { panels }: { readonly panels: readonly PlacedPanel[] } = JSON.parse(dashboard);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const over = (one: PlacedPanel['gridPos'], other: PlacedPanel['gridPos']): boolean =>
    one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
  for (const [index, { title, gridPos }] of panels.entries()) {
    expect([title, gridPos.x + gridPos.w <= 24]).toEqual([title, true]);
    for (const next of panels.slice(index + 1))
      expect([title, next.title, over(gridPos, next.gridPos)]).toContain(false);
  }
});

interface PlacedPanel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}
