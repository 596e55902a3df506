import { httpReply } from '@hookswitch/driver-kit';
import { expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { SWITCHES, URL_SETTING } from '../src/notifications.table.ts';
import { contextOf } from './support/context.ts';

const answered = (data: unknown) => httpReply(200, JSON.stringify({ Status: '2000', data }));
const DEVICE = answered({ ModelNumber: 'VVX 450' });
const ALL = { [URL_SETTING]: { Value: 'http://gw.example/event' }, ...valuesOf(Object.keys(SWITCHES), '1') };

function valuesOf(names: readonly string[], value: string): Record<string, { Value: string }> {
  return Object.fromEntries(names.map((name) => [name, { Value: value }]));
}

test('all is well where the API answers and each notification is on', async () => {
  expect(await driver.diagnose(contextOf([DEVICE, answered(ALL)]).context)).toMatchObject([
    { code: 'REST_API_ON', severity: 'OK', fix: null },
    { code: 'NOTIFICATIONS_ON', severity: 'OK', fix: null },
  ]);
});

test.each([
  ['a URL that is empty', { ...ALL, [URL_SETTING]: { Value: '' } }, URL_SETTING],
  [
    'a switch that is off, and one that is not told',
    {
      ...valuesOf([URL_SETTING, ...Object.keys(SWITCHES).slice(2)], '1'),
      ...valuesOf([Object.keys(SWITCHES)[0] ?? ''], '0'),
    },
    Object.keys(SWITCHES).slice(0, 2).join(', '),
  ],
])('%s is named', async (_, data, names) => {
  const [, finding] = await driver.diagnose(contextOf([DEVICE, answered(data)]).context);
  expect(finding).toMatchObject({ code: 'NOTIFICATIONS_OFF', severity: 'NOTICE' });
  expect(finding?.message).toBe(`The phone does not post all of its notifications: ${names}.`);
});

test('where settings cannot be read, none is known to be on', async () => {
  const [, finding] = await driver.diagnose(contextOf([DEVICE, httpReply(403)]).context);
  expect(finding?.message).toContain(Object.keys(SWITCHES).join(', '));
});

test.each([
  [httpReply(404), /^The phone answered 404: it has no such API/],
  [httpReply(200, '<html>'), /^The phone does not answer as its REST API does\.$/],
])('an API that lets nobody in: nothing more is asked', async (reply, message) => {
  const { context, sent } = contextOf([reply]);
  const [finding, ...others] = await driver.diagnose(context);
  expect(finding).toMatchObject({ code: 'REST_API_REFUSED', severity: 'PROBLEM' });
  expect(finding?.message).toMatch(message);
  expect([others.length, sent.length]).toEqual([0, 1]);
});
