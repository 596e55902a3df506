import { CAPABILITIES, type Capability } from '@hookswitch/core';
import { type ConformanceHarness, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { driver } from '../src/index.ts';
import type { AcmeOptions } from '../src/options.ts';
import { VirtualAcmePhone } from '../src/virtual/index.ts';
import { DOCUMENTED } from './documented.ts';

const WEB = { username: 'admin', password: 'conformance-web' };
const HAS: readonly Capability[] = ['DIAL', 'ANSWER', 'HANG_UP', 'REJECT', 'SCREEN', 'ACTION_URLS'];

function phone(firmware: string, has: readonly Capability[]): PhoneUnderTest {
  return {
    name: `A1 with ${firmware}`,
    model: 'A1',
    firmware,
    mac: '02:00:00:00:ac:01',
    lacks: CAPABILITIES.filter((capability) => !has.includes(capability)),
    start: async () => {
      const exchange = new VirtualExchange();
      const virtual = new VirtualAcmePhone({
        exchange,
        model: 'A1',
        firmware,
        mac: '02000000ac01',
        number: '1001',
        credentials: WEB,
      });
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB },
        callIdName: 'call',
        user: {
          answer: () => virtual.answerByHand(),
          hold: () => virtual.holdByHand(),
          dial: (number) => virtual.dialByHand(number),
          consult: (number) => virtual.dialByHand(number),
        },
        handlerErrors: () => virtual.handlerErrors,
      });
    },
  };
}

/** What the suite, and the commands of the kit, are given of this driver. */
export const harness: ConformanceHarness<AcmeOptions> = {
  driver,
  folder: new URL('../', import.meta.url),
  phones: [phone('1.0', HAS), phone('1.2', [...HAS, 'DO_NOT_DISTURB'])],
  // Manual, "Replies": 200 with these words where the phone cannot do it.
  refusals: [{ name: 'an error in words', status: 200, body: 'error: not now' }],
  documented: DOCUMENTED,
  // The driver claims nothing that these are for.
  samples: { document: '<none/>', setting: { name: 'none', value: '1' }, readable: 'none' },
};
