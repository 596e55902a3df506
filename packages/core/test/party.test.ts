import { describe, expect, test } from 'vitest';
import { parseParty, UNKNOWN_PARTY } from '../src/index.ts';

describe('parseParty', () => {
  test.each([
    ['sip:101@pbx.example', '101', 'sip:101@pbx.example', null],
    ['SIP:101@pbx.example', '101', 'sip:101@pbx.example', null],
    ['sips:101@pbx.example', '101', 'sips:101@pbx.example', null],
    ['101@pbx.example', '101', 'sip:101@pbx.example', null],
    ['101@192.0.2.1:5061', '101', 'sip:101@192.0.2.1:5061', null],
    ['101', '101', null, null],
    ['+49 30 1234', '+49 30 1234', null, null],
    ['tel:+49301234', '+49301234', 'tel:+49301234', null],
    ['sip:101@pbx.example;user=phone', '101', 'sip:101@pbx.example', null],
    ['sip:101@pbx.example?Replaces=1', '101', 'sip:101@pbx.example', null],
    ['sip:101;ext=2@pbx.example', '101', null, null],
    ['sip:101:secret@pbx.example', '101', 'sip:101@pbx.example', null],
    ['<sip:101@pbx.example>', '101', 'sip:101@pbx.example', null],
    ['<sip:101@pbx.example>;tag=abc', '101', 'sip:101@pbx.example', null],
    ['"Anna Schmidt" <sip:101@pbx.example>', '101', 'sip:101@pbx.example', 'Anna Schmidt'],
    ['Anna Schmidt <sip:101@pbx.example>', '101', 'sip:101@pbx.example', 'Anna Schmidt'],
    ['  "Anna"  <sip:101@pbx.example;transport=tcp>', '101', 'sip:101@pbx.example', 'Anna'],
    ['"Anna \\"Ann\\" \\\\" <sip:101@pbx.example>', '101', 'sip:101@pbx.example', 'Anna "Ann" \\'],
    ['"" <sip:101@pbx.example>', '101', 'sip:101@pbx.example', null],
    ['"Zoë" <101>', '101', null, 'Zoë'],
    ['sip:%2B4930@pbx.example', '+4930', 'sip:%2B4930@pbx.example', null],
    ['sip:%zz@pbx.example', '%zz', 'sip:%zz@pbx.example', null],
    ['sip:@pbx.example', null, 'sip:@pbx.example', null],
    ['anonymous', 'anonymous', null, null],
  ])('%s', (text, ...expected) => {
    const { number, uri, displayName } = parseParty(text);
    expect([number, uri, displayName]).toEqual(expected);
  });

  test.each([undefined, '', '   ', '<>', '"" <>'])('%j tells nobody', (text) => {
    expect(parseParty(text)).toEqual(UNKNOWN_PARTY);
  });

  test('a name that came beside the address wins, unless it is empty', () => {
    const address = '"Inside" <sip:101@pbx.example>';
    expect(parseParty(address, ' Beside ').displayName).toBe('Beside');
    expect(parseParty(address, '').displayName).toBe('Inside');
    expect(parseParty(address, '   ').displayName).toBe('Inside');
  });

  test('a name without an address is kept', () => {
    expect(parseParty(undefined, 'Anna')).toEqual({ number: null, uri: null, displayName: 'Anna' });
  });

  test.each([' ', '"', '\\', '<', '"\\', '< ', 'a '])('100,000 times %j does not stop the process', (text) => {
    const long = text.repeat(100_000);
    expect(parseParty(`${long}x`).uri).toBeNull();
    expect(parseParty(`"${long}`).uri).toBeNull();
  });
});
