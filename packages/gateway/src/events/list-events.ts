import { RequestError } from '../application.ts';
import type { LoggedEvent } from '../model.ts';
import type { EventLog, Page } from '../store/ports.ts';
import { decodeCursor } from './cursor.ts';
import type { StreamFilter } from './follow-events.ts';

/** A page of the log, forwards or backwards. Neither `first` nor `last`: the first 50. */
export interface EventPage {
  readonly first?: number | undefined;
  readonly after?: string | undefined;
  readonly last?: number | undefined;
  readonly before?: string | undefined;
}

const DEFAULT_FIRST = 50;

/** Events of the log, oldest first. */
export async function listEvents(log: EventLog, filter: StreamFilter, page: EventPage): Promise<Page<LoggedEvent>> {
  const { first, last } = page;
  const newest = last !== undefined;
  const limit = last ?? first ?? DEFAULT_FIRST;
  const range = { after: placeOf(page.after, 'after'), before: placeOf(page.before, 'before') };
  const size = limit + 1;
  let items: LoggedEvent[] = [];
  // A phone's tags are no columns of the log: it is read on until enough events of such phones are found.
  for (let exhausted = false; !exhausted && items.length <= limit; ) {
    const found = await log.read(filter.query, { ...range, limit: size, last: newest });
    const fitting = found.filter((event) => filter.phoneMatches(event.phoneId));
    items = newest ? [...fitting, ...items] : [...items, ...fitting];
    exhausted = found.length < size;
    if (newest) range.before = found.at(0)?.sequence ?? range.before;
    else range.after = found.at(-1)?.sequence ?? range.after;
  }
  const more = items.length > limit;
  return {
    items: newest ? items.slice(Math.max(0, items.length - limit)) : items.slice(0, limit),
    hasNextPage: newest ? page.before !== undefined : more,
    hasPreviousPage: newest ? more : page.after !== undefined,
  };
}

function placeOf(cursor: string | undefined, argument: string): number | undefined {
  if (cursor === undefined) return undefined;
  const place = decodeCursor(cursor);
  if (place === null) throw new RequestError('BAD_USER_INPUT', `\`${argument}\` is no cursor of the event log.`);
  return place;
}
