import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

const file = (text: string) => ({ text, name: 'hookswitch.yaml', folder: '/etc/hookswitch' });

function sipOf(environment: Readonly<Record<string, string>>, text = '') {
  const result = parseConfig(environment, text === '' ? null : file(text));
  if ('faults' in result) throw new Error(result.faults.join('\n'));
  return result.config.sip;
}

const SECTION = `
sip:
  host: 192.0.2.10
  port: 5070
  advertise: gateway.example
  proxy: sip:192.0.2.5;transport=tcp
  monitorIntervalSeconds: 30
  domain: PBX.example
  credentials:
    - { domain: Pbx.Example, username: gateway, password: secret }
  registrars:
    - { kind: kamailio, url: 'http://192.0.2.5:5060/RPC' }
    - { kind: freeswitch, host: 192.0.2.6, password: ClueCon, profile: internal, domains: [fs.example] }
  tls:
    ca: ca.pem
    pins: { Phone.example: ['${'ab:'.repeat(31)}cd'] }
`;

test('the section of the file is read, and the environment wins over it', () => {
  expect(sipOf({}, SECTION)).toEqual({
    configured: true,
    host: '192.0.2.10',
    port: 5070,
    advertise: { host: 'gateway.example' },
    proxy: 'sip:192.0.2.5;transport=tcp',
    domain: 'pbx.example',
    credentials: [{ domain: 'pbx.example', username: 'gateway', password: 'secret' }],
    registrars: [
      { kind: 'kamailio', url: 'http://192.0.2.5:5060/RPC', table: 'location' },
      {
        kind: 'freeswitch',
        host: '192.0.2.6',
        port: 8021,
        password: 'ClueCon',
        profile: 'internal',
        domains: ['fs.example'],
      },
    ],
    monitorIntervalMs: 30_000,
    tls: { ca: 'ca.pem', pins: { 'phone.example': [`${'ab:'.repeat(31)}cd`] } },
  });
  const environment = {
    HOOKSWITCH_SIP_HOST: '::',
    HOOKSWITCH_SIP_PORT: '0',
    HOOKSWITCH_SIP_ADVERTISE: '[2001:db8::1]:5062',
    HOOKSWITCH_SIP_PROXY: 'sips:proxy.example',
  };
  expect(sipOf(environment, SECTION)).toMatchObject({
    host: '::',
    port: 0,
    advertise: { host: '2001:db8::1', port: 5062 },
    proxy: 'sips:proxy.example',
  });
});

test('any part of it turns SIP on', () => {
  expect(sipOf({}).configured).toBe(false);
  expect(sipOf({ HOOKSWITCH_SIP_PORT: '0' }).configured).toBe(true);
  expect(sipOf({}, 'sip:\n').configured).toBe(true);
  expect(sipOf({}, 'host: 127.0.0.1\n').configured).toBe(false);
});

test('everything that is wrong is told at once, without secrets', () => {
  const result = parseConfig(
    {
      HOOKSWITCH_SIP_HOST: 'not a host',
      HOOKSWITCH_SIP_PORT: '65536',
      HOOKSWITCH_SIP_ADVERTISE: '192.0.2.1:port',
      HOOKSWITCH_SIP_PROXY: 'http://proxy',
      HOOKSWITCH_SIP_DOMAIN: 'pbx.example',
    },
    file('sip: { registrars: [{ kind: freeswitch, host: 192.0.2.6, password: hunter22 }] }'),
  );
  const faults = 'faults' in result ? result.faults : [];
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'HOOKSWITCH_SIP_DOMAIN',
    'HOOKSWITCH_SIP_HOST',
    'HOOKSWITCH_SIP_PORT',
    'HOOKSWITCH_SIP_ADVERTISE',
    'HOOKSWITCH_SIP_PROXY',
    'sip.registrars.0',
  ]);
  expect(faults.join()).not.toContain('hunter22');
});

test.each([
  'sip: { registrars: [{ kind: asterisk }] }',
  'sip: { registrars: [{ kind: kamailio, url: "udp:192.0.2.5" }] }',
  'sip: { registrars: [{ kind: freeswitch, host: fs, password: "a\\nb" }], domain: x }',
  'sip: { tls: { pins: { host: ["abcd"] } } }',
  'sip: { monitorIntervalSeconds: 1 }',
  'sip: { unknown: 1 }',
])('%s is refused', (text) => {
  const result = parseConfig({}, file(text));
  expect('faults' in result ? result.faults[0] : '').toMatch(/^hookswitch\.yaml: sip/);
});
