import type { Failure } from '@hookswitch/core';
import type { Call, Command } from '../model.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import type { Awaited } from './confirmations.ts';
import type { Expectation } from './expectations.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** A command that was checked and is to be run. */
export interface Given {
  readonly command: Command;
  readonly phone: RegisteredPhone;
  readonly resolved: ResolvedCommand;
  /** Checks it again when its turn comes: calls go on while a command waits. */
  readonly check: () => Promise<Checked>;
  /** Counts what it dials, just before it is sent; a failure: policy forbids it by now. */
  readonly take: (resolved: ResolvedCommand) => Promise<Failure | null>;
  /** Fulfilled when it is on disk as queued; left out: it is. */
  readonly recorded?: Promise<unknown>;
}

/** What can be said of a command without the phone. */
export type Checked =
  | {
      readonly resolved: ResolvedCommand;
      /** The calls as they are known do not allow it, and they are not known well enough to refuse it; null: they do. */
      readonly doubt: Failure | null;
    }
  | { readonly refused: Failure };

/** A command on its way. */
export interface Journey {
  resolved: ResolvedCommand;
  readonly check: Given['check'];
  readonly take: Given['take'];
  /** Rejected: it could not be written down, and whoever gave it is told so. */
  readonly recorded: Promise<unknown>;
  /** As it is when its turn comes: it may have changed while the command waited. */
  phone: RegisteredPhone;
  /** The phone's calls when it was asked. */
  calls: readonly Call[];
  command: Command;
  /** Who waits for the event that proves the effect; null: nobody, or nothing was sent yet. */
  awaited: Awaited | null;
  expectation: Expectation | null;
  /** It was about to be sent, and the store did not take that: nothing was. */
  unrecorded: boolean;
  /** It was about to be sent, and another gateway has the phone or has ended it: nothing was. */
  overtaken: boolean;
}

/** A command that sets out. */
export function begin(given: Given): Journey {
  const { recorded = Promise.resolve() } = given;
  return { ...given, recorded, calls: [], awaited: null, expectation: null, unrecorded: false, overtaken: false };
}

/** How long a command may take: pauses between keys that were asked for come on top. */
export function timeFor(journey: Journey, timeoutMs: number): number {
  const { resolved } = journey;
  if (resolved.name === 'refreshCalls') return chosenMs(journey) ?? timeoutMs;
  if (resolved.name !== 'pressKeys') return timeoutMs;
  return resolved.command.keys.reduce((sum, { holdMs, pauseMs }) => sum + (holdMs ?? 0) + (pauseMs ?? 0), timeoutMs);
}

/** The expectation, with the wait that the caller chose. */
export function withTimeout(expectation: Expectation, journey: Journey): Expectation {
  if (journey.resolved.name !== 'verifyEventPath') return expectation;
  return { ...expectation, windowMs: chosenMs(journey) ?? expectation.windowMs };
}

function chosenMs({ command }: Journey): number | null {
  const { timeoutSeconds } = command.arguments;
  return typeof timeoutSeconds === 'number' ? timeoutSeconds * 1000 : null;
}
