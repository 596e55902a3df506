import type { DeviceEvidence } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { identify, probes } from '../src/identify.ts';
import { fixture } from './fixture.ts';

const nothing: DeviceEvidence = { mac: null, model: null, replies: [] };
const page = (text: string, headers: Readonly<Record<string, string>> = {}, status = 200): DeviceEvidence => ({
  ...nothing,
  replies: [{ target: '/info.htm', status, headers, text }],
});

test('the probe only reads', () => {
  expect(probes.map(({ method, target, readOnly }) => [method, target, readOnly])).toEqual([
    ['GET', '/info.htm', true],
  ]);
});

describe('evidence', () => {
  test('an info page tells it all', () => {
    expect(identify(page(fixture('info-d785.html'), { server: 'snom embedded' }))).toMatchObject({
      score: 99,
      model: 'D785',
      firmware: '10.1.33.33',
      mac: '00:04:13:92:2d:24',
      reasons: [
        expect.stringContaining('model'),
        expect.stringContaining('snom embedded'),
        expect.stringContaining('titled'),
      ],
    });
    expect(identify(page(fixture('info-320.html')))).toMatchObject({ score: 97, model: '320', firmware: '8.4.18' });
  });

  test.each([
    ['a server header', page('', { server: 'snom embedded' }), 90],
    ['a realm', page('', { 'www-authenticate': 'Basic realm="snom320"' }, 401), 85],
    ['a MAC address', { ...nothing, mac: '00:04:13:aa:bb:cc' }, 60],
    ['the other OUI', { ...nothing, mac: '1c:71:26:aa:bb:cc' }, 60],
    ['a model', { ...nothing, model: 'Snom D785' }, 55],
    ['a D8xx', page(fixture('phone-manager.html')), 30],
    ['a D8xx by its MAC address', { ...page(fixture('phone-manager.html')), mac: '00:04:13:aa:bb:cc' }, 62],
    ['nothing', nothing, 0],
    ['another vendor', page('<title>Yealink T54W</title>', { server: 'yealink embed httpd' }), 0],
    ['another MAC address', { ...nothing, mac: '80:5e:c0:00:04:13' }, 0],
    ['another model', { ...nothing, model: 'SIP-T54W' }, 0],
  ])('%s', (_, evidence, score) => {
    const found = identify(evidence);
    expect(found.score).toBe(score);
    expect(found.reasons.length > 0).toBe(score > 0);
  });

  test('what somebody said is the model where the phone does not tell', () => {
    expect(identify({ ...nothing, model: 'snom 870' })).toMatchObject({ model: '870' });
    expect(identify({ ...page(fixture('info-320.html')), model: '870' })).toMatchObject({ model: '320' });
  });
});
