import type { Outcome } from '@hookswitch/core';

/** The failure's code, else the outcome's status; for messages of assertions. */
export function short(outcome: Outcome<unknown>): string {
  return outcome.status === 'FAILED' ? outcome.failure.code : outcome.status;
}

/** The outcome with its reason, for people. */
export function long(outcome: Outcome<unknown>): string {
  if (outcome.status === 'FAILED') return `${outcome.failure.code}: ${outcome.failure.message}`;
  return 'reason' in outcome ? `${outcome.status}: ${outcome.reason}` : outcome.status;
}

/** Whether the phone did as it was asked, by its own word or by proof. */
export function isDone({ status }: Outcome<unknown>): boolean {
  return status === 'ACCEPTED' || status === 'CONFIRMED';
}
