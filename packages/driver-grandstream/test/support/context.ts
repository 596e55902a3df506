import type { HttpReply, HttpRequest, KnownCall, PhoneProfile } from '@hookswitch/core';
import { checkedOptions, httpReply, inTurn, knownCall, type TestContext, testContext } from '@hookswitch/driver-kit';
import { driver } from '../../src/index.ts';
import type { GrandstreamOptions } from '../../src/options.ts';

/** A GRP, unless it is said otherwise. */
export function profile(
  more: Partial<Omit<PhoneProfile<GrandstreamOptions>, 'options'>> = {},
  options: Readonly<Record<string, string>> = {},
): PhoneProfile<GrandstreamOptions> {
  const known = { model: 'GRP2614', firmware: '1.0.13.31', mac: null, reachableBy: { http: true, sip: false } };
  return { ...known, ...more, options: checkedOptions(driver.options, options) };
}

/** What a phone answers that obeys. */
export const DONE: HttpReply = httpReply(200, '{"response":"success","body":true}');

/** A context whose phone answers with these replies in turn, the last one for ever. */
export function contextOf(
  replies: readonly HttpReply[],
  calls: readonly KnownCall[] = [],
): {
  readonly context: TestContext<GrandstreamOptions>;
  readonly sent: readonly HttpRequest[];
} {
  const context = testContext(profile(), { calls, http: inTurn(replies) });
  return { context, sent: context.requests };
}

/** A call that the gateway knows; the phone names none. */
export function call(state: KnownCall['state'], id = `${state}-1`): KnownCall {
  const party = { number: '1007', uri: null, displayName: null };
  return knownCall({ id, state, remote: party, local: party });
}
