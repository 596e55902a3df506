import type { DriverContext } from '@hookswitch/core';
import type { Carriers } from '../phones/phone-links.ts';
import { aroundSip } from '../sip/around-sip.ts';

/** Calls `before` once, ahead of the first request. */
export function onFirstSend({ http, sip, signal }: DriverContext, before: () => Promise<void>): Carriers {
  let first: Promise<void> | null = null;
  const after = async <Reply>(send: () => Promise<Reply>): Promise<Reply> => {
    // The command has been answered by then: nothing must change it any more.
    signal.throwIfAborted();
    first ??= before();
    await first;
    return send();
  };
  return { http: { send: (request) => after(() => http.send(request)) }, sip: aroundSip(sip, after) };
}
