import { createHmac } from 'node:crypto';

/** A value of a row, as SQLite hands it over. */
export type MacValue = string | number | null;

/** The columns of a row in the order in which its code covers them. */
export interface ChainedRow {
  readonly sequence: number;
  readonly at: number;
  readonly callerId: string;
  readonly callerName: string;
  readonly action: string;
  readonly phoneId: string | null;
  readonly outcome: string;
  readonly body: string;
}

/** HMAC-SHA-256 over values, in hexadecimal. JSON keeps their borders apart. */
export function macOf(key: Uint8Array, values: readonly MacValue[]): string {
  return createHmac('sha256', key).update(JSON.stringify(values)).digest('hex');
}

/** What a row's code covers: the code of the row before (empty for the first), and every column. */
export function rowValues(previous: string, row: ChainedRow): readonly MacValue[] {
  const { sequence, at, callerId, callerName, action, phoneId, outcome, body } = row;
  return ['row', previous, sequence, at, callerId, callerName, action, phoneId, outcome, body];
}

/** What the head's code covers: how long the chain is, and its last code. */
export function headValues(sequence: number, mac: string): readonly MacValue[] {
  return ['head', sequence, mac];
}

/** What the code of the place covers behind which the chain begins, once older rows were dropped. */
export function startValues(sequence: number, mac: string, droppedBefore: number): readonly MacValue[] {
  return ['start', sequence, mac, droppedBefore];
}
