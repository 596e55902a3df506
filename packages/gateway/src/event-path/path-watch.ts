import type { ReportWay } from '../events/event-intake.ts';
import type { Instant } from '../model.ts';

/** A way by which a phone tells what its commands come to. */
export type HearingWay = Exclude<ReportWay, 'KEY_MESSAGE'>;

/** What was seen of one phone's way to the gateway. */
export interface PathSigns {
  /** When a request of the phone came to `/a/` and was refused: its URL holds another token, or a path that is none. */
  readonly refusedAt: Instant | null;
  /** When the phone's last own event was taken, by the way on which it came. */
  readonly heardAt: Readonly<Partial<Record<HearingWay, Instant>>>;
  /** When the phone took its action URLs from the gateway. */
  readonly configuredAt: Instant | null;
  /** When something that the phone reported could not be stored. */
  readonly unstoredAt: Instant | null;
  /** Who fetched a document that was meant for the phone alone, and when. */
  readonly stranger: { readonly from: string; readonly at: Instant } | null;
  /** When commands were taken by the phone that make it report, and no event has come on that way since; oldest first. */
  readonly unanswered: Readonly<Partial<Record<HearingWay, readonly Instant[]>>>;
}

/** Watches what phones send and do not send. In memory: what it knows is about now. */
export interface PathWatch {
  of(phoneId: string): PathSigns;
  refused(phoneId: string): void;
  /** The phone took its action URLs anew: what was refused before says nothing any more. */
  configured(phoneId: string): void;
  heard(phoneId: string, way: HearingWay): void;
  notStored(phoneId: string): void;
  strangerFetched(phoneId: string, from: string): void;
  /** The phone took a command, sent at `at`, that makes it report on that way. */
  acted(phoneId: string, way: HearingWay, at: Instant): void;
  /** Since when the phone is silent on that way though it takes commands; null: nothing speaks for that. */
  silentSince(phoneId: string, way: HearingWay): Instant | null;
}

/** So many commands in a row without any event of the phone. One alone may have had no effect at the phone. */
const SILENT_AFTER = 3;
/** So long an event may take after its command. */
const EVENT_GRACE_MS = 15_000;

const NOTHING: PathSigns = {
  refusedAt: null,
  heardAt: {},
  configuredAt: null,
  unstoredAt: null,
  stranger: null,
  unanswered: {},
};

/** @param now milliseconds since 1970 */
export function createPathWatch(now: () => Instant): PathWatch {
  const phones = new Map<string, PathSigns>();
  const of = (phoneId: string): PathSigns => phones.get(phoneId) ?? NOTHING;
  const note = (phoneId: string, change: Partial<PathSigns>): void => {
    phones.set(phoneId, { ...of(phoneId), ...change });
  };
  return {
    of,
    refused: (phoneId) => note(phoneId, { refusedAt: now() }),
    configured: (phoneId) => note(phoneId, { refusedAt: null, configuredAt: now() }),
    heard(phoneId, way) {
      const { heardAt, unanswered } = of(phoneId);
      note(phoneId, { heardAt: { ...heardAt, [way]: now() }, unanswered: { ...unanswered, [way]: [] } });
    },
    notStored: (phoneId) => note(phoneId, { unstoredAt: now() }),
    strangerFetched: (phoneId, from) => note(phoneId, { stranger: { from, at: now() } }),
    acted(phoneId, way, at) {
      const { unanswered, heardAt } = of(phoneId);
      const before = unanswered[way] ?? [];
      // The event came before the reply.
      if ((heardAt[way] ?? Number.NEGATIVE_INFINITY) >= at) return;
      // A command tells of itself again when it is settled.
      if (before.includes(at)) return;
      note(phoneId, { unanswered: { ...unanswered, [way]: [...before, at].slice(0, SILENT_AFTER) } });
    },
    silentSince(phoneId, way) {
      const unanswered = of(phoneId).unanswered[way] ?? [];
      const last = unanswered[SILENT_AFTER - 1];
      return last !== undefined && now() - last > EVENT_GRACE_MS ? (unanswered[0] ?? null) : null;
    },
  };
}
