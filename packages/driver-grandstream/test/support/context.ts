import type { DriverContext, HttpReply, HttpRequest, KnownCall, PhoneProfile } from '@hookswitch/core';
import { driver } from '../../src/index.ts';
import type { GrandstreamOptions } from '../../src/options.ts';

/** The options of a phone, checked by the driver. */
export function optionsOf(values: Readonly<Record<string, string>> = {}): GrandstreamOptions {
  const checked = driver.options.schema['~standard'].validate(values);
  if (checked instanceof Promise || checked.issues !== undefined) throw new Error(JSON.stringify(checked));
  return checked.value;
}

/** A GRP, unless it is said otherwise. */
export function profile(
  more: Partial<Omit<PhoneProfile<GrandstreamOptions>, 'options'>> = {},
  options: Readonly<Record<string, string>> = {},
): PhoneProfile<GrandstreamOptions> {
  const known = { model: 'GRP2614', firmware: '1.0.13.31', mac: null, reachableBy: { http: true, sip: false } };
  return { ...known, ...more, options: optionsOf(options) };
}

/** A reply of the phone. */
export function reply(status: number, text: string): HttpReply {
  return { status, text, headers: {}, bytes: new TextEncoder().encode(text) };
}

/** What a phone answers that obeys. */
export const DONE: HttpReply = reply(200, '{"response":"success","body":true}');

/** A context whose phone answers with these replies in turn, the last one for ever. */
export function contextOf(
  replies: readonly HttpReply[],
  calls: readonly KnownCall[] = [],
): {
  readonly context: DriverContext<GrandstreamOptions>;
  readonly sent: readonly HttpRequest[];
  readonly pauses: readonly number[];
} {
  const sent: HttpRequest[] = [];
  const pauses: number[] = [];
  const notThere = (): never => {
    throw new Error('This driver has no use for it.');
  };
  const context: DriverContext<GrandstreamOptions> = {
    phone: profile(),
    calls,
    features: [],
    http: {
      async send(request) {
        sent.push(request);
        return replies[Math.min(sent.length, replies.length) - 1] ?? notThere();
      },
    },
    sip: { send: notThere, converse: notThere },
    documents: { publish: notThere },
    clock: { now: () => 0, sleep: async (ms) => void pauses.push(ms) },
    log: { debug: () => {}, warn: () => {} },
    signal: new AbortController().signal,
  };
  return { context, sent, pauses };
}

/** A call that the gateway knows; the phone names none. */
export function call(state: KnownCall['state'], id = `${state}-1`): KnownCall {
  const party = { number: '1007', uri: null, displayName: null };
  return { id, state, direction: 'INCOMING', remote: party, local: party, muted: null, vendorIds: {} };
}
