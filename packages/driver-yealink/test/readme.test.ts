import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { MODELS } from '../src/models.ts';
import { profile } from './support/fake-context.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const firstCells = (pattern: RegExp): readonly string[] => [...readme.matchAll(pattern)].map(([, cell]) => cell ?? '');

test('every option has its row', () => {
  const rows = firstCells(/^\| `(\w+)` \|/gm);
  expect(rows.toSorted()).toEqual(Object.keys(driver.options.descriptions).toSorted());
});

test('every model has its row, with its counts', () => {
  const rows = [...readme.matchAll(/^\| ((?:T|CP|VP)\d\w*) \| (\S+) \| (\S+) \|/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(
    MODELS.map(({ model, functionKeys, accounts }) => [model, String(functionKeys ?? '?'), String(accounts ?? '?')]),
  );
});

test('every rung has its row, in the driver’s words', () => {
  const rows = [...readme.matchAll(/^\| ([A-Z_]+) \| (HTTP|XML_PUSH|SIP_NOTIFY) \| (DOCUMENTED|ASSUMED)/gm)].map(
    ([, ...cells]) => cells.join(' '),
  );
  const rungs = Object.entries(driver.capabilitiesFor(profile({ reachableBy: { http: true, sip: true } }))).flatMap(
    ([name, ladder]) => ladder.map(({ transport, evidence }) => `${name} ${transport} ${evidence}`),
  );
  const order = rungs.map((rung) => rung.split(' ')[0]);
  const inOrder = rows.toSorted((one, other) => order.indexOf(one.split(' ')[0]) - order.indexOf(other.split(' ')[0]));
  expect(inOrder).toEqual(rungs);
});
