import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

const file = (text: string) => ({ text, name: 'hookswitch.yaml', folder: '/etc/hookswitch' });

function faultsOf(environment: Readonly<Record<string, string>>, text?: string): readonly string[] {
  const result = parseConfig(environment, text === undefined ? null : file(text));
  return 'faults' in result ? result.faults : [];
}

function configOf(environment: Readonly<Record<string, string>>, text?: string) {
  const result = parseConfig(environment, text === undefined ? null : file(text));
  if ('faults' in result) throw new Error(result.faults.join('\n'));
  return result.config;
}

describe('a configuration', () => {
  test('of nothing has the documented defaults', () => {
    expect(configOf({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: './data',
      publicUrl: null,
      adminKey: null,
      secretKey: null,
      allowedTargets: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
      allowedOrigins: [],
      drivers: ['@hookswitch/driver-snom', '@hookswitch/driver-yealink'],
      configDir: null,
      phones: [],
      policy: { deny: [], commandTimeoutMs: 15_000, replyTimeoutMs: 5_000, screening: 'allow' },
      logLevel: 'info',
    });
  });

  test('takes all of the file', () => {
    const config = configOf(
      {},
      `
host: 0.0.0.0
port: 0
dataDir: /var/lib/hookswitch
publicUrl: http://192.0.2.10:4000/
allowedTargets: [192.0.2.0/24, 'fd00::/8']
allowedOrigins: [https://console.example]
drivers: ['./acme-driver.js']
phones:
  - { name: Desk, vendor: snom, mac: 000413aabbcc, options: { callJoinOnTransfer: true, stepPauseMs: 200 } }
policy: { deny: [factoryReset], commandTimeoutSeconds: 20, replyTimeoutSeconds: 2.5, screening: reject }
store: { kind: sqlite }
log: { level: debug }
`,
    );
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      dataDir: '/var/lib/hookswitch',
      publicUrl: 'http://192.0.2.10:4000',
      allowedTargets: ['192.0.2.0/24', 'fd00::/8'],
      allowedOrigins: ['https://console.example'],
      drivers: ['./acme-driver.js'],
      configDir: '/etc/hookswitch',
      phones: [{ name: 'Desk', options: { callJoinOnTransfer: true, stepPauseMs: 200 } }],
      policy: { deny: ['factoryReset'], commandTimeoutMs: 20_000, replyTimeoutMs: 2_500, screening: 'reject' },
      logLevel: 'debug',
    });
  });

  test('takes the environment over the file', () => {
    const environment = {
      HOOKSWITCH_PORT: '4711',
      HOOKSWITCH_HOST: '::1',
      HOOKSWITCH_ALLOWED_TARGETS: '192.0.2.0/24, 127.0.0.1',
    };
    expect(configOf(environment, 'port: 1\nhost: 0.0.0.0\nallowedTargets: [10.0.0.0/8]')).toMatchObject({
      port: 4711,
      host: '::1',
      allowedTargets: ['192.0.2.0/24', '127.0.0.1'],
    });
  });

  test('takes an empty variable for none', () => {
    expect(configOf({ HOOKSWITCH_PORT: ' ', HOOKSWITCH_PUBLIC_URL: '' })).toMatchObject({
      port: 4000,
      publicUrl: null,
    });
  });
});

describe('what is wrong', () => {
  test('is told all together, each with its name', () => {
    const faults = faultsOf(
      {
        HOOKSWITCH_PORT: '99999',
        HOOKSWITCH_PUBLIC_URL: 'http://user:secret@192.0.2.10',
        HOOKSWITCH_ALLOWED_TARGETS: '300.1.2.3/8',
        HOOKSWITCH_ADMIN_KEY: 'short',
        HOOKSWITCH_SECRET_KEY: 'abc',
        HOOKSWITCH_LOG_LEVEL: 'loud',
        HOOKSWITCH_PROT: '1',
      },
      'phones: [{ name: Desk }]\ncolour: blue\npolicy: { deny: [explode] }',
    );
    const named = [
      'HOOKSWITCH_PORT',
      'HOOKSWITCH_PUBLIC_URL',
      'HOOKSWITCH_ALLOWED_TARGETS',
      'HOOKSWITCH_ADMIN_KEY',
      'HOOKSWITCH_SECRET_KEY',
      'HOOKSWITCH_LOG_LEVEL',
      'HOOKSWITCH_PROT',
      'phones.0.vendor',
      'colour',
      'policy.deny.0',
    ];
    for (const name of named) expect(faults.join('\n')).toContain(name);
    expect(faults).toHaveLength(named.length);
  });

  test('in a file that is no YAML', () => {
    expect(faultsOf({}, 'phones: [')).toEqual([expect.stringMatching(/^hookswitch\.yaml: it is no YAML/)]);
  });

  test.each([
    ['https://phones.example/base', []],
    ['ftp://phones.example', ['HOOKSWITCH_PUBLIC_URL']],
    ['phones.example', ['HOOKSWITCH_PUBLIC_URL']],
    ['http://phones.example/?a=1', ['HOOKSWITCH_PUBLIC_URL']],
  ])('with a public address of %s', (url, names) => {
    expect(faultsOf({ HOOKSWITCH_PUBLIC_URL: url }).map((fault) => fault.split(':', 1)[0])).toEqual(names);
  });

  test('never repeats a secret', () => {
    const faults = faultsOf({
      HOOKSWITCH_ADMIN_KEY: 'my secret key 0123456789',
      HOOKSWITCH_SECRET_KEY: 'my-secret-box-key',
    });
    expect(faults.join('\n')).not.toContain('my');
  });
});
