import { Counter, Gauge, type Registry } from 'prom-client';
import type { Store } from '../store/ports.ts';
import type { Spool } from '../store/spool/spool.ts';
import { checkWithin } from './readiness.ts';

/** Counts of the event spool. */
export interface StoreMetrics {
  readonly spooled: Counter;
  readonly drained: Counter;
}

/** Adds what tells whether events and commands can be kept. */
export function addStoreMetrics(
  registry: Registry,
  { store, spool }: { readonly store: Pick<Store, 'check'>; readonly spool: Spool },
): StoreMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number | Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await value());
      },
    });
  };
  gauge('hookswitch_store_up', '1: the store takes what is written.', () =>
    checkWithin(store).then(
      () => 1,
      () => 0,
    ),
  );
  gauge('hookswitch_spool_up', '1: the spool took the last event that it was given, or was given none.', () =>
    spool.fault === null ? 1 : 0,
  );
  gauge('hookswitch_spool_events', 'Reports that lie in the spool and not in the log yet.', () => spool.records);
  gauge('hookswitch_spool_bytes', 'Bytes that they take.', () => spool.bytes);
  gauge('hookswitch_spool_max_bytes', 'Bytes that the files of the spool may take.', () => spool.maxBytes);
  return {
    spooled: new Counter({
      name: 'hookswitch_events_spooled_total',
      help: 'Events that went to the spool, since the store did not take them.',
      registers,
    }),
    drained: new Counter({
      name: 'hookswitch_events_drained_total',
      help: 'Events that moved from the spool to the log.',
      registers,
    }),
  };
}
