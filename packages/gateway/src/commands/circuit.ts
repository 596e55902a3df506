import { type Failure, phoneUnauthorized, phoneUnreachable, rateLimited } from '@hookswitch/core';

/** After so many requests in a row without an answer the phone is left alone for a while. */
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 5_000;
/** Phones lock themselves for minutes after a few wrong logins: one is enough to stop. */
const UNAUTHORIZED_MS = 5 * 60_000;

/** What a try on a phone came to, as far as the circuit cares. */
export type Health = 'answered' | 'unauthorized' | 'silent' | { readonly lockedForMs: number };

/**
 * Keeps a phone that does not answer, or that refuses the credentials, from being asked again and again: commands
 * fail at once, typed, until the time is over or the phone's registration changes.
 */
export interface Circuit {
  /** Why nothing is sent now; null: go ahead. */
  refusal(): Failure | null;
  record(health: Health): void;
  /** Forgets all: credentials or address have changed. */
  reset(): void;
}

/** @param now milliseconds of a clock that only runs forward: one that is put back must not prolong a refusal */
export function createCircuit(now: () => number): Circuit {
  let silent = 0;
  let until = 0;
  let failure: ((leftMs: number) => Failure) | null = null;
  const open = (ms: number, why: (leftMs: number) => Failure): void => {
    until = now() + ms;
    failure = why;
  };
  return {
    refusal: () => (failure !== null && now() < until ? failure(until - now()) : null),
    record(health) {
      if (health === 'answered') {
        silent = 0;
        failure = null;
      } else if (health === 'unauthorized') {
        open(UNAUTHORIZED_MS, (leftMs) =>
          phoneUnauthorized(
            `The phone refused the credentials. Correct them with updatePhone; else the gateway asks again in ${seconds(leftMs)} s, since phones lock themselves after a few wrong logins.`,
          ),
        );
      } else if (health === 'silent') {
        silent += 1;
        if (silent >= FAILURES_TO_OPEN) {
          open(OPEN_MS, (leftMs) =>
            phoneUnreachable(
              `The phone did not answer ${silent} times in a row. The gateway asks again in ${seconds(leftMs)} s. Nothing was sent.`,
            ),
          );
        }
      } else {
        open(health.lockedForMs, (leftMs) => rateLimited('The phone has locked itself. Nothing was sent.', leftMs));
      }
    },
    reset() {
      silent = 0;
      failure = null;
    },
  };
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
