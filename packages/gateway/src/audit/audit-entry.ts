import { hash } from 'node:crypto';
import type { Caller, Command, Instant } from '../model.ts';
import { dialledBy } from '../policy/dialled-numbers.ts';

/**
 * What became of what was asked, as far as it is known when the row is written: `ASKED`, then one of the others in a
 * further row. `DENIED`: a rule or a missing right forbade it. The rest are a command's statuses; `DONE` is anything else's.
 */
export const AUDIT_OUTCOMES = ['ASKED', 'DONE', 'ACCEPTED', 'CONFIRMED', 'UNKNOWN', 'FAILED', 'DENIED'] as const;
/** One of {@link AUDIT_OUTCOMES}. */
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Something that is to be kept: who did what, to which phone, with which number, and what became of it. No secrets. */
export interface AuditEntry {
  readonly at: Instant;
  readonly caller: Caller;
  /** The name of the mutation, e.g. `dial`, or of what else happened, e.g. `certificatePin`. */
  readonly action: string;
  readonly phoneId: string | null;
  readonly outcome: AuditOutcome;
  readonly commandId: string | null;
  /** Numbers that it may have a phone dial, as they were given. */
  readonly numbers: readonly string[];
  /** A failure's code. */
  readonly failureCode: string | null;
  /** Of a policy, or the scope that was missing. */
  readonly rule: string | null;
  /** What else there is to tell, e.g. the names of what was changed. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An entry as it stands in the chain. */
export interface AuditRecord extends AuditEntry {
  /** From 1, without a gap. */
  readonly sequence: number;
  /** Hexadecimal; it covers the row and the one before. */
  readonly mac: string;
}

const MOST_NUMBERS = 20;
const LONGEST_NUMBER = 128;

/** The row of a command when it is recorded, and when it is settled. */
export function entryOfCommand(command: Command): AuditEntry {
  const { id, phoneId, name, batchId, requestedById, requestedBy, requestedAt, settledAt, failure, status } = command;
  const denied = failure?.code === 'POLICY_DENIED';
  return {
    at: settledAt ?? requestedAt,
    caller: { id: requestedById ?? '', name: requestedBy },
    action: name,
    phoneId,
    outcome: settledAt === null ? 'ASKED' : denied ? 'DENIED' : outcomeOf(status),
    commandId: id,
    numbers: numbersOf(command),
    failureCode: failure?.code ?? null,
    rule: denied ? failure.rule : null,
    details: {
      // The arguments themselves stay with the command: they may be long.
      argumentsSha256: hash('sha256', JSON.stringify(command.arguments), 'hex'),
      ...(batchId !== null && { batchId }),
    },
  };
}

function outcomeOf(status: Command['status']): AuditOutcome {
  return status === 'QUEUED' || status === 'SENT' ? 'UNKNOWN' : status;
}

function numbersOf({ name, arguments: given }: Command): readonly string[] {
  try {
    const { numbers, keys } = dialledBy(name, given);
    const typed = keys.map(({ key }) => key.replace(/^.*:/, '')).filter((key) => /^[0-9*#]$/.test(key));
    const all = [...numbers.map(({ text }) => text), ...(typed.length === 0 ? [] : [typed.join('')])];
    return all.slice(0, MOST_NUMBERS).map((text) => text.slice(0, LONGEST_NUMBER));
  } catch {
    // XML that nobody can read: the command is refused, and kept.
    return [];
  }
}
