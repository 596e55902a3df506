import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SyntaxNodeRef } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCS } from '../../src/folders.ts';
import { openOffice, stir } from '../blocks/office.ts';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}
interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

const dashboard = JSON.parse(readFileSync(join(DOCS, 'monitoring/grafana-dashboard.json'), 'utf8')) as Dashboard;
const alertsText = readFileSync(join(DOCS, 'monitoring/prometheus-alerts.yaml'), 'utf8');
const alerts = (parse(alertsText) as Rules).groups.flatMap(({ rules }) => rules);
const expressions: readonly (readonly [string, string])[] = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [`panel ${title}`, expr] as const)),
  ...alerts.map(({ alert, expr }) => [`alert ${alert}`, expr] as const),
];

/** Labels that Prometheus adds by itself, and its own metric of each target. */
const OF_PROMETHEUS = new Set(['job', 'instance', 'up']);

let office: Awaited<ReturnType<typeof openOffice>>;
let served: string;
beforeAll(async () => {
  office = await openOffice();
  await stir(office, '101', 'FEATURE');
  served = await (await fetch(`${office.gateway.url}/metrics`)).text();
});
afterAll(() => office.stop());

test('there are as many expressions as there are panels and alerts', () => {
  expect([expressions.length, alerts.length]).toEqual([34, 11]);
});

test.each(expressions)('%s', (_, expression) => {
  const { faults, metrics } = read(expression);
  expect(faults).toEqual([]);
  expect(metrics.length).toBeGreaterThan(0);
  for (const metric of metrics) expect(names(), `${metric} is not served`).toContain(metric);
});

test('labels by which metrics are told apart are on them', () => {
  const labels = new Set([...served.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label));
  const used = expressions.flatMap(([, expression]) => read(expression).labels);
  // What did not happen in the test's office has no series: those are looked up in the gateway's own page.
  const page = readFileSync(join(DOCS, 'operations.md'), 'utf8');
  const documented = [...page.matchAll(/`hookswitch_[a-z_]+\{([a-z,]+)\}`/g)].flatMap(([, list = '']) =>
    list.split(','),
  );
  const known = [...labels, ...documented, ...OF_PROMETHEUS];
  expect(used.filter((label) => !known.includes(label))).toEqual([]);
});

test('every alert stands in the page', () => {
  const page = readFileSync(join(DOCS, 'monitoring.md'), 'utf8');
  expect([...page.matchAll(/^\| `(Hookswitch\w+)`/gm)].map(([, name]) => name)).toEqual(
    alerts.map(({ alert }) => alert),
  );
});

/** Names of metrics as Prometheus knows them: those of histograms with their suffixes. */
function names(): readonly string[] {
  const types = [...served.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  const ours = types.flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name],
  );
  return [...ours, ...OF_PROMETHEUS];
}

/** What an expression names, by Prometheus' own grammar; Grafana's variables stand for text in it. */
function read(expression: string): {
  readonly faults: readonly string[];
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
} {
  const found = { faults: [] as string[], metrics: [] as string[], labels: [] as string[] };
  const textOf = ({ from, to }: SyntaxNodeRef): string => expression.slice(from, to);
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) found.faults.push(`at ${node.from}: ${expression}`);
      else if (node.name === 'VectorSelector' || node.name === 'Identifier') {
        const identifier = node.name === 'Identifier' ? node : null;
        if (identifier !== null && node.node.parent?.name === 'VectorSelector') found.metrics.push(textOf(identifier));
      } else if (node.name === 'LabelName') found.labels.push(textOf(node));
    },
  });
  return found;
}
