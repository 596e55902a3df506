import {
  failed,
  invalidArgument,
  phoneUnauthorized,
  phoneUnreachable,
  type SipReply,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { bodyText, headerKey, type SipAnswered, type SipOutcome, type SipResponse } from '@hookswitch/sip';
import { AddressNotAllowed } from '../transport/address-policy.ts';

/** What a request came to, as far as the phone's health is concerned; null: it says nothing about the phone. */
export type SipHealth = 'answered' | 'silent' | null;

/** @throws TransportError where no usable response came. */
export function replyOf(outcome: SipOutcome, readOnly: boolean): SipReply {
  if (outcome.kind !== 'answered') throw faultOf(outcome, readOnly);
  if (outcome.challenge !== null) throw new TransportError(failed(phoneUnauthorized(CHALLENGES[outcome.challenge])));
  return toReply(outcome.response);
}

/** What an outcome tells of the phone. */
export function healthOf(outcome: SipOutcome): SipHealth {
  if (outcome.kind === 'answered') return 'answered';
  if (outcome.kind === 'lost') return 'silent';
  if (outcome.kind === 'aborted') return outcome.sent ? 'silent' : null;
  return OWN_FAULTS.has(outcome.reason) ? null : 'silent';
}

/** A response as drivers see it. */
export function toReply(response: SipResponse): SipReply {
  const { status, reason } = response;
  const headers: Record<string, string> = {};
  for (const { name, value } of response.headers) {
    const key = headerKey(name);
    const before = headers[key];
    headers[key] = before === undefined ? value : `${before}, ${value}`;
  }
  return { status, reason, headers, body: bodyText(response) };
}

/** Faults of this side: they say nothing about the phone. */
const OWN_FAULTS: ReadonlySet<string> = new Set([
  'NOT_ALLOWED',
  'INVALID_REQUEST',
  'DIALOG_ENDED',
  'CLOSED',
  'NO_TRANSPORT',
  'TOO_LARGE',
]);

const CHALLENGES: Readonly<Record<NonNullable<SipAnswered['challenge']>, string>> = {
  NO_CREDENTIALS:
    'The phone, or a proxy on the way, asks for a user name and a password. Give them with updatePhone, or for its domain in the configuration (`sip.credentials`).',
  REFUSED:
    'The phone, or a proxy on the way, refused the user name or the password. Correct them; until then the gateway does not try again, since phones lock themselves.',
  UNSUPPORTED:
    'The phone, or a proxy on the way, asks for a way of logging in that the gateway does not know: set it to Digest with MD5 or SHA-256.',
};

function faultOf(outcome: Exclude<SipOutcome, SipAnswered>, readOnly: boolean): TransportError {
  if (outcome.kind === 'not-sent') {
    const { reason, detail } = outcome;
    if (reason === 'INVALID_REQUEST') {
      return new TransportError(failed(invalidArgument('command', `It cannot be sent over SIP: ${detail}.`)));
    }
    if (reason === 'NOT_ALLOWED')
      return new TransportError(failed(new AddressNotAllowed(detail.split(' ', 1)[0] ?? '').failure));
    return notSent(`SIP does not reach the phone: ${detail} (${reason}).`);
  }
  if (outcome.kind === 'aborted' && !outcome.sent) return notSent('Its time ran out.');
  const why =
    outcome.kind === 'lost' && outcome.reason === 'CONNECTION' ? 'the connection was lost' : 'it took too long';
  if (readOnly) return new TransportError(failed(phoneUnreachable(`The phone did not answer over SIP: ${why}.`)));
  return new TransportError(
    unknown(`The SIP request was sent, but no final response came: ${why}. The phone may have acted.`),
  );
}

function notSent(message: string): TransportError {
  return new TransportError(failed(phoneUnreachable(`${message} Nothing was sent.`)));
}
