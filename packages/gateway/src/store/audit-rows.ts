import type { AuditAnchor, ChainStart, KeptCommand, KeptRow } from '../audit/verify-chain.ts';
import { numberOf, type Row, textOf, textOrNullOf } from './rows.ts';

/** A row of the audit, as the chain covers it. */
export function keptRowOf(row: Row): KeptRow {
  return {
    sequence: numberOf(row, 'sequence'),
    at: numberOf(row, 'at'),
    callerId: textOf(row, 'caller_id'),
    callerName: textOf(row, 'caller_name'),
    action: textOf(row, 'action'),
    phoneId: textOrNullOf(row, 'phone_id'),
    outcome: textOf(row, 'outcome'),
    body: textOf(row, 'body'),
    mac: textOf(row, 'mac'),
  };
}

/** What says where the chain ends; null: there is no such row. */
export function headOf(row: Row | null | undefined): AuditAnchor | null {
  return row === null || row === undefined ? null : { sequence: numberOf(row, 'sequence'), mac: textOf(row, 'mac') };
}

/** What says behind which row the chain begins; null: there is no such row. */
export function startOf(row: Row | null | undefined): ChainStart | null {
  if (row === null || row === undefined) return null;
  const [sequence, droppedBefore] = [numberOf(row, 'sequence'), numberOf(row, 'dropped_before')];
  return { sequence, mac: textOf(row, 'mac'), droppedBefore, code: textOf(row, 'code') };
}

/** What of a command the chain must tell too. */
export function keptCommandOf(row: Row): KeptCommand {
  return {
    id: textOf(row, 'id'),
    isSettled: row['settled_at'] !== null,
    requestedAt: numberOf(row, 'requested_at'),
  };
}
