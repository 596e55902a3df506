import {
  accepted,
  type DriverContext,
  failed,
  type HttpReply,
  type HttpRequest,
  type Outcome,
  phoneRejected,
  phoneUnauthorized,
  readOutcome,
  recordIn,
  unknown,
} from '@hookswitch/core';

const FORBIDDEN = ': the gateway is not in its Action URI Allowed IP List, or Action URI Support is off';
const WRONG_PASSCODE = 'The phone refuses the password, which its CTI commands call passcode. Correct it.';

/** Its words for no (CTI guide; the last by public code). Others are not passed on: they may repeat the request, and the passcode with it. */
const WORDS: readonly string[] = ['failed', 'unknown', 'Invalid Request'];

/**
 * What a reply tells, its `body`, or why it is no success: `{"response": "success", "body": …}`; every no is a 200 with `"response": "error"`
 * (CTI guide, "Response format").
 */
export function readReply({ status, text }: HttpReply): Outcome<unknown> {
  if (status === 401) return failed(phoneUnauthorized(WRONG_PASSCODE));
  if (status !== 200)
    return failed(
      phoneRejected(`The phone answered ${status}${status === 403 ? FORBIDDEN : ''}.`, { phoneStatus: status }),
    );
  const { response, body } = recordIn(text) ?? {};
  if (response === 'success') return accepted(body);
  if (response !== 'error') return unknown('The phone answered 200 with something that its guide does not know.');
  // Seen by public code, which logs in again then.
  if (body === 'unauthorized') return failed(phoneUnauthorized(WRONG_PASSCODE));
  const words = WORDS.find((known) => known === body);
  const message = words === undefined ? 'The phone did not carry it out.' : `The phone says: ${words}`;
  return failed(phoneRejected(message, { phoneStatus: 200, phoneCode: words ?? 'error' }));
}

/** Asks the phone by its CTI functions. */
export const ask = async ({ http }: Pick<DriverContext, 'http'>, request: HttpRequest): Promise<Outcome<unknown>> =>
  readReply(await http.send(request));

/** Gives the phone a command, which gives nothing back. */
export const tell = async (context: Pick<DriverContext, 'http'>, request: HttpRequest): Promise<Outcome> =>
  readOutcome(await ask(context, request), () => undefined);
