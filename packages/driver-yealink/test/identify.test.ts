import type { DeviceEvidence, Identification } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { driver } from '../src/index.ts';
import { fixture } from './support/fixture.ts';

type Reply = DeviceEvidence['replies'][number];

const PHONECFG = driver.probes[1]?.target ?? '';
const replied = (reply: Partial<Reply>): Reply => ({ target: '/', status: 200, headers: {}, text: '', ...reply });
const identify = (evidence: Partial<DeviceEvidence>): Identification =>
  driver.identify({ mac: null, model: null, replies: [], ...evidence });

test('probes only read, none of them presses a key', () => {
  expect(driver.probes).toHaveLength(3);
  for (const probe of driver.probes) {
    expect(probe).toMatchObject({ method: 'GET', readOnly: true });
    expect(probe.target).not.toContain('key=');
  }
});

describe('strong clues', () => {
  test('phonecfg', () => {
    const text = fixture('phonecfg/reply-v71.ini').replace('2.71.14.4', '35.83.0.35');
    expect(identify({ replies: [replied({ target: PHONECFG, text })] })).toEqual({
      score: 90,
      reasons: ['phonecfg tells firmware 35.83.0.35, made for T48G'],
      model: 'T48G',
      firmware: '35.83.0.35',
      mac: null,
    });
  });

  test('the challenge', () => {
    const headers = { 'www-authenticate': 'Basic realm="Yealink SIP-T21P"' };
    expect(identify({ replies: [replied({ status: 401, headers })] })).toMatchObject({ score: 80, model: 'T21P' });
    const known = { 'www-authenticate': 'Digest realm="Yealink SIP-T46S", nonce="x"' };
    expect(identify({ replies: [replied({ status: 401, headers: known })] }).model).toBe('T46S');
  });

  test('a challenge without a model, a firmware of a family that nobody knows, a vendor without a model', () => {
    const headers = { 'www-authenticate': 'Basic realm="yealink"' };
    expect(identify({ replies: [replied({ status: 401, headers })] })).toMatchObject({ score: 80, model: null });
    const text = fixture('phonecfg/reply-v71.ini').replace('2.71.14.4', '999.1.0.1');
    expect(identify({ replies: [replied({ target: PHONECFG, text })] })).toMatchObject({
      ...{ score: 60, model: null, firmware: '999.1.0.1' },
    });
    expect(identify({ model: 'some Yealink' })).toMatchObject({ score: 30, model: null });
  });

  test('where it leads to: the front page of V7x, the login page of later ones', () => {
    for (const location of [
      'http://192.0.2.20/cgi-bin/ConfigManApp.com',
      '/servlet?m=mod_listener&p=login&q=loginForm',
    ]) {
      expect(identify({ replies: [replied({ status: 302, headers: { location } })] })).toMatchObject({ score: 60 });
    }
    expect(identify({ replies: [replied({ status: 302, headers: { location: '/index.htm' } })] }).score).toBe(0);
  });

  test('the login page', () => {
    const text = '<script>var g_phonetype = "T54W"; var g_rsa_n = "00";</script>';
    expect(identify({ replies: [replied({ text })] })).toMatchObject({ score: 70, model: 'T54W' });
    const title = '<title>Yealink SIP-T46U Phone</title>';
    expect(identify({ replies: [replied({ text: title })] })).toMatchObject({ score: 70, model: 'T46U' });
  });
});

describe('together and alone', () => {
  test('independent clues add up, to 100 at most', () => {
    const headers = { 'www-authenticate': 'Basic realm="Yealink SIP-T46S"', server: 'yealink embed httpd' };
    const sure = identify({
      mac: '00:15:65:aa:bb:cc',
      model: 'SIP-T46S',
      replies: [replied({ status: 401, headers })],
    });
    expect(sure.score).toBe(100);
    expect(sure.reasons).toHaveLength(4);
    expect(sure.mac).toBe('00:15:65:aa:bb:cc');
  });

  test('the same clue twice counts once', () => {
    const reply = replied({ status: 401, headers: { 'www-authenticate': 'Basic realm="Yealink SIP-T46S"' } });
    expect(identify({ replies: [reply, reply] }).score).toBe(80);
  });

  test.each<[string, Partial<DeviceEvidence>, number]>([
    ['the MAC address alone', { mac: '80:5e:c0:00:00:01' }, 40],
    ['a model that somebody named', { model: 't48s' }, 30],
    ['another vendor’s MAC address', { mac: '00:04:13:00:00:01' }, 0],
    [
      'a Snom’s challenge',
      { replies: [replied({ status: 401, headers: { 'www-authenticate': 'Basic realm="snom"' } })] },
      0,
    ],
    ['an INI that is not at phonecfg', { replies: [replied({ text: '[Status]\nFirmwareVersion=66.86.0.15' })] }, 0],
    ['a page that happens to have that variable', { replies: [replied({ text: 'g_phonetype="Toaster"' })] }, 20],
    ['the prompt', { replies: [replied({ status: 403, text: 'Remote control forbidden' })] }, 50],
    ['nothing', {}, 0],
  ])('%s', (_name, evidence, score) => {
    expect(identify(evidence).score).toBe(score);
  });
});
