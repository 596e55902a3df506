import type { Failure } from '@hookswitch/core';
import type { CommandRequest, GivenBy } from '../application.ts';
import type { Caller, Command, Instant } from '../model.ts';
import type { IdempotencyClaim } from '../store/ports.ts';
import { commandIdAt } from './command-id.ts';
import { redactArguments } from './redact-arguments.ts';

/** A command that has been given and not yet sent. */
export function newCommand(
  { name, arguments: given }: CommandRequest,
  at: { readonly phoneId: string; readonly batchId?: string; readonly now: Instant },
  caller: Caller,
): Command {
  return {
    id: commandIdAt(at.now),
    phoneId: at.phoneId,
    name,
    arguments: redactArguments(given) as Readonly<Record<string, unknown>>,
    batchId: at.batchId ?? null,
    status: 'QUEUED',
    changed: null,
    transport: null,
    callId: null,
    failure: null,
    requestedBy: caller.name,
    requestedById: caller.id,
    requestedAt: at.now,
    sentAt: null,
    repliedAt: null,
    settledAt: null,
    confirmedBySequence: null,
    unproven: null,
    unreadableSettings: null,
  };
}

/** Whether there is an answer: the phone has replied, or nothing will come of it. */
export function isAnswered({ status }: Command): boolean {
  return status !== 'QUEUED' && status !== 'SENT';
}

/** The command, failed and settled. */
export function failCommand(command: Command, failure: Failure, settledAt: Instant): Command {
  return { ...command, status: 'FAILED', failure, settledAt };
}

/** Nothing is sent that is not on disk before. */
export const NOT_RECORDED: Failure = {
  code: 'COMMAND_EXPIRED',
  message:
    'The gateway could not write it down, so nothing was sent to the phone. Give it again when /health/ready says that the gateway is ready.',
  retryable: true,
};

/** Its turn never came. */
export const SWITCH_BUSY: Failure = {
  code: 'COMMAND_EXPIRED',
  message: 'An earlier command for the same switch was not settled in time. Nothing was sent; give it again.',
  retryable: true,
};

/** The key was used for another command. */
export function idempotencyConflict(originalCommandId: string): Failure {
  return {
    code: 'IDEMPOTENCY_CONFLICT',
    message: 'This idempotency key was used for another command. Use a new key for a new command.',
    originalCommandId,
    retryable: false,
  };
}

/** What was given, in one spelling. */
function spellingOf({ name, arguments: given }: CommandRequest): string {
  return JSON.stringify([name, inOrder(given)]);
}

/** A keyed digest: arguments may hold passwords, which a plain one would let anybody try who has the database. */
export type Digest = (text: string) => string;

/**
 * The claim on an idempotency key; null where none was given.
 * @param scope the phone, or `*` for a batch
 */
export function claimOf(
  scope: string,
  request: CommandRequest,
  { caller, idempotencyKey, digest }: GivenBy & { readonly digest: Digest },
): IdempotencyClaim | null {
  if (idempotencyKey === undefined) return null;
  return { callerId: caller.id, scope, key: idempotencyKey, fingerprint: digest(spellingOf(request)) };
}

/** Names of objects in one order, and what is left out or null left out: both mean the same in GraphQL's inputs. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, inOrder(inner)]),
  );
}

/** Why a command is over that waited when its gateway ended. */
export const NEVER_SENT: Failure = {
  code: 'COMMAND_EXPIRED',
  message: 'The gateway stopped before it was sent. Nothing was sent; give it again.',
  retryable: true,
};
