import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { profile } from './support/context.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('every option has its row', () => {
  const rows = [...readme.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  for (const name of Object.keys(driver.options.descriptions)) expect(rows).toContain(name);
});

test('every rung has its row, for each generation in the driver’s words', () => {
  const rows = [...readme.matchAll(/^\| ([A-Z_]+) \| (HTTP|XML_PUSH) \| (\w+) \| (\w+) \|/gm)].map(
    ([, ...cells]) => cells,
  );
  const push = { pushUsername: 'pusher', pushPassword: 'secret' };
  const rungsOf = (model: string) =>
    Object.entries(driver.capabilitiesFor(profile({ model }, push))).map(([name, [{ transport, evidence }]]) => ({
      name,
      transport,
      evidence,
    }));
  const edge = new Map(rungsOf('Edge E350').map(({ name, evidence }) => [name, evidence]));
  const claimed = rungsOf('VVX 450').map(({ name, transport, evidence }) => [
    name,
    transport,
    evidence,
    edge.get(name),
  ]);
  expect(rows.toSorted()).toEqual(claimed.toSorted());
  expect(rows).toHaveLength(16);
});
