import type { DriverContext, HttpReply, HttpRequest, Outcome } from '@hookswitch/core';

/** One request, in the forms that it has at each place where the phone may take it, best first. */
export type Places = readonly [HttpRequest, ...HttpRequest[]];

/** Whether the phone surely did nothing, since it does not know what it was asked at this place. */
function isElsewhere(outcome: Outcome<unknown>): boolean {
  if (outcome.status === 'NOT_HERE') return true;
  if (outcome.status !== 'FAILED' || outcome.failure.code !== 'PHONE_REJECTED') return false;
  return outcome.failure.phoneStatus === 400;
}

/**
 * Sends one request and reads its reply; at the next place only where the phone does not know this one. Where no usable
 * reply comes, the transport's error passes through.
 */
export async function send<Value = undefined>(
  context: DriverContext,
  [request, ...others]: Places,
  read: (reply: HttpReply) => Outcome<Value>,
): Promise<Outcome<Value>> {
  let outcome = read(await context.http.send(request));
  for (const other of others) {
    if (!isElsewhere(outcome)) break;
    outcome = read(await context.http.send(other));
  }
  return outcome;
}
