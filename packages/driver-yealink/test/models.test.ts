import { describe, expect, test } from 'vitest';
import { isSince, parseFirmware } from '../src/firmware.ts';
import { canonicalModel, FIRMWARE_FAMILIES, findModel, MODELS, modelOfFamily } from '../src/models.ts';

test('the table is read whole, each model once, spelled as itself', () => {
  expect(MODELS).toHaveLength(62);
  expect(new Set(MODELS.map(({ model }) => model)).size).toBe(62);
  for (const row of MODELS) expect(findModel(row.model)).toBe(row);
});

test('every model of a firmware family has its row', () => {
  const missing = [...FIRMWARE_FAMILIES.values()].flat().filter((model) => findModel(model) === null);
  expect(missing).toEqual([]);
});

test('the guides that nobody could read are those of T7x and T8x', () => {
  const unread = MODELS.filter(({ guideUnread }) => guideUnread).map(({ model }) => model);
  expect(unread).toHaveLength(9);
  expect(unread).toEqual(MODELS.map(({ model }) => model).filter((model) => /^T[78]/.test(model)));
});

describe('spellings', () => {
  test.each([
    ['SIP-T46S', 'T46S'],
    ['Yealink SIP-T21P_E2', 'T21P_E2'],
    ['SIP-T21P E2', 'T21P_E2'],
    ['t48u', 'T48U'],
    ['SIP VP-T49G', 'T49G'],
    ['VP59', 'VP59'],
    ['T99X', 'T99X'],
  ])('%s is %s', (name, model) => {
    expect(canonicalModel(name)).toBe(model);
  });

  test('what the table does not have is null', () => {
    expect(findModel('T99X')).toBeNull();
    expect(findModel(null)).toBeNull();
    expect(findModel('')).toBeNull();
  });
});

describe('firmware', () => {
  test.each([
    ['66.86.0.15', 66, 86],
    ['2.71.14.4', 2, 71],
    [' 108.87.0.5 ', 108, 87],
    ['185.87.0', 185, 87],
  ])('%s', (text, family, generation) => {
    expect(parseFirmware(text)).toEqual({ family, generation, text: text.trim() });
  });

  test.each(['', 'V86', '66', '66.x', null])('%s is none', (text) => {
    expect(parseFirmware(text)).toBeNull();
  });

  test('generations compare as numbers, and what is not known answers as asked', () => {
    expect(isSince(parseFirmware('66.100.0.1'), 86, false)).toBe(true);
    expect(isSince(parseFirmware('66.80.0.1'), 81, true)).toBe(false);
    expect([isSince(null, 81, true), isSince(null, 81, false)]).toEqual([true, false]);
  });

  test('a family of one model names it', () => {
    expect(modelOfFamily(35)).toBe('T48G');
    expect([modelOfFamily(148), modelOfFamily(149)]).toEqual(['CP925', 'CP935W']);
    expect(modelOfFamily(66)).toBeNull();
    expect(modelOfFamily(999)).toBeNull();
  });
});
