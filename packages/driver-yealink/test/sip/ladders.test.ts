import type { Capability, Ladders } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../../src/index.ts';
import { profile } from '../support/fake-context.ts';

const BOTH = { http: true, sip: true };
const SIP = { http: false, sip: true };
const HTTP = { http: true, sip: false };

const ladders = (reachableBy: { http: boolean; sip: boolean }, rest: Parameters<typeof profile>[0] = {}): Ladders =>
  driver.capabilitiesFor(profile({ ...rest, reachableBy }));
const transports = (given: Ladders, name: Capability) => given[name]?.map(({ transport }) => transport);

const BY_KEYS: readonly Capability[] = [
  'PRESS_KEYS',
  'ANSWER',
  'HANG_UP',
  'HANG_UP_ALL',
  'REJECT',
  'HOLD',
  'MUTE',
  'DTMF',
  'TRANSFER_BLIND',
  'TRANSFER_ATTENDED',
  'CONFERENCE',
  'DO_NOT_DISTURB',
  'FACTORY_RESET',
];
const BY_DOCUMENTS: readonly Capability[] = [
  'LED',
  'CONFIGURE_KEYS',
  'DISPLAY',
  'WRITE_SETTINGS',
  'ACTION_URLS',
  'VERIFY_EVENTS',
];
const MIXED: readonly Capability[] = ['DIAL', 'FORWARDING', 'REBOOT', 'PROVISION'];

test('neither: nothing', () => {
  expect(ladders({ http: false, sip: false })).toEqual({});
});

test('HTTP alone: no rung is SIP', () => {
  expect(Object.values(ladders(HTTP)).flatMap((ladder) => ladder.map(({ transport }) => transport))).not.toContain(
    'SIP_NOTIFY',
  );
});

describe('SIP behind HTTP', () => {
  test.each(BY_KEYS)('%s', (name) => {
    expect(transports(ladders(BOTH), name)).toEqual(['HTTP', 'SIP_NOTIFY']);
  });

  test.each(BY_DOCUMENTS)('%s', (name) => {
    expect(transports(ladders(BOTH), name)).toEqual(['XML_PUSH', 'SIP_NOTIFY']);
  });

  test.each<[Capability, readonly string[]]>([
    ['DIAL', ['HTTP', 'XML_PUSH', 'SIP_NOTIFY']],
    ['FORWARDING', ['HTTP', 'XML_PUSH', 'SIP_NOTIFY', 'SIP_NOTIFY']],
    ['REBOOT', ['HTTP', 'SIP_NOTIFY', 'SIP_NOTIFY']],
    ['PROVISION', ['HTTP', 'SIP_NOTIFY', 'SIP_NOTIFY']],
    ['PHONE_INFO', ['HTTP']],
    ['SCREEN', ['HTTP']],
  ])('%s', (name, expected) => {
    expect(transports(ladders(BOTH), name)).toEqual(expected);
  });

  test('what HTTP has stays as it was, and first', () => {
    const both = ladders(BOTH);
    for (const [name, ladder] of Object.entries(ladders(HTTP))) {
      const known = ladder.map(({ transport, evidence, source }) => [transport, evidence, source]);
      const now = Object.entries(both).find(([other]) => other === name)?.[1] ?? [];
      expect(
        now.slice(0, known.length).map(({ transport, evidence, source }) => [transport, evidence, source]),
      ).toEqual(known);
    }
  });
});

describe('SIP alone', () => {
  test('all but what is read', () => {
    const given = ladders(SIP);
    expect(Object.keys(given).toSorted()).toEqual([...BY_KEYS, ...BY_DOCUMENTS, ...MIXED].toSorted());
    for (const ladder of Object.values(given)) {
      expect(new Set(ladder.map(({ transport }) => transport))).toEqual(new Set(['SIP_NOTIFY']));
    }
  });

  test('no XML where none is taken, no forwarding by key before V81, no light without a line key', () => {
    const keys = [...BY_KEYS, 'DIAL', 'REBOOT', 'PROVISION'];
    const names = (rest: Parameters<typeof profile>[0]) => Object.keys(ladders(SIP, rest)).toSorted();
    expect(names({ options: { xmlPush: false } })).toEqual([...keys, 'FORWARDING'].toSorted());
    expect(names({ model: 'T28P', firmware: '2.70.0.90' })).toEqual(keys.toSorted());
    expect(names({ model: 'T19P_E2', firmware: '53.84.0.15' })).not.toContain('LED');
  });
});

describe('evidence by SIP', () => {
  const lastOf = (name: Capability, rest: Parameters<typeof profile>[0] = {}, at = -1) =>
    ladders(SIP, rest)[name]?.at(at);

  test.each<[Capability, string]>([
    ['PRESS_KEYS', 'DOCUMENTED'],
    ['HANG_UP', 'DOCUMENTED'],
    ['TRANSFER_BLIND', 'DOCUMENTED'],
    ['HOLD', 'ASSUMED'],
    ['DIAL', 'ASSUMED'],
    ['LED', 'ASSUMED'],
    ['DISPLAY', 'ASSUMED'],
  ])('%s is %s', (name, expected) => {
    expect(lastOf(name)?.evidence).toBe(expected);
  });

  test('what was seen by NOTIFY stands there', () => {
    expect(lastOf('ANSWER', { options: { answerKey: 'OK' } })?.source).toContain('T53W');
    expect(lastOf('ANSWER', { options: { answerKey: 'ANSWER' } })?.source).toContain('wazo-phoned');
    expect(lastOf('HOLD', { options: { callAddressedKeys: true } })).toMatchObject({ evidence: 'ASSUMED' });
    expect(lastOf('PRESS_KEYS', { options: { keySequences: 'on' } })).toMatchObject({ evidence: 'ASSUMED' });
    expect(lastOf('DIAL')?.source).toContain('fspbx');
    expect(lastOf('DIAL', { options: { notifyDialForm: 'key' } })?.source).toContain('Guide V80');
    expect(lastOf('DISPLAY')?.source).toContain('Yealink-xml');
    expect(lastOf('DISPLAY')?.source).not.toContain('OpenPagingServer');
    expect(lastOf('REBOOT', {}, 0)).toMatchObject({
      evidence: 'ASSUMED',
      source: expect.stringContaining('FusionPBX'),
    });
  });

  test('a client for HTTP shows nothing for SIP on older phones', () => {
    const old = { model: 'T28P', firmware: '2.71.14.4' };
    expect(lastOf('DO_NOT_DISTURB', old)).toMatchObject({ evidence: 'ASSUMED', source: null });
    expect(ladders(HTTP, old).DO_NOT_DISTURB?.[0].source).toContain('UrielCh');
  });
});
