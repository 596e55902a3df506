import { createEventDelivery, type EventDeliveryOptions } from '../../src/events/event-delivery.ts';
import { createEventHub } from '../../src/events/event-hub.ts';
import { createEventKeeper, type EventKeeper, type EventKeeperOptions } from '../../src/events/event-keeper.ts';
import { openSpool, type Spool } from '../../src/store/spool/spool.ts';
import type { SqliteStore } from '../../src/store/sqlite/index.ts';
import { temporaryDirectory } from '../store/temporary.ts';

const SILENT = { info() {}, warn() {}, error() {} };

/** A keeper over a store and a spool in a directory of its own. */
export interface TemporaryKeeper extends AsyncDisposable {
  readonly keeper: EventKeeper;
  readonly spool: Spool;
}

export async function temporaryKeeper(
  store: SqliteStore,
  parts: Partial<EventDeliveryOptions> &
    Partial<Pick<EventKeeperOptions, 'log' | 'onDrained' | 'spoolFirst' | 'report'>> & { readonly spool?: Spool } = {},
): Promise<TemporaryKeeper> {
  const directory = await temporaryDirectory();
  const spool = parts.spool ?? (await openSpool({ dir: directory.path, maxBytes: 8 * 1024 * 1024, log: SILENT }));
  const { hub = createEventHub((await store.events.bounds()).last), steps = [], onError = () => {} } = parts;
  const keeper = createEventKeeper({
    log: parts.log ?? store.events,
    spool,
    delivery: createEventDelivery({ log: store.events, hub, steps, onError }),
    checkStore: () => store.check(),
    report: parts.report ?? SILENT,
    spoolFirst: parts.spoolFirst,
    onSpooled: () => {},
    onDrained: parts.onDrained ?? (() => {}),
  });
  return {
    keeper,
    spool,
    async [Symbol.asyncDispose]() {
      await keeper.stop();
      if (parts.spool === undefined) await spool.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}
