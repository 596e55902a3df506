import {
  accepted,
  type CapabilityMap,
  failed,
  type HttpReply,
  type Ladders,
  type Outcome,
  phoneRejected,
  phoneUnauthorized,
  type Setting,
} from '@hookswitch/core';
import { CASES, type ConformanceHarness } from '../../src/index.ts';
import type { RecordedRequest, VirtualExchange, VirtualReply } from '../../src/virtual/index.ts';
import { type ExampleOptions, exampleDriver } from './example-driver.ts';
import { exampleHarness, examplePhone, startExample } from './example-harness.ts';
import { ExamplePhone } from './example-phone.ts';

/** The phone of these tests, which tells its settings one by one, and takes one document for its display. */
class TellingPhone extends ExamplePhone {
  constructor(exchange: VirtualExchange) {
    super(exchange, '1001');
    this.settings.set('a', '1');
  }

  protected override answer(request: RecordedRequest): VirtualReply {
    if (request.path === '/screen') return this.#show(request.body);
    if (request.path !== '/setting') return super.answer(request);
    const value = this.settings.get(request.query);
    return value === undefined ? { status: 404 } : { status: 200, body: `=${value}` };
  }

  #show(document: string): VirtualReply {
    const [, text] = /^<x>(.*)<\/x>$/.exec(document) ?? [];
    if (text === undefined) return { status: 422 };
    this.screen.show(text);
    return { status: 200 };
  }
}

/** What a reply means, to a driver that may be wrong about it. */
export type Reading = (name: string, reply: HttpReply) => Setting | null | Outcome<never>;

/** What it says of a reply that is no success. */
export function refused({ status }: HttpReply): Outcome<never> {
  if (status === 401) return failed(phoneUnauthorized('The phone refuses user and password.'));
  return failed(phoneRejected(`The phone answered ${status}.`, { phoneStatus: status }));
}

/** A setting, where the reply has one. */
export const asTold: Reading = (name, reply) =>
  reply.status === 200 && reply.text.startsWith('=')
    ? { name, value: reply.text.slice(1), writable: null }
    : refused(reply);

const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 3' } as const;

type Settings = CapabilityMap['READ_SETTINGS']['settings'];

/** Reads what is named; all: the one that the manual names. */
function reader(reading: Reading): Settings {
  return async (names = ['a'], { http }) => {
    const found: Setting[] = [];
    for (const name of names) {
      const request = { method: 'GET', target: `/setting?${name}`, readOnly: true } as const;
      const told = reading(name, await http.send({ ...request, rehearsal: { status: 200, body: '=1' } }));
      if (told === null) continue;
      if ('status' in told) return told;
      found.push(told);
    }
    return accepted(found);
  };
}

/** A harness whose phone has more capabilities than the example's. */
export function moreHarness(ladders: Ladders, more: Partial<ConformanceHarness<ExampleOptions>> = {}) {
  const driver = {
    ...exampleDriver,
    capabilitiesFor: (profile: Parameters<typeof exampleDriver.capabilitiesFor>[0]): Ladders =>
      profile.reachableBy.http ? { ...exampleDriver.capabilitiesFor(profile), ...ladders } : {},
  };
  const has = Object.keys(driver.capabilitiesFor({ ...PROFILE, options: { answerKey: 'OK' } }));
  const lacks = (Object.keys(CASES) as (keyof typeof CASES)[]).filter((capability) => !has.includes(capability));
  const phone = examplePhone({ lacks, start: () => startExample((exchange) => new TellingPhone(exchange)) });
  return { ...exampleHarness(driver, [phone]), ...more };
}

const PROFILE = { model: 'E1', firmware: '1.0', mac: null, reachableBy: { http: true, sip: false } } as const;

/** A harness whose driver reads settings. */
export function settingsHarness(reading: Reading, more: Partial<ConformanceHarness<ExampleOptions>> = {}) {
  return moreHarness({ READ_SETTINGS: [{ ...rung, settings: reader(reading) }] }, more);
}
