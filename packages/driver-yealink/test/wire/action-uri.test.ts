import { describe, expect, test } from 'vitest';
import {
  addressed,
  dialed,
  forwarded,
  keyRequest,
  phonecfgRequest,
  pressed,
  transferred,
} from '../../src/wire/action-uri.ts';
import { fixture } from '../support/fixture.ts';

const servlet = { path: '/servlet', loginForm: false };
const target = (...keys: readonly string[]) => keyRequest(servlet, keys).target;

describe("the documents' literals", () => {
  test.each([
    ['press.txt', target(pressed('OK'))],
    ['dial.txt', target(dialed('1234', '1006@10.3.5.199'))],
    ['sequence.txt', target('F1', 'F3', 'DOWN', 'DOWN', 'DOWN', 'OK', 'OK')],
    ['forward-no-answer.txt', target(forwarded('NoAnswFwd', '1001', 24))],
    ['forward-no-answer-off.txt', target(forwarded('NoAnswFwd', null))],
    ['answer-by-call-id.txt', target(addressed('ASW', '33093'))],
    ['phonecfg.txt', phonecfgRequest(servlet, { accounts: true, dnd: true, forwarding: true, brackets: false }).target],
    [
      'phonecfg-brackets.txt',
      phonecfgRequest(servlet, { accounts: true, dnd: false, forwarding: true, brackets: true }).target,
    ],
  ])('%s', (file, sent) => {
    expect(sent).toBe(fixture(`action-uri/${file}`));
  });

  test('the login stands before the key, with places for user and password instead of them', () => {
    const request = keyRequest({ path: '/servlet', loginForm: true }, ['OK']);
    const literal = fixture('action-uri/login-form.txt').replace('xxx', '{username}').replace('yyy', '{password}');
    expect(request.target).toBe(`/servlet?${literal}key=OK`);
    expect(request.credentialsInTarget).toBe(true);
    expect(keyRequest(servlet, ['OK']).credentialsInTarget).toBeUndefined();
  });

  test('older paths take the same parameters', () => {
    expect(keyRequest({ path: '/cgi-bin/ConfigManApp.com', loginForm: false }, ['OK']).target).toBe(
      '/cgi-bin/ConfigManApp.com?key=OK',
    );
  });
});

describe('values', () => {
  test.each([
    ['+4930123', 'number=%2B4930123'],
    ['*43#', 'number=*43%23'],
    ['a&b', 'number=a%26b'],
    ['1&key=Reset', 'number=1%26key%3DReset'],
    ['100%', 'number=100%25'],
    ['{username}', 'number=%7Busername%7D'],
    ['müller@pbx.example:5070', 'number=m%C3%BCller@pbx.example:5070'],
    ['1 2\r\nX: y', 'number=1%202%0D%0AX:%20y'],
  ])('%j is encoded', (number, key) => {
    expect(dialed(number, undefined)).toBe(key);
  });

  test('names of keys too', () => {
    expect(pressed('*')).toBe('*');
    expect(pressed('A+B#')).toBe('A%2BB%23');
  });

  test('transfers and forwards', () => {
    expect(transferred('ATrans', '+49')).toBe('ATrans=%2B49');
    expect(transferred('BTrans', '102')).toBe('BTrans=102');
    expect(forwarded('AlwaysFwd', '#1')).toBe('AlwaysFwdOn=%231');
    expect(forwarded('BusyFwd', null)).toBe('BusyFwdOff');
  });
});

test('only phonecfg is a reading request', () => {
  expect(keyRequest(servlet, ['OK']).readOnly).toBeUndefined();
  const selectors = { accounts: false, dnd: false, forwarding: false, brackets: false };
  const request = phonecfgRequest(servlet, selectors);
  expect(request.target).toBe('/servlet?phonecfg=get&accounts=0&dnd=0&fw=0');
  expect(request.readOnly).toBe(true);
});
