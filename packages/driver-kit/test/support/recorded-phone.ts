import type { DriverContext } from '@hookswitch/core';
import { Replay } from '../../src/conformance/replay.ts';
import { SipLine } from '../../src/conformance/sip/line.ts';
import { createSipTransport } from '../../src/conformance/sip/sip-transport.ts';
import { actionUrlBelow, GatewayStandIn } from '../../src/conformance/stand-in.ts';
import { subjectOf } from '../../src/conformance/subject.ts';
import { createTransport } from '../../src/conformance/transport.ts';
import type { Recording } from '../../src/index.ts';
import { eventReader, PhoneRecorder, type PhoneRecorderOptions } from '../../src/record/recorder.ts';
import { VirtualExchange } from '../../src/virtual/index.ts';
import { exampleDriver } from './example-driver.ts';
import { exampleHarness, examplePhone, SIP, WEB } from './example-harness.ts';
import { ExamplePhone } from './example-phone.ts';

/** The number of somebody who calls the phone. */
export const CALLER = '4930123456';

/** An E1 that asks for its login, with a recorder before it and a gateway behind, and somebody who calls it. */
export async function recordedPhone(options: Partial<PhoneRecorderOptions> & { readonly tcp?: true } = {}) {
  const { tcp, ...changes } = options;
  const exchange = new VirtualExchange();
  const phone = new ExamplePhone(exchange, '1001');
  phone.login.settings.scheme = 'digest';
  phone.login.settings.credentials = [WEB];
  phone.sip.endpoint.authenticator.settings.credentials = [SIP];
  await phone.start();
  const gateway = new GatewayStandIn();
  await gateway.start();
  const profile = subjectOf(exampleHarness(), examplePhone()).profile;
  const recorder = new PhoneRecorder({
    host: '127.0.0.1',
    phone: phone.address,
    sip: `${phone.sipUri}${tcp === true ? ';transport=tcp' : ''}`,
    events: { gateway: gateway.origin, read: eventReader(exampleDriver, profile) },
    redaction: { login: WEB, secrets: [SIP.password] },
    ...changes,
  });
  await recorder.start();
  const { addresses } = recorder;
  for (const setting of exampleDriver.actionUrls.settingsFor(profile)) {
    phone.settings.set(setting.setting, actionUrlBelow(addresses.gateway ?? '', setting).url);
  }
  const caller = exchange.addParty({ number: CALLER });
  const line = await SipLine.open(addresses.sip ?? '');
  const { signal } = new AbortController();
  const nothing: Recording = { ...FACTS, exchanges: [] };
  const context: DriverContext<{ readonly answerKey: string }> = {
    ...new Replay(nothing).context(subjectOf(exampleHarness(), examplePhone())),
    http: createTransport({ origin: addresses.phone ?? '', credentials: { web: WEB }, signal, onSend: () => {} }),
    sip: createSipTransport({
      to: { line, uri: addresses.sip ?? '' },
      login: SIP,
      signal,
      wait: async () => {},
      onSend: () => {},
    }),
  };
  return {
    phone,
    gateway,
    recorder,
    context,
    ladders: exampleDriver.capabilitiesFor(profile),
    async ring(): Promise<void> {
      caller.dial('1001');
      await exchange.settled();
      await phone.actionUrls.idle();
    },
    async settled(): Promise<void> {
      await exchange.settled();
      await phone.actionUrls.idle();
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await line.stop();
      await recorder.stop();
      await phone.stop();
      await gateway.stop();
      exchange[Symbol.dispose]();
    },
  };
}

/** What is recorded where a test says nothing else. */
export const FACTS = {
  name: 'an E1 answers',
  model: 'E1',
  firmware: '1.0',
  capability: 'ANSWER',
  rung: 'HTTP',
  member: 'answer',
  command: { to: CALLER },
} as const;
