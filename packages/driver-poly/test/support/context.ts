import type { DriverContext, HttpReply, HttpRequest, KnownCall, PhoneProfile } from '@hookswitch/core';
import { driver } from '../../src/index.ts';
import type { PolyOptions } from '../../src/options.ts';

/** The options of a phone, checked by the driver. */
export function optionsOf(values: Readonly<Record<string, string>> = {}): PolyOptions {
  const checked = driver.options.schema['~standard'].validate(values);
  if (checked instanceof Promise || checked.issues !== undefined) throw new Error(JSON.stringify(checked));
  return checked.value;
}

/** A VVX, unless it is said otherwise. */
export function profile(
  more: Partial<Omit<PhoneProfile<PolyOptions>, 'options'>> = {},
  options: Readonly<Record<string, string>> = {},
): PhoneProfile<PolyOptions> {
  const known = { model: 'VVX 450', firmware: '6.4.0.9608', mac: null, reachableBy: { http: true, sip: false } };
  return { ...known, ...more, options: optionsOf(options) };
}

/** A reply of the phone. */
export function reply(status: number, text: string): HttpReply {
  return { status, text, headers: {}, bytes: new TextEncoder().encode(text) };
}

/** A context whose phone answers with these replies in turn, the last one for ever. */
export function contextOf(
  replies: readonly HttpReply[],
  calls: readonly KnownCall[] = [],
): { readonly context: DriverContext<PolyOptions>; readonly sent: readonly HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const notThere = (): never => {
    throw new Error('This driver has no use for it.');
  };
  const context: DriverContext<PolyOptions> = {
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
    clock: { now: () => 0, sleep: notThere },
    log: { debug: () => {}, warn: () => {} },
    signal: new AbortController().signal,
  };
  return { context, sent };
}

/** A call that the gateway knows. */
export function call(state: KnownCall['state'], reference: string | null = '41aa9c00'): KnownCall {
  const party = { number: '1007', uri: null, displayName: null };
  const vendorIds: Readonly<Record<string, string>> = reference === null ? {} : { CallReference: reference };
  return {
    id: `${state}-${reference}`,
    state,
    direction: 'INCOMING',
    remote: party,
    local: party,
    muted: null,
    vendorIds,
  };
}
