import { describe, expect, test } from 'vitest';
import {
  commonClues,
  type DeviceEvidence,
  identifyBy,
  isAtLeast,
  normalMac,
  ouiClue,
  type VendorMarks,
} from '../src/index.ts';

test.each([
  ['0004F2839AF9', '00:04:f2:83:9a:f9'],
  [' 00:04:f2:83:9a:F9 ', '00:04:f2:83:9a:f9'],
  ['00-04-F2-83-9A-F9', '00:04:f2:83:9a:f9'],
  ['0004f2', null],
  ['0004f2839afg', null],
  ['0004f2839af9aa', null],
  ['', null],
  [null, null],
  [undefined, null],
])('the MAC address %j is %j', (text, mac) => {
  expect(normalMac(text)).toBe(mac);
});

test.each([
  ['5.9.3.2857', '5.8', true],
  ['5.8', '5.8.0', true],
  ['5.8', '5.8.1', false],
  ['5.10', '5.9', true],
  ['6', '5.9', true],
  ['4.9', '5', false],
  ['5.9-rc1', '5.9', true],
])('%s is at least %s: %s', (version, wanted, is) => {
  expect([isAtLeast(version, wanted, true), isAtLeast(version, wanted, false)]).toEqual([is, is]);
});

test.each([null, '', 'new'])('of the version %j the driver decides', (version) => {
  expect([isAtLeast(version, '1', true), isAtLeast(version, '1', false)]).toEqual([true, false]);
});

const MARKS: VendorMarks = {
  name: 'Acme',
  pattern: /\bacme\b/i,
  ouis: new Set(['00:0a:cc']),
  modelIn: (text) => /\bA\d\b/.exec(text)?.[0] ?? null,
};
const NOTHING: DeviceEvidence = { mac: null, model: null, replies: [] };
const named = (server: string) => ({ target: '/', status: 401, headers: { server }, text: '' });

describe('what most devices are known by', () => {
  test('of a device of which nothing is known there is no clue', () => {
    expect(commonClues(NOTHING, MARKS)).toEqual([null, null, null]);
    expect(commonClues({ ...NOTHING, replies: [{ ...named(''), headers: {} }, named('nginx')] }, MARKS)[0]).toBeNull();
  });

  test('its web server names it, with its model and its firmware where they stand there', () => {
    const evidence = { ...NOTHING, replies: [named('nginx'), named('Acme A2 1.7')] };
    const clue = { weight: 70, reason: 'its web server is "Acme A2 1.7"', model: 'A2', firmware: null };
    expect(commonClues(evidence, MARKS)).toEqual([clue, null, null]);
    const firmwareIn = (server: string) => /\d\.\d/.exec(server)?.[0] ?? null;
    expect(commonClues(evidence, { ...MARKS, firmwareIn })[0]).toEqual({ ...clue, firmware: '1.7' });
  });

  test('its MAC address is one of the vendor, or is not', () => {
    const clue = { weight: 40, reason: 'its MAC address is one of Acme', mac: '00:0a:cc:01:02:03' };
    expect(commonClues({ ...NOTHING, mac: '000ACC010203' }, MARKS)).toEqual([null, clue, null]);
    expect(ouiClue('00:0a:cd:01:02:03', 'Acme', MARKS.ouis)).toBeNull();
  });

  test('somebody said what it is, by its model or its vendor', () => {
    const said = (model: string) => commonClues({ ...NOTHING, model }, MARKS)[2];
    expect(said('A1')).toEqual({ weight: 30, reason: 'it was said to be a A1', model: 'A1' });
    expect(said('an acme phone')).toMatchObject({ weight: 30, model: null });
    expect(said('D785')).toBeNull();
  });
});

test('clues add up to 100, and the first that tells something counts', () => {
  const clues = [
    { weight: 60, reason: 'a', model: null, mac: '1' },
    null,
    { weight: 50, reason: 'b', model: 'A1', firmware: '1.0', mac: '2' },
    { weight: 1, reason: 'c', model: 'A2', firmware: undefined },
  ];
  expect(identifyBy(clues, NOTHING)).toEqual({
    ...{ score: 100, reasons: ['a', 'b', 'c'], model: 'A1', firmware: '1.0', mac: '1' },
  });
  expect(identifyBy([null, { weight: 30, reason: 'd' }], { mac: '000ACC010203' })).toEqual({
    ...{ score: 30, reasons: ['d'], model: null, firmware: null, mac: '00:0a:cc:01:02:03' },
  });
});
