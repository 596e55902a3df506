import { describe, expect, test } from 'vitest';
import { maskNumber, maskParty, maskText, maskUri } from '../../src/security/mask/mask-numbers.ts';

describe('a number is cut short', () => {
  test.each([
    ['+49 30 1234567', '+49 30***'],
    ['+493012345678', '+4930***'],
    ['0301234567', '0301***'],
    ['(030) 123-4567', '(030) 1***'],
    ['201', '2***'],
    ['5', '***'],
    ['*21#', '*2***'],
    ['anonymous', 'anonymous'],
  ])('%s → %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });

  test('its length is not told', () => {
    expect(maskNumber('+4930123456')).toBe(maskNumber('+493012345678901'));
  });
});

test.each([
  ['call from +49 30 1234567 to 201', 'call from +49 30*** to 2***'],
  ['sip:201@192.0.2.20:5060', 'sip:2***@192.0.2.20:50***'],
  ['00:04:13:12:34:56', '00:04:13:12:34:56'],
  ['%2B4930123456', '%2B4930***'],
  ['Ada, room 12', 'Ada, room 12'],
  ['1-2-3 4/5.6', '1-2-3***'],
])('in a text: %s → %s', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test('long texts made for it keep it busy no longer than others', () => {
  // Three times as long takes about three times as long: a repetition that overlaps would take hours.
  for (const piece of ['1 ', '1.', '+(', '1 (', '00:']) {
    expect(maskText(piece.repeat(100_000)).length).toBeGreaterThan(0);
  }
});

test.each([
  ['sip:+49301234567@pbx.example', 'sip:+4930***@pbx.example'],
  ['sip:ada@pbx.example', 'sip:ada@pbx.example'],
  ['tel:+49301234567', 'tel:+4930***'],
  ['0301234567@pbx.example', '0301***@pbx.example'],
])('of a URI the user: %s → %s', (uri, masked) => {
  expect(maskUri(uri)).toBe(masked);
});

test('a party keeps its name, unless it is a number', () => {
  const party = { number: '0301234567', uri: 'sip:0301234567@pbx', displayName: 'Ada' };
  expect(maskParty(party)).toEqual({ number: '0301***', uri: 'sip:0301***@pbx', displayName: 'Ada' });
  expect(maskParty({ number: null, uri: null, displayName: '030 1234567' })).toEqual({
    number: null,
    uri: null,
    displayName: '030 1***',
  });
});
