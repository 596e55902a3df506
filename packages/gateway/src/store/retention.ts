import type { Instant } from '../model.ts';

/** How long something is kept, in milliseconds; null: for ever. */
export interface AgeLimit {
  readonly maxAgeMs: number | null;
}

/** How much is kept. */
export interface RetentionLimits {
  readonly events: AgeLimit & {
    /** What the events may take in the store; null: all that there is. */
    readonly maxBytes: number | null;
  };
  /** Calls that have ended, by their end. */
  readonly calls: AgeLimit;
  /** Commands that are settled, with their batches and idempotency keys, by when they were requested. */
  readonly commands: AgeLimit;
  readonly audit: AgeLimit;
}

/** Everything is kept. */
export const KEEP_ALL: RetentionLimits = {
  events: { maxAgeMs: null, maxBytes: null },
  calls: { maxAgeMs: null },
  commands: { maxAgeMs: null },
  audit: { maxAgeMs: null },
};

/** What a step has dropped. */
export interface Dropped {
  readonly rows: number;
  /** Whether another step would find more. */
  readonly more: boolean;
}

/** Which events may go. */
export interface EventsToDrop {
  /** Those that were received before; null: none for their age. */
  readonly before: Instant | null;
  /** The oldest of what is beyond it; null: none for their size. */
  readonly maxBytes: number | null;
  /** Those with a later place stay in any case: nothing has been derived from them yet. */
  readonly through: number;
}

/** How much of the event log there is. */
export interface EventVolume {
  /** On disk, indexes included; an estimate where the engine does not count it. */
  readonly bytes: number;
  /** When the oldest was received; null: there is none. */
  readonly oldestAt: Instant | null;
}

/**
 * Drops what is old, the oldest first, each call a bounded part: whoever writes meanwhile waits for one step at most. All or
 * nothing of a step is dropped. The newest event and the newest row of the audit always stay: places go on from them.
 */
export interface RetentionStore {
  /** What belongs to which call goes with its event. */
  dropEvents(what: EventsToDrop): Promise<Dropped>;
  /** Calls that ended before. */
  dropCalls(before: Instant): Promise<Dropped>;
  /** Settled commands that were requested before. Their idempotency keys are free again. */
  dropCommands(before: Instant): Promise<Dropped>;
  /**
   * Rows of the audit from before. The chain begins behind them from then on, and can be verified as before.
   * @throws StoreError `FAULT` where they are not as they were written: then they stay, as evidence
   */
  dropAudit(before: Instant): Promise<Dropped>;
  eventVolume(): Promise<EventVolume>;
}
