import { failed, type HttpReply, type Outcome, phoneRejected, phoneUnauthorized, unknown } from '@hookswitch/core';

/** What the phone tells, or why it is no success. */
export type CtiReply = { readonly body: unknown } | { readonly refusal: Outcome<never> };

const FORBIDDEN = ': the gateway is not in its Action URI Allowed IP List, or Action URI Support is off';

/** Reads `{"response": "success", "body": …}`; every no is a 200 with `"response": "error"` (CTI guide, "Response format"). */
export function readReply({ status, text }: HttpReply): CtiReply {
  if (status === 401) return { refusal: failed(phoneUnauthorized(WRONG_PASSCODE)) };
  if (status !== 200) {
    const why = status === 403 ? FORBIDDEN : '';
    return { refusal: failed(phoneRejected(`The phone answered ${status}${why}.`, { phoneStatus: status })) };
  }
  const said = objectIn(text);
  if (said?.['response'] === 'success') return { body: said['body'] };
  if (said?.['response'] !== 'error')
    return { refusal: unknown('The phone answered 200 with something that its guide does not know.') };
  const { body } = said;
  // Seen by public code, which logs in again then.
  if (body === 'unauthorized') return { refusal: failed(phoneUnauthorized(WRONG_PASSCODE)) };
  const words = WORDS.find((known) => known === body);
  const message = words === undefined ? 'The phone did not carry it out.' : `The phone says: ${words}`;
  return { refusal: failed(phoneRejected(message, { phoneStatus: 200, phoneCode: words ?? 'error' })) };
}

/** Its words for no (CTI guide; the last by public code). Others are not passed on: they may repeat the request, and the passcode with it. */
const WORDS: readonly string[] = ['failed', 'unknown', 'Invalid Request'];

const WRONG_PASSCODE = 'The phone refuses the password, which its CTI commands call passcode. Correct it.';

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether something is an object with names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text under a name, trimmed; null where there is none, or something else. */
export function textOf(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = Object.hasOwn(record, name) ? record[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
