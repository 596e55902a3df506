import type { CallSnapshot } from '@hookswitch/core';
import type { EventIntake } from '../events/event-intake.ts';
import type { Instant } from '../model.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { CallBook } from './call-book.ts';
import { type CloseLimits, type CloseReason, whyOver } from './close-rules.ts';
import { compareSnapshot, endingOf } from './compare-snapshot.ts';
import { NO_SIGNS, type PhoneSigns, readSign, type Sign } from './phone-signs.ts';

/** What closing calls needs. */
export interface CallCloserOptions {
  readonly book: CallBook;
  readonly registry: PhoneRegistry;
  readonly intake: () => EventIntake;
  /** Asks a phone which calls it has; null: it cannot be asked, or gave no usable answer. */
  readonly ask: (phoneId: string) => Promise<CallSnapshot | null>;
  readonly limits: CloseLimits & {
    /** A phone that can be asked is asked when it has not reported on a call for so long, and then as often; 0: never. */
    readonly askMs: number;
  };
  readonly now: () => Instant;
  /** A call was closed, and why. */
  readonly onClosed: (phoneId: string, reason: CloseReason) => void;
  readonly onError: (error: unknown) => void;
}

/** Ends calls whose end no phone reports: it asks the phone where it can be asked, else it goes by rules. */
export interface CallCloser {
  /** Takes an event that the book has taken in. */
  hear(sign: Sign): void;
  /** Looks at every open call. Called again and again by {@link CallCloser.start}. */
  sweep(): Promise<void>;
  start(): void;
  /** Takes no more, and resolves when nothing runs. */
  stop(): Promise<void>;
}

const SWEEP_MS = 2_000;

/** @returns a closer that runs from `start` to `stop` */
export function createCallCloser(options: CallCloserOptions): CallCloser {
  const { book, registry, intake, ask, limits, now, onClosed, onError } = options;
  const signs = new Map<string, PhoneSigns>();
  const askedAt = new Map<string, Instant>();
  const busy = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  const byRules = async (phoneId: string): Promise<void> => {
    const phone = registry.get(phoneId);
    const open = book.active(phoneId);
    if (phone === null) return;
    for (const call of open) {
      const others = open.filter((other) => other !== call);
      const heardAt = book.heardAt(call.id) ?? call.startedAt;
      const reason = whyOver({ call, heardAt }, others, { signs: signs.get(phoneId) ?? NO_SIGNS, now: now(), limits });
      if (reason === null) continue;
      await intake().notice(phone, [endingOf(call)]);
      onClosed(phoneId, reason);
    }
  };
  /** @returns whether the phone told which calls it has */
  const byAsking = async (phoneId: string): Promise<boolean> => {
    const phone = registry.get(phoneId);
    if (phone === null || phone.ladders.CALL_SNAPSHOT === undefined || limits.askMs === 0) return false;
    const before = book.active(phoneId);
    const due = now() - limits.askMs;
    const isSilent = before.some((call) => (book.heardAt(call.id) ?? call.startedAt) <= due);
    if (!isSilent || (askedAt.get(phoneId) ?? due) > due) return true;
    askedAt.set(phoneId, now());
    const snapshot = await ask(phoneId);
    if (snapshot === null) return false;
    const events = compareSnapshot({ before, now: book.active(phoneId) }, snapshot);
    await intake().notice(phone, events, 'ASKED');
    for (const { callEventKind } of events) if (callEventKind === 'ENDED') onClosed(phoneId, 'SNAPSHOT');
    return true;
  };
  const look = (phoneId: string): Promise<void> => {
    const running = busy.get(phoneId);
    if (running !== undefined) return running;
    const done = byAsking(phoneId)
      .then((told) => (told ? undefined : byRules(phoneId)))
      .catch(onError)
      .finally(() => busy.delete(phoneId));
    busy.set(phoneId, done);
    return done;
  };

  return {
    hear(sign) {
      const { phoneId } = sign.event;
      const before = signs.get(phoneId) ?? NO_SIGNS;
      const after = readSign(before, sign);
      if (after !== before) signs.set(phoneId, after);
      // A phone that has just started has no calls: nobody need wait for that.
      if (after.startedAt !== before.startedAt) byRules(phoneId).catch(onError);
    },
    async sweep() {
      const phoneIds = new Set(book.open().map(({ phoneId }) => phoneId));
      for (const phoneId of askedAt.keys()) if (!phoneIds.has(phoneId)) askedAt.delete(phoneId);
      await Promise.all([...phoneIds].map(look));
    },
    start() {
      timer = setInterval(() => this.sweep().catch(onError), SWEEP_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(busy.values());
    },
  };
}
