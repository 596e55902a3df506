import type { Call } from '../model.ts';
import type { CallStore } from '../store/ports.ts';
import type { CallChange } from './phone-calls.ts';

/** Writes calls behind: they are derived, so what a crash takes is derived again from the log. */
export interface CallWriter {
  /** An event has been applied, and this is what it changed. */
  note(sequence: number, change: CallChange): void;
  /** The call of an event that is not in the store yet. */
  unsavedCallOf(sequence: number): string | null;
  /** A call that is not in the store as it is now. */
  unsaved(id: string): Call | null;
  /** Waits until all that was noted is in the store. */
  flush(): Promise<void>;
}

interface Change {
  readonly calls: Map<string, Call>;
  readonly eventCalls: Map<number, string>;
  throughSequence: number;
}

/**
 * What has changed is written so much later, all in one: a call changes several times in a row, and an event must not wait for the disk
 * because of calls.
 */
const WRITE_BEHIND_MS = 100;

/** @param onError told where the store fails; the change is written with the next one */
export function createCallWriter(store: Pick<CallStore, 'save'>, onError: (error: unknown) => void): CallWriter {
  let waiting: Change | null = null;
  let saving: Change | null = null;
  let timer: NodeJS.Timeout | null = null;
  let idle: Promise<void> = Promise.resolve();

  const save = async (): Promise<void> => {
    if (waiting === null) return;
    saving = waiting;
    waiting = null;
    try {
      await store.save({
        calls: [...saving.calls.values()],
        eventCalls: [...saving.eventCalls].map(([sequence, callId]) => ({ sequence, callId })),
        throughSequence: saving.throughSequence,
      });
    } catch (error) {
      waiting = behind(saving, waiting);
      onError(error);
    } finally {
      saving = null;
    }
  };
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    idle = idle.then(save);
    return idle;
  };

  return {
    note(throughSequence, { calls, owners }) {
      waiting ??= { calls: new Map(), eventCalls: new Map(), throughSequence };
      waiting.throughSequence = throughSequence;
      for (const call of calls) waiting.calls.set(call.id, call);
      for (const { sequence, callId } of owners) waiting.eventCalls.set(sequence, callId);
      timer ??= setTimeout(() => void flush().catch(onError), WRITE_BEHIND_MS).unref();
    },
    unsavedCallOf: (sequence) => waiting?.eventCalls.get(sequence) ?? saving?.eventCalls.get(sequence) ?? null,
    unsaved: (id) => waiting?.calls.get(id) ?? saving?.calls.get(id) ?? null,
    flush,
  };
}

/** What could not be written, with what came since: the newer state of a call counts. */
function behind(older: Change, newer: Change | null): Change {
  if (newer === null) return older;
  return {
    calls: new Map([...older.calls, ...newer.calls]),
    eventCalls: new Map([...older.eventCalls, ...newer.eventCalls]),
    throughSequence: newer.throughSequence,
  };
}
