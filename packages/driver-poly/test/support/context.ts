import type { HttpReply, HttpRequest, KnownCall, PhoneProfile } from '@hookswitch/core';
import { checkedOptions, inTurn, knownCall, type TestContext, testContext } from '@hookswitch/driver-kit';
import { driver } from '../../src/index.ts';
import type { PolyOptions } from '../../src/options.ts';

/** A VVX, unless it is said otherwise. */
export function profile(
  more: Partial<Omit<PhoneProfile<PolyOptions>, 'options'>> = {},
  options: Readonly<Record<string, string>> = {},
): PhoneProfile<PolyOptions> {
  const known = { model: 'VVX 450', firmware: '6.4.0.9608', mac: null, reachableBy: { http: true, sip: false } };
  return { ...known, ...more, options: checkedOptions(driver.options, options) };
}

/** A context whose phone answers with these replies in turn, the last one for ever. */
export function contextOf(
  replies: readonly HttpReply[],
  calls: readonly KnownCall[] = [],
): { readonly context: TestContext<PolyOptions>; readonly sent: readonly HttpRequest[] } {
  const context = testContext(profile(), { calls, http: inTurn(replies) });
  return { context, sent: context.requests };
}

/** A call that the gateway knows. */
export function call(state: KnownCall['state'], reference: string | null = '41aa9c00'): KnownCall {
  const vendorIds: Readonly<Record<string, string>> = reference === null ? {} : { CallReference: reference };
  const party = { number: '1007', uri: null, displayName: null };
  return knownCall({ id: `${state}-${reference}`, state, remote: party, local: party, vendorIds });
}
