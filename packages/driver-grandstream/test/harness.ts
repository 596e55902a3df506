import { CAPABILITIES, type Capability } from '@hookswitch/core';
import { type ConformanceHarness, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { driver } from '../src/index.ts';
import type { GrandstreamOptions } from '../src/options.ts';
import { type GrandstreamQuirks, VirtualGrandstreamPhone } from '../src/virtual/index.ts';
import { DOCUMENTED } from './documented.table.ts';

/** The password is the passcode, and looks like no other word: it may stand nowhere but in what goes out. */
const WEB = { username: 'admin', password: 'p&ss code/42%' };
const HAS: readonly Capability[] = [
  ...(['PRESS_KEYS', 'DIAL', 'ANSWER', 'HANG_UP', 'REJECT', 'HOLD', 'DTMF'] as const),
  ...(['PHONE_INFO', 'CALL_SNAPSHOT', 'REBOOT', 'FACTORY_RESET'] as const),
];

interface Special {
  readonly options?: Readonly<Record<string, string>>;
  readonly quirks?: Partial<GrandstreamQuirks>;
}

function phone(model: string, firmware: string, { options = {}, quirks = {} }: Special): PhoneUnderTest {
  return {
    name: `${model} with ${firmware}`,
    model,
    firmware,
    mac: '00:0b:82:0c:0d:e5',
    options: { accounts: '1001@pbx.example', ...options },
    lacks: CAPABILITIES.filter((capability) => !HAS.includes(capability)),
    start: async () => {
      const exchange = new VirtualExchange();
      const virtual = new VirtualGrandstreamPhone({
        exchange,
        model,
        firmware,
        mac: '000b820c0de5',
        number: '1001',
        displayName: 'Anna & Bert',
        credentials: WEB,
        quirks,
      });
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB },
        user: {
          answer: () => virtual.answerByHand(),
          hold: () => virtual.holdByHand(),
          dial: (number) => virtual.dialByHand(number),
          consult: (number) => virtual.dialByHand(number),
        },
        effects: () => [...virtual.effects],
        handlerErrors: () => virtual.handlerErrors,
      });
    },
  };
}

/** What the suite, and the commands of the kit, are given of this driver. */
export const harness: ConformanceHarness<GrandstreamOptions> = {
  driver,
  folder: new URL('../', import.meta.url),
  phones: [
    phone('GRP2614', '1.0.13.31', {}),
    // What public code has, and the guide has not.
    phone('GXP2170', '1.0.11.79', {
      options: { poundKey: '%23' },
      quirks: { deniesBy: 'body', dialingWord: 'calling', pound: '#', values: 'percent' },
    }),
  ],
  // CTI guide: each of its negative answers, all with a status of success; the last two are of public code.
  refusals: ['"failed"', '"unknown"', 'false', '"Invalid Request"', '"unauthorized"'].map((body) => ({
    name: `an error with ${body}`,
    status: 200,
    body: `{"response": "error", "body": ${body}}`,
  })),
  effects: {
    'PRESS_KEYS: pressKeys, a function key': ['pressed MPK1'],
    'REBOOT: reboot, without a call': ['rebooted'],
    'REBOOT: reboot, in a call': ['rebooted'],
    'FACTORY_RESET: factoryReset, at once': ['reset'],
  },
  documented: DOCUMENTED,
  // The driver claims nothing that these are for.
  samples: { document: '<none/>', setting: { name: 'none', value: '1' }, readable: 'none' },
};
