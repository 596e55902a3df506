import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { REPOSITORY } from './container-file.ts';

const CHART = `${REPOSITORY}packaging/helm/hookswitch/`;
const read = (name: string): string => readFileSync(join(CHART, name), 'utf8');

/** The chart's own values and description, and the schema of its values. */
export const chart = {
  values: parse(read('values.yaml')) as Readonly<Record<string, unknown>>,
  description: parse(read('Chart.yaml')) as Readonly<Record<string, string>>,
  schema: JSON.parse(read('values.schema.json')) as Readonly<Record<string, unknown>>,
};

/** An object of Kubernetes, as far as it is looked at here. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** The chart's values with those laid over, part by part, as Helm does. */
export function valuesWith(own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return merge(chart.values, own);
}

/** Builds the renderer: Go's text/template with sprig, from Debian's packages. @returns its path */
export function buildRenderer(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-chart-'));
  const program = join(folder, 'render');
  const source = fileURLToPath(new URL('helm/render.go', import.meta.url));
  const env = {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOCACHE: join(folder, 'cache'),
    GOFLAGS: '',
  };
  const { status, stderr } = spawnSync('go', ['build', '-o', program, source], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return program;
}

/** Renders the chart. @returns its objects. @throws what a template refuses */
export function render(program: string, own: Readonly<Record<string, unknown>>): readonly KubernetesObject[] {
  const names = readdirSync(join(CHART, 'templates'));
  const { name, version, appVersion } = chart.description;
  const input = {
    values: valuesWith(own),
    chart: { Name: name, Version: version, AppVersion: appVersion },
    release: { Name: 'office', Namespace: 'phones', Service: 'Helm' },
    templates: Object.fromEntries(names.map((file) => [file, read(`templates/${file}`)])),
  };
  const { status, stdout, stderr } = spawnSync(program, [], { input: JSON.stringify(input), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const texts: Readonly<Record<string, string>> = JSON.parse(stdout);
  return Object.entries(texts)
    .filter(([file]) => file.endsWith('.yaml'))
    .flatMap(([file, text]) =>
      parseAllDocuments(text).map((document) => {
        if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join()}\n${text}`);
        return document.toJS() as KubernetesObject | null;
      }),
    )
    .filter((object) => object !== null);
}

function merge(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const before = merged[name];
    merged[name] = isPlain(before) && isPlain(value) ? merge(before, value) : value;
  }
  return merged;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
