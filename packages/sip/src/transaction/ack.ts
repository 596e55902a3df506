import type { HeaderField } from '../message/fields.ts';
import { NO_BODY, type OutgoingMessage } from '../message/serialise.ts';
import type { SipResponse } from '../message/types.ts';

/** Of these an ACK and a CANCEL have the same values as their INVITE (RFC 3261 sections 9.1 and 17.1.1.3). */
const COPIED = new Set(['via', 'max-forwards', 'route', 'from', 'to', 'call-id', 'cseq', 'user-agent']);

/** The ACK to a final response that is no 2xx (RFC 3261 section 17.1.1.3): of the same branch, with the response's To. */
export function ackFor(invite: OutgoingMessage, response: SipResponse): OutgoingMessage {
  const to = response.headers.get('to') ?? '';
  return rewrite(invite, 'ACK', { encoding: response.encoding, to });
}

/** The CANCEL of an INVITE (RFC 3261 section 9.1): of the same branch, everything else as in the INVITE. */
export function cancelFor(invite: OutgoingMessage): OutgoingMessage {
  return rewrite(invite, 'CANCEL', {});
}

function rewrite(
  { startLine, headers }: OutgoingMessage,
  method: 'ACK' | 'CANCEL',
  { encoding = 'utf8', to }: { readonly encoding?: 'utf8' | 'latin1'; readonly to?: string },
): OutgoingMessage {
  const changed = ({ name, value }: HeaderField): HeaderField => {
    const key = name.toLowerCase();
    if (key === 'cseq') return { name, value: value.replace(/INVITE$/, method) };
    return key === 'to' && to !== undefined ? { name, value: to } : { name, value };
  };
  return {
    startLine: startLine.replace(/^INVITE/, method),
    headers: headers.filter(({ name }) => COPIED.has(name.toLowerCase())).map(changed),
    body: NO_BODY,
    encoding,
  };
}
