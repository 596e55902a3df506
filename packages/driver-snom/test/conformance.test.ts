import type { Capability } from '@hookswitch/core';
import { conformance, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { describe, expect, it } from 'vitest';
import { driver } from '../src/index.ts';
import { createVirtualSnomPhone } from '../src/virtual/index.ts';

const WEB = { username: 'conformance', password: 'conformance-web' };
const MAC = '00:04:13:00:c0:de';

interface Differences {
  readonly lacks: readonly Capability[];
  readonly notHere?: readonly string[];
}

/** Before 8.7.4 CSTA has no ConsultationCall: a transfer is begun by keys, and may be completed by CSTA. */
const NO_CONSULTATION = ['TRANSFER_ATTENDED over CSTA: transfer'];

function phone(model: string, firmware: string, differences: Differences): PhoneUnderTest {
  return {
    name: `${model} with ${firmware}`,
    model,
    firmware,
    mac: MAC,
    options: { accounts: '1001@pbx.example' },
    ...differences,
    start: async () => {
      const exchange = new VirtualExchange();
      const virtual = createVirtualSnomPhone({
        model,
        firmware,
        mac: MAC,
        exchange,
        identities: [{ number: '1001', displayName: 'Desk One' }],
        login: { user: WEB.username, password: WEB.password },
        settings: { use_hidden_tags: 'off' },
        quirks: { keyTiming: 'none', rebootMs: 0 },
      });
      const hold = () => virtual.user.press(firmware.startsWith('8.4') ? 'F_R' : 'F_HOLD');
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB },
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
          await virtual.power.settled();
          await virtual.browser.client.idle();
          // A document that has arrived is shown in the next turn.
          await new Promise(setImmediate);
        },
        handlerErrors: () => virtual.handlerErrors,
      });
    },
  };
}

const suite = conformance(
  { describe, it },
  {
    driver,
    phones: [
      phone('D785', '10.1.33.33', { lacks: ['TOUCH', 'PROVISION'] }),
      phone('320', '8.4.35', {
        lacks: ['TOUCH', 'DEFLECT', 'FORWARDING', 'READ_SETTINGS', 'VERIFY_EVENTS', 'CALL_SNAPSHOT', 'PROVISION'],
        notHere: NO_CONSULTATION,
      }),
      phone('870', '8.7.5.35', { lacks: ['LED', 'PROVISION'] }),
      phone('720', '8.7.3.17', { lacks: ['TOUCH', 'DEFLECT', 'FORWARDING', 'PROVISION'], notHere: NO_CONSULTATION }),
    ],
    samples: {
      document: '<SnomIPPhoneText><Title>Kit</Title><Text>Conformance</Text></SnomIPPhoneText>',
      setting: { name: 'user_realname1', value: 'Desk Two' },
      readable: 'user_name1',
    },
    // What the vision of a 7xx reports has no word in the contract.
    otherEvents: ['action_vision_url'],
  },
);

it('has a case for all that the driver claims', () => {
  expect(suite.count).toBe(0);
});
