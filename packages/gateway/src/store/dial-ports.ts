import type { Instant } from '../model.ts';
import type { Typed } from '../policy/typed-keys.ts';

/** Calls that were begun, to be counted at once. */
export interface BegunCalls {
  /** `2026-01-31`. */
  readonly day: string;
  /** One for each that is named, as often as it is named. */
  readonly ofDay: readonly string[];
  readonly at: Instant;
  /** Of windows that slide: likewise. */
  readonly inWindows: readonly string[];
  /** What was begun before counts for no window any more. */
  readonly since: Instant;
}

/** How many calls were begun in a day and when, for limits that outlive the process. */
export interface DialCounts {
  /** @param day `2026-01-31`. @returns how many, by what was counted */
  of(day: string): Promise<ReadonlyMap<string, number>>;
  /** When calls were begun, oldest first, by what was counted. */
  since(at: Instant): Promise<ReadonlyMap<string, readonly Instant[]>>;
  /** Older days, and what no window needs any more, are forgotten. */
  add(calls: BegunCalls): Promise<void>;
  /** Left out: nobody else counts. */
  readonly shared?: SharedDialCounts | undefined;
}

/** Calls that are to be counted against limits. */
export interface LimitedCalls {
  readonly calls: number;
  /** When a day begins. */
  readonly timeZone: string;
  /** Calls that were begun longer ago count for no window. */
  readonly keptMs: number;
  readonly limits: readonly {
    /** What is counted. */
    readonly counted: string;
    readonly most: number;
    /** A window in milliseconds. */
    readonly within: number | 'day';
  }[];
}

/** Counts of several gateways, by the store's clock. */
export interface SharedDialCounts {
  /** Where the first limit stands in the list that these calls would break; null: none. Counts nothing. */
  check(calls: LimitedCalls): Promise<number | null>;
  /** The same; where it is null they are counted in the same step. */
  take(calls: LimitedCalls): Promise<number | null>;
}

/** What was typed on phones by commands and may still stand there. */
export interface TypedStore {
  /** By the phone's id. */
  all(): Promise<ReadonlyMap<string, Typed>>;
  /** Null: nothing. */
  get(phoneId: string): Promise<Typed | null>;
  /** Null: nothing. */
  put(phoneId: string, typed: Typed | null): Promise<void>;
}
