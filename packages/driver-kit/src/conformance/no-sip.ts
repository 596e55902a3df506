import { failed, phoneUnreachable, type SipTransport, TransportError } from '@hookswitch/core';

/** A transport to a phone that has no SIP side: all that it is asked to send fails, and nothing is sent. */
export function noSip(): SipTransport {
  const refuse = () =>
    Promise.reject(
      new TransportError(failed(phoneUnreachable('Nothing was sent: the phone of this harness has no SIP URI.'))),
    );
  return { send: refuse, converse: refuse };
}
