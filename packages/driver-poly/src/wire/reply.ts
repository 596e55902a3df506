import {
  accepted,
  type DriverContext,
  entryOf,
  failed,
  type HttpReply,
  type HttpRequest,
  invalidCallState,
  type Outcome,
  phoneRejected,
  readOutcome,
  recordIn,
  unknown,
} from '@hookswitch/core';
import { HTTP_WORDS, NO_CALL, STATUS_WORDS, SUCCESS } from './status.table.ts';

/** What a reply of the REST API tells, its `data`, or why it is no success. `Status` is a text in replies and a number in the manual. */
export function readReply({ status, text }: HttpReply): Outcome<unknown> {
  if (status !== 200)
    return failed(phoneRejected(`The phone answered ${status}${HTTP_WORDS[status] ?? ''}.`, { phoneStatus: status }));
  const { Status: said, data } = recordIn(text) ?? {};
  const code = typeof said === 'number' || typeof said === 'string' ? String(said) : '';
  if (code === SUCCESS) return accepted(data);
  const words = entryOf(STATUS_WORDS, code);
  if (words === undefined) return unknown('The phone answered 200 with something that its manual does not know.');
  const message = `The phone says ${code}: ${words}`;
  return failed(
    code === NO_CALL ? invalidCallState(message) : phoneRejected(message, { phoneStatus: 200, phoneCode: code }),
  );
}

/** Asks the phone by its REST API. */
export const ask = async ({ http }: Pick<DriverContext, 'http'>, request: HttpRequest): Promise<Outcome<unknown>> =>
  readReply(await http.send(request));

/** Gives the phone a command, which gives nothing back. */
export const tell = async (context: Pick<DriverContext, 'http'>, request: HttpRequest): Promise<Outcome> =>
  readOutcome(await ask(context, request), () => undefined);
