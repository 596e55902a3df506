import { CAPABILITIES, type Capability } from '@hookswitch/core';
import { type ConformanceHarness, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { driver } from '../src/index.ts';
import type { PolyOptions } from '../src/options.ts';
import { type PolyQuirks, VirtualPolyPhone } from '../src/virtual/index.ts';
import { DOCUMENTED } from './documented.table.ts';
import { POSTED } from './posted.table.ts';

const WEB = { username: 'Polycom', password: 'conformance-web' };
const PUSH = { username: 'pusher', password: 'conformance-push' };
const ALWAYS: readonly Capability[] = [
  ...(['DIAL', 'ANSWER', 'HANG_UP', 'HANG_UP_ALL', 'REJECT', 'HOLD', 'MUTE', 'DTMF', 'TRANSFER_BLIND'] as const),
  ...(['PHONE_INFO', 'READ_SETTINGS', 'WRITE_SETTINGS', 'ACTION_URLS', 'REBOOT'] as const),
];

interface Special {
  readonly has: readonly Capability[];
  readonly options?: Readonly<Record<string, string>>;
  readonly quirks?: Partial<PolyQuirks>;
}

function phone(model: string, firmware: string, { has, options = {}, quirks = {} }: Special): PhoneUnderTest {
  const mac = '0004f20c0de5';
  const accounts = '1001@pbx.example';
  return {
    name: `${model} with ${firmware}`,
    model,
    firmware,
    mac: '00:04:f2:0c:0d:e5',
    options: { accounts, ...options },
    lacks: CAPABILITIES.filter((capability) => !has.includes(capability)),
    // Settings are told by their names.
    refuses: ['READ_SETTINGS: settings, all'],
    start: async () => {
      const exchange = new VirtualExchange();
      const virtual = new VirtualPolyPhone({
        exchange,
        model,
        firmware,
        mac,
        number: '1001',
        displayName: 'Anna & Bert',
        credentials: WEB,
        settings: {
          'apps.push.messageType': '5',
          'apps.push.username': PUSH.username,
          'apps.push.password': PUSH.password,
        },
        quirks,
      });
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB, push: PUSH },
        callIdName: 'CallReference',
        user: {
          answer: () => virtual.answerByHand(),
          hold: () => virtual.holdByHand(),
          dial: (number) => virtual.dialByHand(number),
          consult: (number) => {
            virtual.holdByHand();
            virtual.dialByHand(number);
          },
        },
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
    phone('VVX 450', '6.4.0.9608', {
      has: [...ALWAYS, 'DISPLAY', 'CALL_SNAPSHOT'],
      options: { pushUsername: PUSH.username, pushPassword: PUSH.password },
      quirks: { handles: 'bare', tellsTwice: true },
    }),
    // Before 5.8 the phone tells of one call only; 5.7 puts its release elsewhere.
    phone('VVX 410', '5.7.0.11768', {
      has: ALWAYS,
      quirks: { nestedFirmware: true, bareEvents: true, rawNames: true },
    }),
    phone('Edge E350', '8.1.0', {
      has: [...ALWAYS, 'CALL_SNAPSHOT'],
      options: { refForm: 'bare' },
      quirks: { stateWords: 'lines', noCalls: '4007', contentType: '' },
    }),
  ],
  samples: {
    document: '<PolycomIPPhone><Data priority="Critical"><p>Conformance</p></Data></PolycomIPPhone>',
    setting: { name: 'up.screenCapture.enabled', value: '1' },
    readable: 'up.screenCapture.enabled',
  },
  documented: DOCUMENTED,
  // Fetched, and not posted to, it tells nothing.
  otherEvents: ['apps.telNotification.URL'],
  posted: { 'apps.telNotification.URL': POSTED },
} satisfies ConformanceHarness<PolyOptions>;
