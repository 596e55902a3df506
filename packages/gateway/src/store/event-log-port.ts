import type { ToldBeside } from '../events/event-intake.ts';
import type { Instant, LoggedEvent } from '../model.ts';

/** Narrows events. Left out: all; an empty list: none. Fields are joined by AND, the values of a list by OR. */
export interface EventQuery {
  readonly phoneIds?: readonly string[] | undefined;
  readonly vendors?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
  /** Narrows call events, and only them. */
  readonly callEventKinds?: readonly string[] | undefined;
}

/** An event that has no place in the log yet. */
export interface NewEvent extends Omit<LoggedEvent, 'sequence'> {
  /** Names it before it has a place; unique. Left out: it is given to the log only once. */
  readonly receipt?: Uint8Array | undefined;
  /** For whoever follows the log: left out where the log cannot be followed. */
  readonly told?: ToldBeside | undefined;
}

/** Someone follows the log. */
export interface LogFollowing {
  /** Fulfilled when nothing more is handed over. */
  stop(): Promise<void>;
}

/** The event log: append only, in one order. */
export interface EventLog {
  /**
   * Appends and syncs, and with an event of a switch how that switch stands. Concurrent appends share a commit, and their
   * order is that in which they were given. Where an append is in doubt some of its events may be there: whoever gives them to the log once
   * more says so, and those whose receipts it has are not appended again.
   * @returns the events with their places, in the order given.
   */
  append(
    events: readonly NewEvent[],
    options?: {
      /** They, or some of them, were given to the log before, and nobody knows whether it took them. Left out: false. */
      readonly mayBeThere?: boolean;
    },
  ): Promise<readonly LoggedEvent[]>;
  /** Events with `after` < sequence < `before`, oldest first; with `last`, the newest `limit` of them, still oldest first. */
  read(
    query: EventQuery,
    range: {
      readonly after?: number | undefined;
      readonly before?: number | undefined;
      readonly limit: number;
      readonly last?: boolean;
    },
  ): Promise<readonly LoggedEvent[]>;
  get(sequence: number): Promise<LoggedEvent | null>;
  /** The events of these places, at most a page of them, oldest first; places that hold none are left out. */
  at(sequences: readonly number[]): Promise<readonly LoggedEvent[]>;
  /**
   * Hands over what anybody appends behind a place, in the order of the log and each once, with what was told beside; the
   * next one when `take` is fulfilled. A store that is away is tried again. Left out: nobody else appends to this log.
   */
  follow?(following: {
    readonly after: number;
    readonly take: (event: LoggedEvent, told: ToldBeside) => Promise<void>;
    /** Told once for each new reason why it does not go on now. */
    readonly onError: (error: unknown) => void;
  }): LogFollowing;
  /** `first`: the oldest event that is still there; `last`: the newest; both 0 where there never was one. */
  bounds(): Promise<{ readonly first: number; readonly last: number }>;
  /** When the newest event of each phone was received: `Phone.lastEventAt` at start. A store may know it of events that were dropped. */
  lastReceivedAt(): Promise<ReadonlyMap<string, Instant>>;
}
