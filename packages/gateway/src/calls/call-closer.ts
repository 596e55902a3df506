import type { CallEvent } from '@hookswitch/core';
import type { CallsConfig } from '../config/calls.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { Instant } from '../model.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { CallBook } from './call-book.ts';
import { type CloseReason, whyOver } from './close-rules.ts';
import { endingOf } from './compare-snapshot.ts';
import { NO_SIGNS, type PhoneSigns, readSign, type Sign } from './phone-signs.ts';

/** What closing calls needs. */
export interface CallCloserOptions {
  readonly book: CallBook;
  readonly registry: PhoneRegistry;
  readonly intake: EventIntake;
  /**
   * Asks a phone which calls it has, and takes what was not known of them into the log. @returns that; null: it cannot be
   * asked, or gave no usable answer
   */
  readonly ask: (phoneId: string) => Promise<readonly CallEvent[] | null>;
  /** Whether a phone's calls are closed by this gateway. Left out: all. */
  readonly owns?: ((phoneId: string) => boolean) | undefined;
  /** Takes a step once this gateway owns the phone, where nobody did. Left out: never. */
  readonly hold?: ((phoneId: string, step: () => void) => void) | undefined;
  readonly limits: CallsConfig;
  /** What phones told before the start, by their ids. */
  readonly signs: ReadonlyMap<string, PhoneSigns>;
  readonly now: () => Instant;
  /** Milliseconds of a clock that only runs forward: how often a phone is asked goes by it. */
  readonly ticks: () => number;
  /** A call was closed, and why. */
  readonly onClosed: (phoneId: string, reason: CloseReason) => void;
  readonly onError: (error: unknown) => void;
}

/** Ends calls whose end no phone reports: it asks the phone where it can be asked, else it goes by rules. */
export interface CallCloser {
  /** Takes an event that the book has taken in. */
  hear(sign: Sign): void;
  /** From now on it looks at every open call again and again. */
  start(): void;
  /** Takes no more, and resolves when nothing runs. */
  stop(): Promise<void>;
}

const SWEEP_MS = 2_000;

/** @returns a closer that runs from `start` to `stop` */
export function createCallCloser(options: CallCloserOptions): CallCloser {
  const { book, registry, intake, ask, limits, now, ticks, onClosed, onError, owns = () => true } = options;
  const signs = new Map(options.signs);
  const askedAt = new Map<string, number>();
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
      await intake.notice(phone, [endingOf(call)]);
      onClosed(phoneId, reason);
    }
  };
  /** @returns whether the phone told which calls it has */
  const byAsking = async (phoneId: string): Promise<boolean> => {
    const phone = registry.get(phoneId);
    if (phone === null || phone.ladders.CALL_SNAPSHOT === undefined || limits.askMs === 0) return false;
    const due = now() - limits.askMs;
    const isSilent = book.active(phoneId).some((call) => (book.heardAt(call.id) ?? call.startedAt) <= due);
    if (!isSilent || ticks() - (askedAt.get(phoneId) ?? Number.NEGATIVE_INFINITY) < limits.askMs) return true;
    askedAt.set(phoneId, ticks());
    const found = await ask(phoneId);
    if (found === null) return false;
    for (const { callEventKind } of found) if (callEventKind === 'ENDED') onClosed(phoneId, 'SNAPSHOT');
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

  const sweep = async (): Promise<void> => {
    const phoneIds = new Set(book.open().map(({ phoneId }) => phoneId));
    for (const phoneId of askedAt.keys()) if (!phoneIds.has(phoneId)) askedAt.delete(phoneId);
    await Promise.all([...phoneIds].filter(owns).map(look));
  };

  return {
    hear(sign) {
      const { phoneId } = sign.event;
      const before = signs.get(phoneId) ?? NO_SIGNS;
      const after = readSign(before, sign);
      if (after !== before) signs.set(phoneId, after);
      // A phone that has just started has no calls: nobody need wait for that.
      if (after.startedAt === before.startedAt) return;
      const close = (): void => void byRules(phoneId).catch(onError);
      if (owns(phoneId)) close();
      else options.hold?.(phoneId, close);
    },
    start() {
      timer = setInterval(() => sweep().catch(onError), SWEEP_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(busy.values());
    },
  };
}
