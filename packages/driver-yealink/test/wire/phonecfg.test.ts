import { describe, expect, test } from 'vitest';
import { parseIni } from '../../src/wire/ini.ts';
import { parsePhonecfg, readPhonecfg } from '../../src/wire/phonecfg.ts';
import { reply } from '../support/fake-context.ts';
import { fixture } from '../support/fixture.ts';
import { short } from '../support/ladders.ts';

const sample = fixture('phonecfg/reply-v71.ini');

test('a line of accounts that is none is left out, and one without a state has none', () => {
  const info = parsePhonecfg('[Accounts]\nTotal=16\nAccount0=\nAccount1=|label||||bert@pbx.example');
  expect(info?.accounts).toMatchObject([
    { account: 1, enabled: null, user: null, label: null },
    { account: 2, enabled: null, user: 'bert', host: 'pbx.example', label: 'label' },
  ]);
});

describe('the reply of a real client’s tests', () => {
  test('accounts count from 1 and come in order', () => {
    const info = parsePhonecfg(sample);
    expect(info?.accounts.map(({ account }) => account)).toEqual([1, 2, 3, 5, 6]);
    expect(info?.accounts[0]).toEqual({
      account: 1,
      user: '101',
      host: '192.0.2.14',
      displayName: '101',
      label: '101',
      enabled: true,
      registered: null,
    });
    expect(info?.accounts[1]).toMatchObject({ label: null, user: 'user1', host: 'host', displayName: 'dispname1' });
    expect(info?.accounts[4]).toMatchObject({
      account: 6,
      enabled: false,
      user: null,
      host: null,
      displayName: null,
    });
  });

  test('firmware and switches', () => {
    const info = parsePhonecfg(sample);
    expect(info?.firmware).toBe('2.71.14.4');
    expect(info?.model).toBeNull();
    expect(info?.features).toEqual([
      { feature: 'DO_NOT_DISTURB', enabled: false, target: null },
      { feature: 'FORWARD_ALWAYS', enabled: false, target: null },
      { feature: 'FORWARD_BUSY', enabled: false, target: null },
      { feature: 'FORWARD_NO_ANSWER', enabled: false, target: null },
    ]);
  });
});

describe('variants', () => {
  test('CRLF, a byte order mark, other case, sections that nobody asked for', () => {
    const text = '\ufeff[STATUS]\r\nfirmwareversion=35.83.0.35\r\nMACAddress=001565AABBCC\r\n[New]\r\nA=b\r\n';
    expect(parsePhonecfg(text)).toEqual({
      mac: '00:15:65:aa:bb:cc',
      model: 'T48G',
      firmware: '35.83.0.35',
      accounts: [],
      features: [],
    });
  });

  test('switches that are on, with targets that hold `=`', () => {
    const text = '[Status]\nFirmwareVersion=66.86.0.15\n[DND]\nState=On\n[Forward_busy]\nState=On\nTarget=a=b\n';
    expect(parsePhonecfg(text)?.features).toEqual([
      { feature: 'DO_NOT_DISTURB', enabled: true, target: null },
      { feature: 'FORWARD_BUSY', enabled: true, target: 'a=b' },
    ]);
  });

  test('labels outside ASCII, users with an @, too few fields', () => {
    const text = '[Accounts]\nAccount1=Enabled|Приёмная|r|Empfang|Off|a@b@pbx.example|\nAccount0=Enabled\n';
    const accounts = parsePhonecfg(text)?.accounts;
    expect(accounts?.[1]).toMatchObject({ label: 'Приёмная', user: 'a@b', host: 'pbx.example' });
    expect(accounts?.[0]).toMatchObject({ account: 1, enabled: true, user: null, label: null });
  });

  test('a section that comes twice is one', () => {
    expect(parseIni('[A]\nx=1\n[B]\ny=2\n[a]\nz=3').get('a')).toEqual(
      new Map([
        ['x', '1'],
        ['z', '3'],
      ]),
    );
  });

  test.each(['', '<html></html>', 'Status\nFirmwareVersion=1.2.3', '=x'])('%j is no configuration', (text) => {
    expect(parsePhonecfg(text)).toBeNull();
  });
});

test.each([
  [{ text: sample }, 'ACCEPTED'],
  [{ text: '<html></html>' }, 'PHONE_REJECTED'],
  [{ status: 400 }, 'NOT_HERE'],
  [{ status: 404 }, 'NOT_HERE'],
  [{ status: 403 }, 'PHONE_REJECTED'],
])('the reply %#', (answer, expected) => {
  expect(short(readPhonecfg(reply(answer)))).toBe(expected);
});
