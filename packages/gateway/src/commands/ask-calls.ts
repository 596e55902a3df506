import type { CallEvent, CallSnapshot } from '@hookswitch/core';
import type { CallBook } from '../calls/call-book.ts';
import { compareSnapshot } from '../calls/compare-snapshot.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { Call, Instant } from '../model.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import { runOnPhone } from './run-on-phone.ts';

/** What asking a phone for its calls needs. */
export interface AskCallsOptions {
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly intake: EventIntake;
  readonly timeoutMs: number;
  readonly now: () => Instant;
}

/**
 * Takes what a phone said of its calls into the log, as far as it differs from what is known.
 * @returns what differed
 */
export async function takeSnapshot(
  { book, intake }: Pick<AskCallsOptions, 'book' | 'intake'>,
  phone: RegisteredPhone,
  told: { readonly before: readonly Call[]; readonly snapshot: CallSnapshot },
): Promise<readonly CallEvent[]> {
  const known = { before: told.before, now: book.active(phone.phone.id) };
  const events = compareSnapshot(known, told.snapshot);
  await intake.notice(phone, events, 'ASKED');
  return events;
}

/**
 * Asks a phone for its calls, on its lane, behind what waits there.
 * @returns what was not known of them; null where it cannot be asked, or gave no answer
 */
export async function askCalls(options: AskCallsOptions, phoneId: string): Promise<readonly CallEvent[] | null> {
  const { registry, links, timeoutMs, now } = options;
  if (registry.get(phoneId)?.ladders.CALL_SNAPSHOT === undefined) return null;
  const turn = await links.of(phoneId).lane.run({
    deadlineAt: now() + timeoutMs,
    run: async (signal) => {
      const phone = registry.get(phoneId);
      return phone === null ? null : askInTurn(options, phone, signal);
    },
  });
  return turn.ran ? turn.value : null;
}

/** As {@link askCalls}, by whoever has the phone's lane. */
export async function askInTurn(
  options: Pick<AskCallsOptions, 'links' | 'book' | 'intake'>,
  phone: RegisteredPhone,
  signal: AbortSignal,
): Promise<readonly CallEvent[] | null> {
  const { links, book } = options;
  const { id } = phone.phone;
  if (phone.ladders.CALL_SNAPSHOT === undefined || links.refusal(id) !== null) return null;
  const before = book.active(id);
  const context = await links.context(phone, signal);
  const { outcome, transport } = await runOnPhone(phone, { name: 'refreshCalls', command: {}, callId: null }, context);
  if (outcome.status === 'FAILED') links.recordFailure(id, outcome.failure, transport);
  if (outcome.status !== 'ACCEPTED') return null;
  return takeSnapshot(options, phone, { before, snapshot: outcome.value as CallSnapshot });
}
