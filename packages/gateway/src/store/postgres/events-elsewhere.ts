import type { Bus } from '../../cluster/bus.ts';
import type { StoreError } from '../errors.ts';
import type { EventLog } from '../ports.ts';
import type { Database } from './database.ts';
import { createPartitionRetention, type EventRetention } from './drop-partitions.ts';
import { createEventLog } from './event-log.ts';
import type { PartitionSizes } from './event-partitions.ts';
import type { Writer } from './writer.ts';

/** The event log of a store, wherever it is. */
export interface OpenedEvents {
  readonly events: EventLog;
  /** Left out: none but this gateway has it. */
  readonly bus?: Bus | undefined;
  readonly retention: EventRetention;
  /** Rejects where it would not take an event now. */
  check(): Promise<void>;
  /** How its last write ended, where it has an engine of its own; null: well. */
  readonly fault: StoreError | null;
  /** Takes nothing more. Fulfilled when all that was given is written or refused. */
  close(): Promise<void>;
  /** Afterwards. */
  disconnect(): Promise<void>;
}

/** Opens it. `told`: how the last write to PostgreSQL ended; null: well. */
export type OpenEvents = (parts: {
  readonly writer: Writer;
  readonly database: Database;
  readonly told: (fault: StoreError | null) => void;
}) => Promise<OpenedEvents>;

/** In PostgreSQL too. @param sizes of partitions; left out: by how many events come in a day */
export function eventsInPostgres(sizes?: PartitionSizes): OpenEvents {
  return async ({ database, told }) => {
    const events = createEventLog(database, told, sizes);
    return {
      events,
      retention: createPartitionRetention(database),
      // The store's own check tells.
      check: async () => {},
      fault: null,
      close: () => events.drain(),
      disconnect: async () => {},
    };
  };
}
