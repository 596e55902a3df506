import { setTimeout as work } from 'node:timers/promises';
import { type ScriptedPhone, scriptedPhone } from '../support/scripted-phone.ts';

/** A phone that takes a moment for each request, and counts how many it was asked at once. */
export interface CountingPhone extends AsyncDisposable {
  readonly origin: string;
  readonly requests: ScriptedPhone['requests'];
  /** The most requests that it had at once, from whomever. */
  readonly mostAtOnce: number;
}

const WORK_MS = 5;

export async function countingPhone(): Promise<CountingPhone> {
  let [now, most] = [0, 0];
  const phone = await scriptedPhone(async (_request, response) => {
    now += 1;
    most = Math.max(most, now);
    await work(WORK_MS);
    now -= 1;
    response.end();
  });
  return {
    origin: phone.origin,
    requests: phone.requests,
    get mostAtOnce() {
      return most;
    },
    [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](),
  };
}
