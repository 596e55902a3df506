import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../model.ts';
import type { Store } from '../store/ports.ts';
import type { Dropped, EventVolume, RetentionLimits } from '../store/retention.ts';
import { isStoreAway } from '../store/store-away.ts';

/** What may be dropped. */
export const RETAINED = ['events', 'calls', 'commands', 'audit'] as const;

/** One of them. */
export type Retained = (typeof RETAINED)[number];

/** What a keeper needs. */
export interface RetentionKeeperOptions {
  readonly store: Pick<Store, 'retention'> & {
    readonly calls: Pick<Store['calls'], 'throughSequence'>;
    readonly events: Pick<Store['events'], 'bounds'>;
  };
  readonly limits: RetentionLimits;
  readonly now: () => Instant;
  readonly onDropped: (what: Retained, rows: number) => void;
  /** How much of the event log there is after that. */
  readonly onVolume: (volume: EventVolume & { readonly first: number }) => void;
  /** Told of what is not done; it is tried again. A store that is away is none: others tell of it. */
  readonly onError: (what: Retained, error: unknown) => void;
}

/** Drops what is older or larger than it may be, bit by bit. */
export interface RetentionKeeper {
  start(): void;
  /** Resolves when the step that runs is done. */
  stop(): Promise<void>;
}

const EVERY_MS = 60_000;
/** Between two steps, so that whoever writes meanwhile has most of the store. */
const PAUSE_MS = 25;

/** @returns the keeper; it does nothing before it is started */
export function createRetentionKeeper(options: RetentionKeeperOptions): RetentionKeeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();
  return {
    start() {
      running = keepAt(options, signal);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function keepAt(options: RetentionKeeperOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const what of RETAINED) await dropAll(options, what, signal);
    await tellVolume(options);
    await pause(EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function dropAll(options: RetentionKeeperOptions, what: Retained, signal: AbortSignal): Promise<void> {
  try {
    for (let more = true; more && !signal.aborted; ) {
      const dropped = await step(options, what);
      if (dropped.rows > 0) options.onDropped(what, dropped.rows);
      more = dropped.more;
      if (more) await pause(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  } catch (error) {
    if (!isStoreAway(error)) options.onError(what, error);
  }
}

async function step({ store, limits, now }: RetentionKeeperOptions, what: Retained): Promise<Dropped> {
  const { retention } = store;
  const { maxAgeMs } = limits[what];
  const before = maxAgeMs === null ? null : now() - maxAgeMs;
  if (what === 'events') {
    const through = await store.calls.throughSequence();
    return await retention.dropEvents({ before, maxBytes: limits.events.maxBytes, through });
  }
  if (before === null) return { rows: 0, more: false };
  if (what === 'calls') return await retention.dropCalls(before);
  return what === 'commands' ? await retention.dropCommands(before) : await retention.dropAudit(before);
}

async function tellVolume({ store, onVolume, onError }: RetentionKeeperOptions): Promise<void> {
  try {
    onVolume({ ...(await store.retention.eventVolume()), first: (await store.events.bounds()).first });
  } catch (error) {
    if (!isStoreAway(error)) onError('events', error);
  }
}
