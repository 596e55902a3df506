import { expect, test } from 'vitest';
import { type ConfigResult, parseConfig } from '../../src/config/config.ts';
import { KEEP_ALL } from '../../src/store/retention.ts';

const file = (text: string) => ({ text, name: 'hookswitch.yaml', folder: '/etc/hookswitch' });

function faultsOf(result: ConfigResult): readonly string[] {
  return 'faults' in result ? result.faults : [];
}

test('with nothing given there are defaults', () => {
  expect(parseConfig({ HOME: '/root', HOOKSWITCH_PORT: ' ', HOOKSWITCH_CONFIG: '' }, null)).toEqual({
    config: {
      host: '127.0.0.1',
      port: 4000,
      dataDir: './data',
      store: { kind: 'sqlite' },
      bus: null,
      retention: KEEP_ALL,
      publicUrl: null,
      adminKey: null,
      secretKey: null,
      allowedTargets: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
      allowedPorts: ['80', '443', '1024-65535'],
      allowedUrlHosts: null,
      tlsCa: null,
      actionUrls: { bindAddress: false, refusedPerMinute: 60 },
      allowedHosts: null,
      allowedOrigins: [],
      drivers: ['@hookswitch/driver-snom', '@hookswitch/driver-yealink'],
      driverPrecedence: [],
      configDir: null,
      phones: [],
      policy: { deny: [], commandTimeoutMs: 15_000, replyTimeoutMs: 5_000, screening: 'allow', unknownState: 'refuse' },
      calls: { askMs: 10_000, ringMs: 180_000, callMs: 43_200_000 },
      eventPath: { actionUrlDrift: 'report', actionUrlCheckMs: 86_400_000 },
      sip: {
        configured: false,
        host: '0.0.0.0',
        port: 0,
        advertise: null,
        proxy: null,
        domain: null,
        credentials: [],
        registrars: [],
        monitorIntervalMs: 60_000,
        tls: { ca: null, pins: {} },
      },
      dialling: null,
      auth: { jwt: null },
      api: {
        limits: {
          depth: 15,
          aliases: 50,
          fields: 500,
          directives: 50,
          cost: 100_000,
          tokens: 4_000,
          bodyBytes: 1_048_576,
          messageBytes: 1_048_576,
          operationsPerSocket: 100,
          operationsPerMinute: 60_000,
          refusedLoginsPerMinute: 60,
        },
        persisted: { file: null, only: false },
      },
      console: 'on',
      maskNumbersInLog: true,
      spool: { dir: 'data/spool', maxBytes: 64 * 1024 * 1024 },
      logLevel: 'info',
    },
  });
});

const FILE = `
host: 192.0.2.1
port: 5000
dataDir: /var/lib/hookswitch
publicUrl: http://192.0.2.1:5000/
allowedTargets: [192.0.2.0/24]
allowedHosts: [phones.example]
allowedOrigins: ['https://console.example']
drivers: [./driver.js]
phones:
  - name: Desk
    vendor: acme
    mac: 000413-AABBCC
    options: { keys: 4, strict: true }
calls: { askSeconds: 0, ringLimitSeconds: 90, callLimitHours: 1 }
policy: { deny: [reboot], commandTimeoutSeconds: 1.2345, replyTimeoutSeconds: 2.0015, screening: reject, unknownState: press }
store: { kind: sqlite }
log: { level: debug }
`;

test('the file is read, and the environment wins over it', () => {
  const fromFile = parseConfig({}, file(FILE.replace('000413-AABBCC', '00-04-13-AA-BB-CC')));
  expect(fromFile).toMatchObject({
    config: {
      host: '192.0.2.1',
      port: 5000,
      dataDir: '/var/lib/hookswitch',
      publicUrl: 'http://192.0.2.1:5000',
      allowedTargets: ['192.0.2.0/24'],
      allowedHosts: ['phones.example'],
      allowedOrigins: ['https://console.example'],
      drivers: ['./driver.js'],
      configDir: '/etc/hookswitch',
      phones: [{ name: 'Desk', options: { keys: 4, strict: true } }],
      // Whole milliseconds, as timers want them.
      policy: {
        deny: ['reboot'],
        commandTimeoutMs: 1_235,
        replyTimeoutMs: 2_002,
        screening: 'reject',
        unknownState: 'press',
      },
      calls: { askMs: 0, ringMs: 90_000, callMs: 3_600_000 },
      logLevel: 'debug',
    },
  });
  const environment = {
    HOOKSWITCH_HOST: '::1',
    HOOKSWITCH_PORT: '0',
    HOOKSWITCH_DATA_DIR: '/tmp/other',
    HOOKSWITCH_PUBLIC_URL: 'https://phones.example/base',
    HOOKSWITCH_ADMIN_KEY: 'sixteen-or-more-characters',
    HOOKSWITCH_SECRET_KEY: '0'.repeat(64),
    HOOKSWITCH_ALLOWED_TARGETS: '127.0.0.0/8, ::1  10.0.0.0/8',
    HOOKSWITCH_LOG_LEVEL: 'warn',
  };
  expect(parseConfig(environment, file(FILE.replace('000413-AABBCC', '000413aabbcc')))).toMatchObject({
    config: {
      host: '::1',
      port: 0,
      dataDir: '/tmp/other',
      publicUrl: 'https://phones.example/base',
      adminKey: 'sixteen-or-more-characters',
      secretKey: '0'.repeat(64),
      allowedTargets: ['127.0.0.0/8', '::1', '10.0.0.0/8'],
      logLevel: 'warn',
      policy: { deny: ['reboot'] },
    },
  });
});

test('everything that is wrong is told at once, in words', () => {
  const result = parseConfig(
    {
      HOOKSWITCH_PORT: '70000',
      HOOKSWITCH_PUBLIC_URL: 'http://user:pass@host',
      HOOKSWITCH_ALLOWED_TARGETS: '10.0.0.0/8,office',
      HOOKSWITCH_ADMIN_KEY: 'short',
      HOOKSWITCH_SECRET_KEY: 'not 32 bytes',
      HOOKSWITCH_LOG_LEVEL: 'loud',
      HOOKSWITCH_PROT: '4000',
    },
    file(`
prot: 1
allowedHosts: ['phones.example:4000']
allowedOrigins: ['https://console.example/']
phones:
  - name: ''
    vendor: acme
    mac: 00:04:13
policy: { deny: [explode], screening: maybe, unknownState: guess }
store: { kind: oracle }
`),
  );
  const faults = faultsOf(result);
  const about = [
    'HOOKSWITCH_PROT: there is no such setting',
    'HOOKSWITCH_PORT: "70000"',
    'HOOKSWITCH_PUBLIC_URL:',
    'HOOKSWITCH_ALLOWED_TARGETS: "office"',
    'HOOKSWITCH_ADMIN_KEY:',
    'HOOKSWITCH_SECRET_KEY:',
    'HOOKSWITCH_LOG_LEVEL:',
    '"prot"',
    'hookswitch.yaml: allowedHosts.0:',
    'hookswitch.yaml: allowedOrigins.0:',
    'hookswitch.yaml: phones.0.name:',
    'hookswitch.yaml: phones.0.mac:',
    'hookswitch.yaml: policy.deny.0:',
    'hookswitch.yaml: policy.screening:',
    'hookswitch.yaml: policy.unknownState:',
    'hookswitch.yaml: store.kind:',
  ];
  for (const start of about) expect(faults.filter((fault) => fault.includes(start))).toHaveLength(1);
  expect(faults).toHaveLength(about.length);
  expect(faults.join()).not.toMatch(/short|not 32 bytes/);
});

test.each(['a: [', '- a\n- b', 'a: 1\na: 2', '"just text"'])('a file that is none: %j', (text) => {
  expect(faultsOf(parseConfig({}, file(text)))[0]).toMatch(/^hookswitch\.yaml: /);
});

test('an empty file says nothing', () => {
  expect(parseConfig({}, file('# nothing yet\n'))).toMatchObject({ config: { port: 4000 } });
});

test.each(['http://host?x=1', 'http://host/#x', 'ftp://host', 'host:4000', 'http://'])(
  '%s is no base of action URLs',
  (url) => {
    expect(faultsOf(parseConfig({ HOOKSWITCH_PUBLIC_URL: url }, null))[0]).toMatch(/^HOOKSWITCH_PUBLIC_URL: /);
  },
);

test('the spool may lie in a directory of its own, with a bound of its own', () => {
  const text = 'spool: { dir: /var/spool/hookswitch, maxMegabytes: 8 }';
  expect(parseConfig({}, { text, name: 'hookswitch.yaml', folder: '/etc' })).toMatchObject({
    config: { spool: { dir: '/var/spool/hookswitch', maxBytes: 8 * 1024 * 1024 } },
  });
  const { faults } = parseConfig({}, { text: 'spool: { maxMegabytes: 0 }', name: 'f', folder: '/' }) as {
    faults: string[];
  };
  expect(faults).toEqual([expect.stringMatching(/^f: spool.maxMegabytes: /)]);
});
