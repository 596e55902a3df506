import type { LoggedEvent } from '../../model.ts';
import { numberOf, type Row, recordOf, textOf } from '../rows.ts';

/** What a query selects for {@link eventOf}. */
export const EVENT_COLUMNS = 'events.sequence, events.phone_id, events.vendor, events.received_at, events.body';

/** An event from its row. */
export function eventOf(row: Row): LoggedEvent {
  return {
    sequence: numberOf(row, 'sequence'),
    phoneId: textOf(row, 'phone_id'),
    vendor: textOf(row, 'vendor'),
    receivedAt: numberOf(row, 'received_at'),
    ...recordOf<Pick<LoggedEvent, 'vendorEvent' | 'variables' | 'event'>>(row),
  };
}
