import { describe, expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { DEFAULT_OPTIONS, type YealinkOptions } from '../src/options.ts';

async function check(input: Record<string, string>): Promise<YealinkOptions | readonly string[]> {
  const result = await driver.options.schema['~standard'].validate(input);
  if (result.issues === undefined) return result.value;
  return result.issues.map(({ path }) => (path ?? []).map(String).join('.'));
}

test('nothing set gives the defaults', async () => {
  expect(await check({})).toEqual({
    answerKey: 'auto',
    rejectKey: 'auto',
    callAddressedKeys: false,
    keySequences: 'auto',
    attendedTransfer: 'ATrans',
    notifyDialForm: 'number',
    reregisterByCheckSync: false,
    path: 'auto',
    loginForm: false,
    bracketedSelectors: false,
    screenPath: 'auto',
    xmlPush: true,
    accountUris: [],
    stepPauseMs: 250,
  });
  expect(DEFAULT_OPTIONS.xmlPush).toBe(true);
});

test('strings come out typed', async () => {
  const given = await check({
    callAddressedKeys: 'true',
    xmlPush: 'false',
    accountUris: 'sip:101@pbx.example, 102@pbx.example:5070',
    lineKeys: '21',
    stepPauseMs: '0',
    path: '/cgi-bin/cgiServer.exx',
    answerKey: 'ENTER',
  });
  expect(given).toMatchObject({
    callAddressedKeys: true,
    xmlPush: false,
    accountUris: ['101@pbx.example', '102@pbx.example:5070'],
    lineKeys: 21,
    stepPauseMs: 0,
    path: '/cgi-bin/cgiServer.exx',
    answerKey: 'ENTER',
  });
});

describe('refused, by name', () => {
  test.each<Record<string, string>>([
    { answerKey: 'Reset' },
    { rejectKey: 'Y' },
    { path: '/elsewhere' },
    { screenPath: '/elsewhere' },
    { loginForm: 'perhaps' },
    { lineKeys: '-1' },
    { lineKeys: '1.5' },
    { lineKeys: '9999' },
    { expansionKeys: 'many' },
    { stepPauseMs: '60001' },
    { keySequences: 'yes' },
    { attendedTransfer: 'BTrans' },
    { notifyDialForm: 'uri' },
    { pushUsername: 'a\nb' },
    { pushPassword: '' },
    { accountUris: '101' },
    { accountUris: 'a@b;Reset' },
  ])('%j', async (input) => {
    expect(await check(input)).toEqual([expect.stringMatching(`^${Object.keys(input)[0]}`)]);
  });

  test('a switch by its two values alone', async () => {
    const result = await driver.options.schema['~standard'].validate({ xmlPush: 'perhaps' });
    expect(result.issues?.map(({ message }) => message)).toEqual(['true or false']);
  });

  test('an option that does not exist', async () => {
    expect(await check({ anserKey: 'OK' })).toHaveLength(1);
  });
});

test('every option has its description, and the push credentials lead to two of them', async () => {
  const all: Required<Record<keyof YealinkOptions, true>> = {
    pushUsername: true,
    pushPassword: true,
    answerKey: true,
    rejectKey: true,
    callAddressedKeys: true,
    keySequences: true,
    attendedTransfer: true,
    notifyDialForm: true,
    reregisterByCheckSync: true,
    path: true,
    loginForm: true,
    bracketedSelectors: true,
    screenPath: true,
    xmlPush: true,
    accountUris: true,
    lineKeys: true,
    expansionKeys: true,
    stepPauseMs: true,
  };
  expect(Object.keys(driver.options.descriptions).toSorted()).toEqual(Object.keys(all).toSorted());
  expect(driver.options.credentials).toEqual({ push: { username: 'pushUsername', password: 'pushPassword' } });
});
