import { StoreError } from '../store/errors.ts';
import { macOf, startValues } from './audit-mac.ts';
import { ChainCheck, type ChainStart, type KeptRow } from './verify-chain.ts';

/** How many rows of the audit a step looks at. */
export const AUDIT_STEP = 500;

/**
 * Which of the oldest rows may be dropped: those from before a time, up to the first that is not. The newest stays.
 * @param rows the oldest of the chain, one more than a step drops
 * @returns behind which row the chain begins then; null: none may go
 * @throws StoreError `FAULT` where one of them is not as it was written: it stays, as evidence
 */
export function newStart(
  key: Uint8Array,
  {
    start,
    rows,
    before,
  }: { readonly start: ChainStart | null; readonly rows: readonly KeptRow[]; readonly before: number },
): ChainStart | null {
  const kept = rows.findIndex(({ at }) => at >= before);
  const going = rows.slice(0, Math.min(kept === -1 ? rows.length : kept, rows.length - 1, AUDIT_STEP));
  const last = going.at(-1);
  if (last === undefined) return null;
  const check = new ChainCheck(key, null);
  for (const verdict of [check.start(start), ...going.map((row) => check.row(row))]) {
    if (verdict === null || verdict.whole) continue;
    throw new StoreError('FAULT', `The audit is not shortened: at row ${verdict.sequence} ${verdict.reason}.`);
  }
  const { sequence, mac } = last;
  // A limit that was made longer since must not make commands count again whose rows are gone.
  const droppedBefore = Math.max(before, start?.droppedBefore ?? before);
  return { sequence, mac, droppedBefore, code: macOf(key, startValues(sequence, mac, droppedBefore)) };
}
