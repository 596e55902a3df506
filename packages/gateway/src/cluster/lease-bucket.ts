import { JetStreamApiCodes, JetStreamApiError, jetstream } from '@nats-io/jetstream';
import { type KV, type KvEntry, Kvm, type KvWatchEntry } from '@nats-io/kv';
import { jetStreamAsked } from '../store/jetstream/options.ts';
import type { Bus } from './bus.ts';
import type { LeaseEntry } from './lease-view.ts';

/** So long the bucket may take to answer. */
const ANSWER_MS = 5_000;
/** A word that is heard later is of no use. */
const WORD_MS = 1_500;

/** The bucket in which gateways keep their leases. Everything rejects where it is not reached. */
export interface LeaseBucket {
  /** Whatever stands there. @returns the revision */
  put(key: string, value: string): Promise<number>;
  /** Only where the key stands as it was seen. @param revision null: it is not there. @returns its revision; null: it is not so */
  replace(key: string, value: string, revision: number | null): Promise<number | null>;
  /** Only where the key stands as it was seen; whatever stands there with null. */
  remove(key: string, revision: number | null): Promise<void>;
  /** Tells of all that stands there, then of each change. Resolves when it has told of what stood there. */
  watch(): Promise<void>;
  close(): void;
}

/** What watches a bucket. */
export interface BucketListener {
  readonly onEntry: (entry: LeaseEntry) => void;
  readonly onError: (error: unknown) => void;
}

/** Opens the bucket, and makes it where it is missing. @param replicas of one that is made */
export async function openLeaseBucket(bus: Bus, replicas: number, listener: BucketListener): Promise<LeaseBucket> {
  const manager = new Kvm(jetstream(bus.connection, jetStreamAsked(bus, ANSWER_MS)));
  const bucket: KV = await manager.create(`${bus.stream}_lanes`, { replicas, history: 1 });
  let watching: Awaited<ReturnType<KV['watch']>> | null = null;

  const follow = async (entries: AsyncIterable<KvWatchEntry>, caughtUp: () => void): Promise<void> => {
    for await (const entry of entries) {
      listener.onEntry(entryOf(entry));
      if (entry.isUpdate) caughtUp();
    }
  };
  /** Something was not as it was seen: it may be that its change was never told. */
  const look = async (key: string): Promise<void> => {
    const entry = await bucket.get(key);
    if (entry !== null) listener.onEntry(entryOf(entry));
  };
  return {
    put: (key, value) => bucket.put(key, value, { timeout: WORD_MS }),
    async replace(key, value, revision) {
      try {
        return await (revision === null ? bucket.create(key, value) : bucket.update(key, value, revision, ANSWER_MS));
      } catch (error) {
        if (!isConflict(error)) throw error;
        await look(key);
        return null;
      }
    },
    async remove(key, revision) {
      try {
        // No purge: that took further keys' changes from those who watch (nats-server 2.9).
        await bucket.delete(key, revision === null ? {} : { previousSeq: revision });
      } catch (error) {
        if (!isConflict(error)) throw error;
        await look(key);
      }
    },
    async watch() {
      watching?.stop();
      const entries = await bucket.watch();
      watching = entries;
      const { promise, resolve } = Promise.withResolvers<void>();
      follow(entries, resolve).catch(listener.onError).finally(resolve);
      // An empty bucket has nothing to tell: whoever comes first speaks before it watches.
      await promise;
    },
    close: () => watching?.stop(),
  };
}

function entryOf(entry: KvEntry): LeaseEntry {
  const { key, revision, operation } = entry;
  return { key, revision, value: operation === 'PUT' ? entry.string() : null };
}

/** Whether a key did not stand as it was seen. */
function isConflict(error: unknown): boolean {
  return error instanceof JetStreamApiError && CONFLICTS.has(error.code);
}

const CONFLICTS: ReadonlySet<number> = new Set([
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
]);
