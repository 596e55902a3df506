import {
  accepted,
  failed,
  type HttpReply,
  type Outcome,
  phoneRejected,
  phoneUnauthorized,
  unknown,
} from '@hookswitch/core';

/**
 * What a reply means that is no success. The phone answers 200 to a command that it cannot carry out, too, with
 * `error: WORDS` in the body (manual, "Replies").
 * @returns null where it is a success
 */
export function refusal({ status, text }: HttpReply): Outcome<never> | null {
  if (status === 401) return failed(phoneUnauthorized('The phone refuses user and password. Correct them.'));
  if (status !== 200) return failed(phoneRejected(`The phone answered ${status}.`, { phoneStatus: status }));
  const [, words] = /^error: (.*)/.exec(text) ?? [];
  if (words !== undefined) return failed(phoneRejected(`The phone says: ${words}`, { phoneStatus: status }));
  return null;
}

/**
 * What became of a command. A 200 whose body is none of the manual's says nothing about what the phone did.
 * @param value what the command gives back where it was accepted
 */
export function outcomeOf<Value>(reply: HttpReply, value: Value): Outcome<Value> {
  const refused = refusal(reply);
  if (refused !== null) return refused;
  if (reply.text.trim() === 'done') return accepted(value);
  return unknown('The phone answered 200 with words that its manual does not know.');
}
