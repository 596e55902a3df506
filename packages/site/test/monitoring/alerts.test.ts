import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed } from '@hookswitch/sip-peers/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { DOCS } from '../../src/folders.ts';
import { ALERT_SCENES, type AlertScene } from './alert-scenes.table.ts';

/** Debian's. */
const PROMETHEUS = { name: 'prometheus', files: ['/usr/bin/promtool'] };
const RULES = join(DOCS, 'monitoring/prometheus-alerts.yaml');

interface Rule {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const rules: readonly Rule[] = parse(await readFile(RULES, 'utf8')).groups.flatMap(
  (group: { readonly rules: readonly Rule[] }) => group.rules,
);

function promtool(...given: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', given, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

/** A test in Prometheus' own form. */
function testOf({ alert, labels, annotations }: Rule, scene: AlertScene, fires: boolean): object {
  const own = { instance: 'a', ...scene.labels };
  const filled = Object.entries(annotations).map(([name, text]) => [name, fill(text, { ...own, value: scene.value })]);
  return {
    interval: '1m',
    input_series: Object.entries(fires ? scene.fires : scene.stays).map(([series, values]) => ({ series, values })),
    alert_rule_test: [
      {
        eval_time: scene.at,
        alertname: alert,
        exp_alerts: fires ? [{ exp_labels: { ...labels, ...own }, exp_annotations: Object.fromEntries(filled) }] : [],
      },
    ],
  };
}

function fill(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(/\{\{ \$(?:labels\.)?(\w+) \}\}/g, (_, name: string) => values[name] ?? '');
}

test('every alert has a scene with which it fires', () => {
  expect(Object.keys(ALERT_SCENES)).toEqual(rules.map(({ alert }) => alert));
});

describe.runIf(installed(PROMETHEUS))('Prometheus itself', () => {
  test('takes the rules', () => {
    expect(promtool('check', 'rules', RULES)).toMatchObject({ status: 0, said: expect.stringContaining('11 rules') });
  });

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s fires when it should, and else not',
    async (_, rule) => {
      const scene = ALERT_SCENES[rule.alert];
      if (scene === undefined) throw new Error('There is no scene.');
      const folder = await mkdtemp(join(tmpdir(), 'hookswitch-alerts-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const file = join(folder, 'test.yaml');
      const tests = [testOf(rule, scene, true), testOf(rule, scene, false)];
      await writeFile(file, stringify({ rule_files: [RULES], evaluation_interval: '1m', tests }));
      expect(promtool('test', 'rules', file)).toMatchObject({ status: 0 });
      // A scene that is none for the other side: else the test could not fail.
      const swapped = testOf(rule, { ...scene, fires: scene.stays }, true);
      await writeFile(file, stringify({ rule_files: [RULES], evaluation_interval: '1m', tests: [swapped] }));
      expect(promtool('test', 'rules', file).status).toBe(1);
    },
  );
});
