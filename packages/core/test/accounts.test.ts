import { expect, test } from 'vitest';
import { ACCOUNT_URI, accountUris, placeOfAccount } from '../src/index.ts';

test('accounts as somebody writes them, without their schemes', () => {
  expect(accountUris(' anna@pbx.example, SIP:bert@pbx.example,,sips:cora@pbx.example ')).toEqual([
    ...['anna@pbx.example', 'bert@pbx.example', 'cora@pbx.example'],
  ]);
  expect(['anna@pbx.example', 'anna', 'a@b@c', 'a b@c', 'a;b@c'].map((uri) => ACCOUNT_URI.test(uri))).toEqual([
    ...[true, false, false, false, false],
  ]);
});

test('the place of an account that a command names', () => {
  const accounts = ['anna@pbx.example', 'bert@pbx.example'];
  const place = (from?: string) => placeOfAccount(from, accounts, 'lines');
  expect([place(), place('anna@pbx.example'), place('sips:bert@pbx.example')]).toEqual([null, 0, 1]);
  expect(place('cora@pbx.example')).toMatchObject({
    status: 'FAILED',
    failure: { code: 'INVALID_ARGUMENT', message: 'It is none of the lines.' },
  });
});
