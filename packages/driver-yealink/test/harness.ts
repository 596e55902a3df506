import { type ConformanceHarness, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { type DigestAlgorithm, VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { driver } from '../src/index.ts';
import type { YealinkOptions } from '../src/options.ts';
import {
  createVirtualYealinkPhone,
  openTo,
  type VirtualYealinkPhone,
  type YealinkQuirks,
} from '../src/virtual/index.ts';
import { DOCUMENTED } from './documented/index.ts';

const WEB = { username: 'admin', password: 'conformance-web' };
const SIP = { username: '1001', password: 'conformance-sip' };
const PUSH = { username: 'pusher', password: 'conformance-push' };

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9/nobody';

/** What no Yealink phone can do. */
const LACKS = [
  'TOUCH',
  'DEFLECT',
  'RINGTONE',
  'READ_SETTINGS',
  'CALL_SNAPSHOT',
  'UPGRADE_FIRMWARE',
  'LOG_OFF',
  'REREGISTER',
  'CLEAR_CALL_LISTS',
] as const;

/** Keeps what it calls and fetches, how often it beeps, and that it went back to how it left the factory. */
function watch(virtual: VirtualYealinkPhone): () => readonly string[] {
  const seen: string[] = [];
  for (const { history } of [virtual.actionUrls, virtual.fetches]) {
    history.onEntry(({ event, template }) => {
      if (template === NOBODY) seen.push(event);
    });
  }
  virtual.settings.onChange(({ key, after }) => {
    if (key === 'features.action_uri_limit_ip' && after === '') seen.push('factory settings');
  });
  return () => {
    const beeps = seen.filter((word) => word === 'beep').length;
    for (let beep = beeps; beep < virtual.beeps; beep += 1) seen.push('beep');
    return [...seen];
  };
}

interface Special {
  readonly options: Readonly<Record<string, string>>;
  readonly quirks?: Partial<YealinkQuirks>;
  /** The digest algorithms by which it asks for a login over SIP. Default: it asks nobody. */
  readonly challenges?: readonly DigestAlgorithm[];
  readonly sipAlone?: true;
}

function phone(model: string, firmware: string, special: Special = { options: {} }): PhoneUnderTest {
  const { options, quirks = {}, challenges, sipAlone = false } = special;
  const mac = '00156500c0de';
  return {
    name: `${model} with ${firmware}${sipAlone ? ' by SIP alone' : ''}`,
    model,
    firmware,
    mac: '00:15:65:00:c0:de',
    options: { pushUsername: PUSH.username, ...options },
    lacks: [...LACKS, ...(sipAlone ? (['SCREEN', 'PHONE_INFO'] as const) : [])].filter(
      (name) => name !== 'REREGISTER' || options['reregisterByCheckSync'] !== 'true',
    ),
    reachableBy: { http: !sipAlone, sip: true },
    start: async () => {
      const exchange = new VirtualExchange();
      const virtual = createVirtualYealinkPhone({
        model,
        firmware,
        mac,
        exchange,
        credentials: WEB,
        quirks,
        sip: challenges === undefined ? {} : { login: SIP, challenges },
        settings: {
          ...openTo('any'),
          'push_xml.sip_notify': '1',
          'push_xml.username': PUSH.username,
          'push_xml.password': PUSH.password,
          'action_url.setup_completed': NOBODY,
          'static.auto_provision.server.url': NOBODY,
        },
      });
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB, push: PUSH },
        ...(challenges === undefined ? {} : { sipCredentials: SIP }),
        callIdName: 'call_id',
        user: {
          answer: () => void virtual.user.answer(),
          hold: () => virtual.user.press('F_HOLD'),
          dial: (number) => void virtual.user.dial(number),
          consult: (number) => {
            virtual.user.press('F_TRANSFER');
            virtual.user.type(number);
            virtual.user.press('OK');
          },
        },
        settled: async () => {
          await virtual.whenUp();
          await virtual.fetches.idle();
        },
        effects: watch(virtual),
        handlerErrors: () => virtual.handlerErrors,
      });
    },
  };
}

/** What the suite, and the commands of the kit, are given of this driver. */
export const harness = {
  driver,
  folder: new URL('../', import.meta.url),
  phones: [
    phone('T46U', '108.86.0.45'),
    phone('T54W', '96.85.0.5', { options: {}, challenges: ['SHA-256', 'MD5'] }),
    phone('T54W', '96.86.0.70', { options: { notifyDialForm: 'key' }, challenges: ['MD5'], sipAlone: true }),
    phone('T58W', '150.86.0.5'),
    phone('T23G', '44.80.0.130'),
    phone('T28P', '2.71.14.4'),
    // All options that change what goes out, on a phone that wants its login in the query.
    phone('T46S', '66.81.0.25', {
      options: {
        accountUris: '1001@pbx.example',
        answerKey: 'ANSWER',
        attendedTransfer: 'keys',
        bracketedSelectors: 'true',
        callAddressedKeys: 'true',
        keySequences: 'off',
        loginForm: 'true',
        path: '/cgi-bin/cgiServer.exx',
        rejectKey: 'X',
        reregisterByCheckSync: 'true',
        screenPath: '/screencapture/download',
      },
      quirks: { asksForLogin: 'page' },
    }),
  ],
  samples: {
    document: '<YealinkIPPhoneTextScreen><Title>Kit</Title><Text>Conformance</Text></YealinkIPPhoneTextScreen>',
    setting: { name: 'phone_setting.backlight_time', value: '17' },
    readable: '',
  },
  refusals: [
    { name: 'its login page', status: 200, body: '<script src="/servlet?m=mod_listener&q=loginForm"></script>' },
    { name: 'its prompt on the display', status: 200, body: 'Remote control forbidden' },
    { name: 'its lock in JSON', status: 200, body: '{"webStatus":"lock","lockTime":3}' },
  ],
  documented: DOCUMENTED,
  effects: {
    'PROVISION: provision, at once': ['autop'],
    // check-sync restarts the phone for it.
    'PROVISION over SIP_NOTIFY (2): provision, at once': ['autop', 'setup_completed'],
    'REBOOT: reboot, without a call': ['autop', 'setup_completed'],
    'REBOOT: reboot, in a call': ['autop', 'setup_completed'],
    'FACTORY_RESET: factoryReset, at once': ['factory settings'],
    'DISPLAY: showMessage, a text': [],
    'DISPLAY: showMessage, a text for a while, with a beep': ['beep'],
  },
} satisfies ConformanceHarness<YealinkOptions>;
