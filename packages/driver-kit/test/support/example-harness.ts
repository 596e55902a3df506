import { CAPABILITIES, type Capability, type Driver } from '@hookswitch/core';
import { type ConformanceHarness, type PhoneUnderTest, type RunningPhone, runVirtual } from '../../src/index.ts';
import { VirtualExchange } from '../../src/virtual/index.ts';
import { type ExampleOptions, exampleDriver } from './example-driver.ts';
import { ExamplePhone } from './example-phone.ts';

export const WEB = { username: 'tester', password: 'conformance-web' };

export const SIP = { username: '1001', password: 'conformance-sip' };

const HAS: readonly Capability[] = ['ANSWER', 'HANG_UP', 'REJECT', 'SCREEN'];

/** The phone of these tests for the suite. */
export function examplePhone(more: Partial<PhoneUnderTest> = {}): PhoneUnderTest {
  return {
    name: 'E1',
    model: 'E1',
    firmware: '1.0',
    mac: '02:00:00:00:e0:01',
    lacks: CAPABILITIES.filter((capability) => !HAS.includes(capability)),
    start: () => startExample((exchange) => new ExamplePhone(exchange, '1001')),
    ...more,
  };
}

/** Starts the phone of these tests, or one that can more. */
export async function startExample(phoneIn: (exchange: VirtualExchange) => ExamplePhone): Promise<RunningPhone> {
  const exchange = new VirtualExchange();
  const phone = phoneIn(exchange);
  phone.login.settings.scheme = 'digest';
  phone.login.settings.credentials = [WEB];
  phone.sip.endpoint.authenticator.settings.credentials = [SIP];
  const notByHand = () => {
    throw new Error('Nobody can do that at this phone.');
  };
  return runVirtual({
    phone,
    exchange,
    credentials: { web: WEB },
    sipCredentials: SIP,
    callIdName: 'call_id',
    user: { answer: () => phone.answerByHand(), hold: notByHand, dial: notByHand, consult: notByHand },
    handlerErrors: () => phone.handlerErrors,
  });
}

/** The same phone, reached by SIP alone. */
export function exampleSipPhone(more: Partial<PhoneUnderTest> = {}): PhoneUnderTest {
  const lacks = CAPABILITIES.filter((capability) => capability !== 'ANSWER' && capability !== 'REJECT');
  return examplePhone({ name: 'E1 by SIP', lacks, reachableBy: { http: false, sip: true }, ...more });
}

/** The harness of these tests, with a driver that may have been spoilt. */
export function exampleHarness(
  driver: Driver<ExampleOptions> = exampleDriver,
  phones: ConformanceHarness<ExampleOptions>['phones'] = [examplePhone()],
): ConformanceHarness<ExampleOptions> {
  return { driver, phones, samples: { document: '<x/>', setting: { name: 'a', value: 'b' }, readable: 'a' } };
}
