import type { EventCall } from './ports.ts';
import { numberOf, type Row, textOf } from './rows.ts';

/** Calls that are asked for at once, and events that are answered at once: each question is a short one. */
const CALLS = 1_000;
const EVENTS = 5_000;

/** What a page is asked for by: the events of these calls behind a place, by call and then by place. */
interface AskedEventCalls {
  readonly callIds: readonly string[];
  readonly callId: string;
  readonly sequence: number;
  readonly limit: number;
}

/**
 * Which events belong to any of these calls, a page at a time.
 * @param ask for rows of `sequence` and `call_id`, ordered by `call_id` and then by `sequence`
 */
export async function* eventCallPages(
  callIds: readonly string[],
  ask: (asked: AskedEventCalls) => Promise<readonly Row[]>,
): AsyncGenerator<readonly EventCall[], void, undefined> {
  for (let from = 0; from < callIds.length; from += CALLS) {
    const asked = callIds.slice(from, from + CALLS);
    let behind: EventCall = { callId: '', sequence: 0 };
    for (let isWhole = false; !isWhole; ) {
      const rows = await ask({ callIds: asked, ...behind, limit: EVENTS });
      const page = rows.map((row) => ({ sequence: numberOf(row, 'sequence'), callId: textOf(row, 'call_id') }));
      if (page.length > 0) yield page;
      behind = page.at(-1) ?? behind;
      isWhole = page.length < EVENTS;
    }
  }
}
