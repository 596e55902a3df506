import { type ChainedRow, headValues, macOf, rowValues, startValues } from './audit-mac.ts';

/** What the chain says of itself. */
export type AuditVerdict =
  /**
   * `last` and `mac`: the last row's; 0 and empty where there is none. Noted elsewhere, they show later whether history was
   * written anew. `dropped`: how many rows retention has dropped before the first one.
   */
  | {
      readonly whole: true;
      readonly rows: number;
      readonly last: number;
      readonly mac: string;
      readonly dropped: number;
    }
  /** `sequence`: the first row that is not as it was written. */
  | { readonly whole: false; readonly sequence: number; readonly reason: string };

/** A place of the chain: where it ends, or one that somebody noted. */
export interface AuditAnchor {
  readonly sequence: number;
  readonly mac: string;
}

/** Behind which row the chain begins, since retention has dropped it and those before. */
export interface ChainStart extends AuditAnchor {
  /** All of them were of a time before. */
  readonly droppedBefore: number;
  /** The code of all that. */
  readonly code: string;
}

/** A row as it is kept. */
export interface KeptRow extends ChainedRow {
  readonly mac: string;
}

/** A command as its table tells it. */
export interface KeptCommand {
  readonly id: string;
  readonly isSettled: boolean;
  readonly requestedAt: number;
}

/**
 * Walks the chain from its beginning: every row's code, the head, the anchor, and that every command has its rows. Give it
 * where the chain begins, the rows, then the head, then the commands; the first verdict that it returns is final.
 */
export class ChainCheck {
  readonly #key: Uint8Array;
  readonly #anchor: AuditAnchor | null;
  /** By id, whether the row of its end was seen. */
  readonly #commands = new Map<string, boolean>();
  #end: AuditAnchor = { sequence: 0, mac: '' };
  #dropped = 0;
  #droppedBefore = Number.NEGATIVE_INFINITY;

  /** @param anchor a place that must be in the chain as it was noted */
  constructor(key: Uint8Array, anchor: AuditAnchor | null) {
    this.#key = key;
    this.#anchor = anchor;
  }

  /** Behind which row it begins; null: at its beginning. */
  start(found: ChainStart | null): AuditVerdict | null {
    if (found === null) return null;
    const { sequence, mac, droppedBefore, code } = found;
    if (macOf(this.#key, startValues(sequence, mac, droppedBefore)) !== code) {
      return broken(sequence + 1, 'what says that those before it were dropped is not as it was written');
    }
    this.#end = { sequence, mac };
    this.#dropped = sequence;
    this.#droppedBefore = droppedBefore;
    const noted = this.#anchor?.sequence ?? sequence;
    if (noted < sequence) return broken(noted, 'it was noted, and retention has dropped it: note a later one');
    if (noted === sequence && this.#anchor !== null && this.#anchor.mac !== mac) return rewritten(sequence);
    return null;
  }

  /** The next row. */
  row(found: KeptRow): AuditVerdict | null {
    const next = this.#end.sequence + 1;
    if (found.sequence < next) return broken(found.sequence, 'it stands before the first one');
    if (found.sequence !== next) return broken(next, `it is missing: the next one is ${found.sequence}`);
    if (macOf(this.#key, rowValues(this.#end.mac, found)) !== found.mac) {
      return broken(next, 'it is not as it was written, or not by the key in audit.key');
    }
    this.#end = { sequence: next, mac: found.mac };
    if (this.#anchor?.sequence === next && this.#anchor.mac !== found.mac) {
      return rewritten(next);
    }
    const command = commandOf(found);
    if (command !== null) {
      this.#commands.set(command, this.#commands.get(command) === true || found.outcome !== 'ASKED');
    }
    return null;
  }

  /** What says where the chain ends; null: it is missing. */
  head(head: AuditAnchor | null): AuditVerdict | null {
    const { sequence, mac } = this.#end;
    const next = sequence + 1;
    if (head === null) return broken(next, 'what says where the chain ends is missing');
    if (head.sequence > sequence) return broken(next, `it and all up to ${head.sequence} are missing`);
    if (head.sequence < sequence || macOf(this.#key, headValues(sequence, mac)) !== head.mac) {
      return broken(next, 'what says where the chain ends is not as it was written');
    }
    const noted = this.#anchor?.sequence ?? 0;
    return noted > sequence ? broken(next, `${noted} was noted, and is missing`) : null;
  }

  /** A command that must have its rows. */
  command({ id, isSettled, requestedAt }: KeptCommand): AuditVerdict | null {
    // Its rows may be among those that were dropped.
    if (requestedAt < this.#droppedBefore) return null;
    const hasEnd = this.#commands.get(id);
    if (hasEnd !== undefined && (hasEnd || !isSettled)) return null;
    return broken(this.#end.sequence + 1, `the command ${id} has not all its rows: they were cut off the end`);
  }

  /** Where nothing was found. */
  whole(): AuditVerdict {
    const { sequence, mac } = this.#end;
    return { whole: true, rows: sequence - this.#dropped, last: sequence, mac, dropped: this.#dropped };
  }
}

function broken(sequence: number, reason: string): AuditVerdict {
  return { whole: false, sequence, reason };
}

function rewritten(sequence: number): AuditVerdict {
  return broken(sequence, 'it is another one than was noted: the chain up to it was written anew');
}

function commandOf({ body }: ChainedRow): string | null {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null || !('commandId' in parsed)) return null;
  return typeof parsed.commandId === 'string' ? parsed.commandId : null;
}
