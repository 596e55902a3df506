import { failed, type HttpReply, invalidCallState, type Outcome, phoneRejected, unknown } from '@hookswitch/core';
import { NO_CALL, STATUS_WORDS, SUCCESS } from './status.table.ts';

/** What HTTP's own status means; the API answers 200 to whatever it understood. */
const HTTP_WORDS: Readonly<Record<number, string>> = {
  403: 'it is busy with another request of its API, or forbids this one',
  404: 'it has no such API: set apps.restapi.enabled, or its model has none',
};

/** The phone's JSON, or why it is no success. */
export type RestReply = { readonly data: unknown } | { readonly refusal: Outcome<never> };

/** Says why a reply is no 200; null: it is one. */
function refusalOf({ status }: HttpReply): Outcome<never> | null {
  if (status === 200) return null;
  const why = HTTP_WORDS[status];
  return failed(
    phoneRejected(`The phone answered ${status}${why === undefined ? '' : `: ${why}`}.`, { phoneStatus: status }),
  );
}

/** Reads a reply of the REST API. `Status` is a text in replies and a number in the manual. */
export function readReply(reply: HttpReply): RestReply {
  const refusal = refusalOf(reply);
  if (refusal !== null) return { refusal };
  const body = objectIn(reply.text);
  const said = body?.['Status'];
  const status = typeof said === 'number' ? String(said) : said;
  if (status === SUCCESS) return { data: body?.['data'] };
  const words = typeof status === 'string' && Object.hasOwn(STATUS_WORDS, status) ? STATUS_WORDS[status] : undefined;
  if (typeof status !== 'string' || words === undefined)
    return { refusal: unknown('The phone answered 200 with something that its manual does not know.') };
  if (status === NO_CALL) return { refusal: failed(invalidCallState(`The phone says ${status}: ${words}`)) };
  return {
    refusal: failed(phoneRejected(`The phone says ${status}: ${words}`, { phoneStatus: 200, phoneCode: status })),
  };
}

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

/** What should be a list, of which firmware gives a single member bare. */
export function recordsOf(data: unknown): readonly Readonly<Record<string, unknown>>[] {
  return (Array.isArray(data) ? data : [data]).filter(isRecord);
}
