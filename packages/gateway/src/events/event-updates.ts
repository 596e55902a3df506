import type { LoggedEvent } from '../model.ts';

/** What comes out of `Subscription.phoneEvents`. */
export type EventUpdate =
  | { readonly kind: 'event'; readonly event: LoggedEvent }
  | { readonly kind: 'caughtUp'; readonly cursor: string }
  | {
      readonly kind: 'missed';
      readonly reason: 'CURSOR_EXPIRED' | 'SUBSCRIBER_TOO_SLOW';
      readonly resumeCursor: string;
    };

/** Who is handed updates, one at a time. */
export interface EventSink {
  /** @returns whether it takes another one now; where not, it resumes the {@link Following} when it does. */
  update(update: EventUpdate): boolean;
  /** Called once, unless the following was stopped before. `failure`: nothing more can be read. */
  end(failure?: { readonly error: unknown }): void;
}

/** A stream of updates to one sink. */
export interface Following {
  /** The sink takes another update. */
  resume(): void;
  /** The sink is handed nothing more. */
  stop(): void;
}
