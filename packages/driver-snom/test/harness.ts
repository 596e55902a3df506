import type { Capability } from '@hookswitch/core';
import { type ConformanceHarness, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { driver } from '../src/index.ts';
import type { SnomOptions } from '../src/options.ts';
import { createVirtualSnomPhone, type SnomEffect, type SnomQuirks } from '../src/virtual/index.ts';
import { DOCUMENTED } from './documented/index.ts';

const WEB = { username: 'conformance', password: 'conformance-web' };
const SIP = { username: '1001', password: 'conformance-sip' };
const MAC = '00:04:13:00:c0:de';

/** What no Snom phone does by SIP. */
const NOT_BY_SIP = [
  'TOUCH',
  'FORWARDING',
  'CONFIGURE_KEYS',
  'SCREEN',
  'RINGTONE',
  'PHONE_INFO',
  'READ_SETTINGS',
  'ACTION_URLS',
  'FACTORY_RESET',
  'UPGRADE_FIRMWARE',
  'LOG_OFF',
  'CLEAR_CALL_LISTS',
] as const;

/** Lights by MESSAGE have colours on 820 and 821 only, and these phones have no other way. */
const RED_LIGHT = 'LED: setLed, a red light';

/** `ringerPlayed 1`, `touched 10 20 tap`. */
function inWords({ type, ...facts }: SnomEffect): string {
  const flat = Object.values(facts).flatMap((fact: unknown) =>
    typeof fact === 'object' && fact !== null ? Object.values(fact) : [fact],
  );
  return [type, ...flat].join(' ');
}

/** What is not as with most phones. */
interface Differences {
  readonly name?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly quirks?: Partial<SnomQuirks>;
  readonly holdKey?: string;
  readonly reachableBy?: PhoneUnderTest['reachableBy'];
  readonly allowEvents?: readonly string[];
  readonly refuses?: readonly string[];
}

/** By HTTP those with 8.7 ask by Digest, the others by Basic; by SIP those with 10 ask. */
function phone(
  model: string,
  firmware: string,
  ...[lacks, differences = {}]: readonly [lacks: readonly Capability[], differences?: Differences]
): PhoneUnderTest {
  return {
    name: differences.name ?? `${model} with ${firmware}`,
    model,
    firmware,
    mac: MAC,
    options: differences.options ?? { accounts: '1001@pbx.example' },
    lacks,
    reachableBy: differences.reachableBy ?? { http: true, sip: true },
    ...(differences.allowEvents === undefined ? {} : { allowEvents: differences.allowEvents }),
    ...(differences.refuses === undefined ? {} : { refuses: differences.refuses }),
    start: async () => {
      const exchange = new VirtualExchange();
      // Snom's page of 2015 is about firmware 8 up to 8.7, its page of today about later ones.
      const old = /^[78]\./.test(firmware);
      const asks = firmware.startsWith('10.');
      const virtual = createVirtualSnomPhone({
        model,
        firmware,
        mac: MAC,
        exchange,
        identities: [{ number: '1001', displayName: 'Desk One' }],
        login: { user: WEB.username, password: WEB.password },
        sip: asks ? { login: SIP } : {},
        settings: {
          use_hidden_tags: 'off',
          filter_registrar: 'off',
          mb_trusted_hosts: '127.0.0.1',
          xml_notify: 'on',
          allow_sip_settings: 'on',
          fkey0: 'button 1',
          fkey1: 'button 2',
          http_scheme: firmware.startsWith('8.7') ? 'on' : 'off',
          ...differences.settings,
        },
        quirks: {
          keyTiming: 'none',
          rebootMs: 0,
          callListSpelling: old ? '2015' : 'today',
          reregisterPages: [old ? '/command.htm' : '/dummy.htm'],
          ...differences.quirks,
        },
      });
      const holdKey = differences.holdKey ?? (firmware.startsWith('8.4') ? 'F_R' : 'F_HOLD');
      const hold = () => virtual.user.press(holdKey);
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB },
        ...(asks ? { sipCredentials: SIP } : {}),
        callIdName: 'csta_id',
        user: {
          answer: () => virtual.user.answer(),
          hold,
          dial: (number) => virtual.user.dial(number),
          consult: (number) => {
            hold();
            virtual.user.dial(number);
          },
        },
        settled: async () => {
          await virtual.browser.settled();
          await virtual.power.settled();
          await virtual.browser.client.idle();
          await virtual.browser.settled();
          // A document that has arrived is shown in the next turn.
          await new Promise(setImmediate);
        },
        effects: () => virtual.effects.all.map(inWords),
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
    phone('D785', '10.1.33.33', ['TOUCH']),
    phone('320', '8.4.35', ['TOUCH', 'DEFLECT', 'READ_SETTINGS', 'CALL_SNAPSHOT']),
    phone('870', '8.7.5.35', [], { refuses: [RED_LIGHT] }),
    phone('820', '8.7.3.19', ['TOUCH', 'DEFLECT']),
    phone('720', '8.7.3.17', ['TOUCH', 'DEFLECT']),
    phone(
      '220',
      '7.1.39',
      [
        'TOUCH',
        'DEFLECT',
        'MUTE',
        'CONFERENCE',
        'FORWARDING',
        'LED',
        'CONFIGURE_KEYS',
        'DISPLAY',
        'SCREEN',
        'READ_SETTINGS',
        'VERIFY_EVENTS',
        'CALL_SNAPSHOT',
      ],
      { holdKey: 'RECALL' },
    ),
    phone('D735', '10.1.33.33', ['TOUCH'], {
      name: 'D735 with csta_legacy_control 0, Call Join on Xfer, kept connections only, and no accounts told',
      options: { csta_legacy_control: '0', callJoinOnTransfer: 'true', xmlPushForm: 'quoted' },
      settings: { csta_legacy_control: '0', call_join_xfer: 'on' },
      quirks: {
        needsKeepAlive: true,
        dialRedirect: 'absolute',
        firewallTestSetting: 'action_firewall_test',
        unlistedCstaSettings: 'fault',
      },
    }),
    phone('D862', '10.1.226.13', NOT_BY_SIP, {
      name: 'D862 by SIP alone, that names talk and hold, and is listened to',
      options: { accounts: '1001@pbx.example', uacstaEvents: 'true' },
      reachableBy: { http: false, sip: true },
      allowEvents: ['talk', 'hold', 'refer', 'call-info'],
      refuses: [RED_LIGHT],
    }),
    phone('D765', '10.1.184.15', ['PRESS_KEYS', 'MUTE', 'DO_NOT_DISTURB', 'VERIFY_EVENTS', ...NOT_BY_SIP], {
      name: 'D765 by SIP alone, with talk, hold and INVITE, that answers uaCSTA at once',
      reachableBy: { http: false, sip: true },
      refuses: [RED_LIGHT],
      options: { accounts: '1001@pbx.example', talkAndHold: 'on', dialByInvite: 'true' },
      settings: { answer_after_policy: 'idle' },
      quirks: { uaCstaReplies: 'response' },
    }),
  ],
  samples: {
    document: '<SnomIPPhoneText><Title>Kit</Title><Text>Conformance</Text></SnomIPPhoneText>',
    setting: { name: 'user_realname1', value: 'Desk Two' },
    readable: 'user_name1',
  },
  effects: {
    'PRESS_KEYS: pressKeys, a key held down': ['keyPressed 7 10', 'digitsSent 7'],
    'PRESS_KEYS: pressKeys, a function key': ['keyPressed P1 0'],
    'TOUCH: touch, a tap and a drag': ['touched 10 20 tap', 'touched 0 0 press', 'touched 30 40 release'],
    'RINGTONE: playRingtone, the first': ['ringerPlayed 1'],
    'REBOOT: reboot, without a call': ['rebooted'],
    'REBOOT: reboot, in a call': ['rebooted'],
    'PROVISION: provision, at once': ['rebooted'],
    'FACTORY_RESET: factoryReset, at once': ['reset', 'rebooted'],
    'UPGRADE_FIRMWARE: upgradeFirmware, from an address': [
      'firmwareLoaded http://firmware.example/phone/1.2.3/image.bin',
    ],
    'LOG_OFF: logOff, the first account': ['loggedOff 1'],
    'REREGISTER: reregister, the first account': ['reregistered 1'],
    'REREGISTER: reregister, all accounts': ['reregistered 1'],
    'CLEAR_CALL_LISTS: clearCallLists, all': [
      'callListCleared dialed',
      'callListCleared missed',
      'callListCleared received',
    ],
  },
  refusals: [
    {
      name: 'its error page',
      status: 200,
      body: '<HTML><HEAD><TITLE>snom VoIP phone: Error</TITLE></HEAD><BODY></BODY></HTML>',
      transports: ['HTTP'],
    },
  ],
  documented: DOCUMENTED,
  // What the vision of a 7xx reports has no word in the contract.
  otherEvents: ['action_vision_url'],
} satisfies ConformanceHarness<SnomOptions>;
