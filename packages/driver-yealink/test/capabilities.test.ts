import type { Capability } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import type { YealinkOptions } from '../src/options.ts';
import { profile } from './support/fake-context.ts';

const BY_ACTION_URI: readonly Capability[] = [
  'ANSWER',
  'CONFERENCE',
  'DIAL',
  'DO_NOT_DISTURB',
  'DTMF',
  'FACTORY_RESET',
  'HANG_UP',
  'HANG_UP_ALL',
  'HOLD',
  'MUTE',
  'PHONE_INFO',
  'PRESS_KEYS',
  'PROVISION',
  'REBOOT',
  'REJECT',
  'SCREEN',
  'TRANSFER_ATTENDED',
  'TRANSFER_BLIND',
];
const BY_PUSH: readonly Capability[] = [
  'ACTION_URLS',
  'CONFIGURE_KEYS',
  'DISPLAY',
  'FORWARDING',
  'LED',
  'VERIFY_EVENTS',
  'WRITE_SETTINGS',
];

const capable = (model: string | null, firmware: string | null, options: Partial<YealinkOptions> = {}) =>
  Object.keys(driver.capabilitiesFor(profile({ model, firmware, options }))).toSorted();
const sorted = (...lists: readonly (readonly string[])[]) => lists.flat().toSorted();

describe('what a phone can do, by model and firmware', () => {
  test.each([
    ['T46S', '66.86.0.15', sorted(BY_ACTION_URI, BY_PUSH)],
    ['T57W', '96.86.0.70', sorted(BY_ACTION_URI, BY_PUSH)],
    ['T46G', '28.80.0.60', sorted(BY_ACTION_URI, BY_PUSH)],
    ['T28P', '2.71.14.4', sorted(BY_ACTION_URI, BY_PUSH)],
    ['T28P', '2.70.0.90', sorted(BY_ACTION_URI)],
    ['T19P_E2', '53.84.0.15', sorted(BY_ACTION_URI, BY_PUSH).filter((name) => name !== 'LED')],
    [null, null, sorted(BY_ACTION_URI, BY_PUSH)],
    [null, '53.84.0.15', sorted(BY_ACTION_URI, BY_PUSH).filter((name) => name !== 'LED')],
  ])('%s with %s', (model, firmware, expected) => {
    expect(capable(model, firmware)).toEqual(expected);
  });

  test('without XML push', () => {
    expect(capable('T46S', '66.86.0.15', { xmlPush: false })).toEqual(sorted(BY_ACTION_URI, ['FORWARDING']));
    expect(capable('T46G', '28.80.0.60', { xmlPush: false })).toEqual(sorted(BY_ACTION_URI));
  });
});

describe('evidence', () => {
  const evidenceOf = (
    name: Capability,
    options: Partial<YealinkOptions> = {},
    firmware: string | null = '66.86.0.15',
  ) =>
    driver
      .capabilitiesFor(profile({ firmware, options }))
      [name]?.map(({ transport, evidence }) => [transport, evidence]);

  test('every rung says where it is known from, none claims to be verified', () => {
    const rungs = Object.values(driver.capabilitiesFor(profile())).flat();
    expect(rungs).toHaveLength(27);
    for (const rung of rungs) {
      expect(rung.source).toMatch(/\w{4}/);
      expect(['DOCUMENTED', 'ASSUMED']).toContain(rung.evidence);
    }
  });

  test.each<[Capability, readonly (readonly string[])[]]>([
    ['PRESS_KEYS', [['HTTP', 'DOCUMENTED']]],
    [
      'DIAL',
      [
        ['HTTP', 'DOCUMENTED'],
        ['XML_PUSH', 'ASSUMED'],
      ],
    ],
    ['ANSWER', [['HTTP', 'DOCUMENTED']]],
    ['HANG_UP', [['HTTP', 'DOCUMENTED']]],
    ['HANG_UP_ALL', [['HTTP', 'ASSUMED']]],
    ['HOLD', [['HTTP', 'ASSUMED']]],
    ['MUTE', [['HTTP', 'ASSUMED']]],
    ['TRANSFER_BLIND', [['HTTP', 'DOCUMENTED']]],
    ['TRANSFER_ATTENDED', [['HTTP', 'ASSUMED']]],
    [
      'FORWARDING',
      [
        ['HTTP', 'DOCUMENTED'],
        ['XML_PUSH', 'ASSUMED'],
      ],
    ],
    ['LED', [['XML_PUSH', 'ASSUMED']]],
    ['DISPLAY', [['XML_PUSH', 'ASSUMED']]],
    ['FACTORY_RESET', [['HTTP', 'DOCUMENTED']]],
  ])('%s', (name, expected) => {
    expect(evidenceOf(name)).toEqual(expected);
  });

  test('follows the options: keys that only products use are assumed, keys that name their call are in the guides', () => {
    expect(evidenceOf('ANSWER', { answerKey: 'OK' })).toEqual([['HTTP', 'ASSUMED']]);
    expect(evidenceOf('ANSWER', {}, '28.73.0.50')).toEqual([['HTTP', 'ASSUMED']]);
    expect(evidenceOf('ANSWER', {}, '28.80.0.60')).toEqual([['HTTP', 'DOCUMENTED']]);
    expect(evidenceOf('HOLD', { callAddressedKeys: true })).toEqual([['HTTP', 'DOCUMENTED']]);
    expect(evidenceOf('ANSWER', { answerKey: 'ANSWER' })).toEqual([['HTTP', 'ASSUMED']]);
  });

  /** All rungs of a phone, those that are DOCUMENTED by their capability. */
  const documentedOn = (model: string | null, firmware: string | null, options: Partial<YealinkOptions> = {}) =>
    Object.entries(driver.capabilitiesFor(profile({ model, firmware, options }))).flatMap(([name, ladder]) =>
      ladder.some(({ evidence }) => evidence === 'DOCUMENTED') ? [name] : [],
    );
  const BY_V80 = [
    'ANSWER',
    'DIAL',
    'DO_NOT_DISTURB',
    'DTMF',
    'FACTORY_RESET',
    'HANG_UP',
    'PHONE_INFO',
    'PRESS_KEYS',
    'PROVISION',
    'REBOOT',
    'REJECT',
    'TRANSFER_BLIND',
  ];

  test.each([
    ['T28P', '2.70.0.90', []],
    ['T28P', '2.71.14.4', []],
    ['T46G', '28.79.0.1', []],
    ['T46G', '28.80.0.60', BY_V80],
    ['T46G', '28.81.0.10', [...BY_V80, 'FORWARDING', 'SCREEN']],
    ['T46S', '66.86.0.15', [...BY_V80, 'FORWARDING', 'SCREEN']],
    ['T46S', null, []],
    [null, null, []],
    ['T54W', '96.86.0.70', [...BY_V80, 'FORWARDING', 'SCREEN']],
    ['T77U', '185.87.0.10', []],
    ['T88W', '192.87.0.5', []],
    [null, '185.87.0.10', []],
  ])('what the guides say of a %s with %s', (model, firmware, expected) => {
    expect(documentedOn(model, firmware).toSorted()).toEqual(expected.toSorted());
  });

  test.each<[Partial<YealinkOptions>, Capability]>([
    [{ answerKey: 'ASW' }, 'ANSWER'],
    [{ rejectKey: 'CANCEL' }, 'REJECT'],
    [{ callAddressedKeys: true }, 'HOLD'],
    [{ keySequences: 'on' }, 'PRESS_KEYS'],
  ])('keys of the guide of V81 are DOCUMENTED from V81 on: %j', (options, name) => {
    expect(documentedOn('T46G', '28.80.0.60', options)).not.toContain(name);
    expect(documentedOn('T46G', '28.81.0.10', options)).toContain(name);
  });

  test('an assumption names what shows it, or nothing', () => {
    const sourceOf = (name: Capability, model: string, firmware: string | null) =>
      driver.capabilitiesFor(profile({ model, firmware }))[name]?.[0].source;
    expect(sourceOf('DO_NOT_DISTURB', 'T28P', '2.71.14.4')).toContain('UrielCh');
    expect(sourceOf('PHONE_INFO', 'T28P', '2.71.14.4')).toContain('antirek');
    expect(sourceOf('HANG_UP', 'T28P', '2.71.14.4')).toBeNull();
    expect(sourceOf('HANG_UP', 'T46S', null)).toMatch(/Guide V80.*not known/);
    expect(sourceOf('HANG_UP', 'T77U', '185.87.0.10')).toMatch(/Guide V80.*No guide of this phone/);
    expect(sourceOf('HANG_UP', 'T46S', '66.86.0.15')).toBe('Yealink, Administrator Guide V80, Action URI');
  });
});
