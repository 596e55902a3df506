import { describe, expect, test } from 'vitest';
import { Redactor } from '../../src/record/redaction.ts';

const RULES = { secrets: [], numbers: [], hosts: {}, macs: true } as const;

/** What becomes of a text that is all there is. */
function redacted(text: string, rules: Partial<ConstructorParameters<typeof Redactor>[0]> = {}): string {
  const redactor = new Redactor({ ...RULES, ...rules });
  redactor.learn(text);
  const result = redactor.redact(text);
  redactor.assertClean(result);
  return result;
}

describe('what is taken out', () => {
  test.each([
    ['a setting', 'user_pass1=hunter22&user_name1=ada', 'user_pass1=redacted-1&user_name1=ada'],
    ['an element', '<http_pass perm="">hunter22</http_pass>', '<http_pass perm="">redacted-1</http_pass>'],
    ['a field of JSON', '{"token": "hunter22"}', '{"token": "redacted-1"}'],
    ['one that is written in a URL, and as it is', 'pwd=a%2Fb+c%21&x=a/b+c!', 'pwd=redacted-1&x=redacted-1'],
    ['the token of an action URL', 'http://gw/a/abcdefghijklmnop_-12/incoming', 'http://gw/a/redacted-1/incoming'],
    ['the address of a document', 'url=http://gw/d/abcdefghijklmnop', 'url=http://gw/d/recorded-1'],
    ['a SIP user that is a number', 'sip:4930123456@pbx', 'sip:2000000001@pbx'],
    ['a number in a URL', 'to=tel:%2B4930123456', 'to=tel:%2B2000000001'],
    ['a MAC with colons', 'mac=00:04:13:AA:BB:CC', 'mac=00:00:5E:00:53:01'],
    ['a MAC without', 'mac=000413aabbcc and 000413aabbcc', 'mac=00005e005301 and 00005e005301'],
  ])('%s', (_, text, result) => {
    expect(redacted(text)).toBe(result);
  });

  test.each([
    ['in base64', Buffer.from('top secret').toString('base64')],
    ['in JSON', JSON.stringify('top secret')],
    ['as it is', 'top secret'],
    ['in a form', 'top+secret'],
  ])('a secret that was named, %s', (_, text) => {
    expect(redacted(text, { secrets: ['top secret'] })).toContain('redacted-1');
  });

  test('a number that was named, but not where it is part of something else', () => {
    const text = 'call 100, 1001, v1.100.3, %20100 and 100';
    expect(redacted(text, { numbers: ['100'] })).toBe('call 201, 1001, v1.100.3, %20201 and 201');
  });

  test('hosts, with their ports', () => {
    const text = 'http://10.1.2.3:8080/x 10.1.2.33 desk.office';
    expect(redacted(text, { hosts: { '10.1.2.3': '192.0.2.10', 'desk.office': '192.0.2.9' } })).toBe(
      'http://192.0.2.10/x 10.1.2.33 192.0.2.9',
    );
  });
});

test('key names and short values are no secrets', () => {
  expect(redacted('key=OK&pin=1&pass={password}')).toBe('key=OK&pin=1&pass={password}');
});

test('MAC addresses stay where somebody wants it', () => {
  expect(redacted('00:04:13:aa:bb:cc', { macs: false })).toBe('00:04:13:aa:bb:cc');
});

test('a login in a target becomes what drivers write', () => {
  const redactor = new Redactor({ ...RULES, login: { username: 'admin', password: 'hunter 22' } });
  expect(redactor.redactTarget('/s?p=login&username=admin&pwd=hunter%2022')).toBe(
    '/s?p=login&username={username}&pwd={password}',
  );
  expect(redactor.redactTarget('/s?user=admin')).toBe('/s?user=admin');
});

test('a secret that is still there is told of without telling it', () => {
  const redactor = new Redactor({ ...RULES, secrets: ['hunter22'] });
  expect(() => redactor.assertClean('aHVudGVyMjI=')).toThrow(
    'A secret is still in the recording: nothing was written.',
  );
});
