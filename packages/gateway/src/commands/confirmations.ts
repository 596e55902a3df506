import type { LoggedEvent } from '../model.ts';
import type { CallChange } from './call-picture.ts';
import type { Expectation, Witness } from './expectations.ts';

/** What waiting came to: the event that proves the command, or why there is none. */
export type Proof = LoggedEvent | 'NONE_CAME' | 'STOPPED';

/** A command that waits for its proof. */
export interface Awaited {
  /** Fulfilled with the proof, or when the window is over or nobody waits any more. */
  readonly proof: Promise<Proof>;
  /** The proof, if it has come already. */
  readonly found: () => LoggedEvent | null;
  stop(): void;
}

/** Matches events with the commands that wait for them. */
export interface Confirmations {
  /** From now on, for the expectation's window. Events may come before the phone's reply. */
  await(phoneId: string, expectation: Expectation): Awaited;
  /** Takes in an event of the log that a phone reported or confirmed when it was asked. See {@link Expectation.scope}. */
  apply(event: LoggedEvent, about: Omit<Witness, 'event'>): void;
  /** What the phone's commands that wait for their proof make of its calls, oldest first. */
  callChanges(phoneId: string): readonly CallChange[];
  stopAll(): void;
}

interface Waiting {
  readonly expectation: Expectation;
  settle(proof: Proof): void;
}

/** @returns confirmations that hold only what waits */
export function createConfirmations(): Confirmations {
  const byPhone = new Map<string, Set<Waiting>>();
  return {
    await(phoneId, expectation) {
      const waiting = byPhone.get(phoneId) ?? new Set<Waiting>();
      byPhone.set(phoneId, waiting);
      let found: LoggedEvent | null = null;
      const { promise, resolve } = Promise.withResolvers<Proof>();
      const timer = setTimeout(() => entry.settle('NONE_CAME'), expectation.windowMs);
      const entry: Waiting = {
        expectation,
        settle(proof) {
          if (typeof proof === 'object') found ??= proof;
          clearTimeout(timer);
          waiting.delete(entry);
          if (waiting.size === 0 && byPhone.get(phoneId) === waiting) byPhone.delete(phoneId);
          resolve(proof);
        },
      };
      waiting.add(entry);
      return { proof: promise, found: () => found, stop: () => entry.settle('STOPPED') };
    },
    apply(event, about) {
      const waiting = [...(byPhone.get(event.phoneId) ?? [])];
      for (const entry of provenBy(waiting, { event: event.event, ...about })) entry.settle(event);
    },
    callChanges: (phoneId) =>
      [...(byPhone.get(phoneId) ?? [])].flatMap(({ expectation: { change } }) => (change === null ? [] : [change])),
    stopAll() {
      for (const entry of [...byPhone.values()].flatMap((waiting) => [...waiting])) entry.settle('STOPPED');
    },
  };
}

/** Those that an event proves, of commands that wait, oldest first. */
function provenBy(waiting: readonly Waiting[], witness: Witness): readonly Waiting[] {
  const heard = waiting.map((entry) => ({
    entry,
    scope: entry.expectation.scope,
    testimony: entry.expectation.testimony(witness),
  }));
  const proven = heard.filter(({ testimony }) => testimony === 'PROVES');
  const named = proven.filter(({ scope }) => scope === 'OWN_CALL');
  const states = proven.filter(({ scope }) => scope === 'STATE');
  const one = (testimony: 'PROVES' | 'FITS') =>
    heard.find((each) => each.scope === 'ONE' && each.testimony === testimony);
  const single = named.length > 0 ? undefined : (one('PROVES') ?? one('FITS'));
  return [...states, ...named, ...(single === undefined ? [] : [single])].map(({ entry }) => entry);
}
