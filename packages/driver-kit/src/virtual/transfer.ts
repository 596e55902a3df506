import type { TransferKind } from './call.ts';
import type { Leg } from './leg.ts';
import { join, type Switchboard } from './switchboard.ts';

/** Sends the far end of an answered call to another number. See {@link ExchangeLine.blindTransfer}. */
export const blindTransfer = (switchboard: Switchboard, leg: Leg, to: string): boolean => {
  const far = leg.peer;
  if (!leg.isAnswered || far === undefined || !far.isAnswered) return false;
  switchboard.jobs.push(() => {
    if (leg.peer !== far) return; // Somebody hung up meanwhile.
    const found = switchboard.route(far, to);
    if (typeof found === 'string' || found === leg.line) {
      switchboard.tell(leg.line, 'onTransferFailed', [leg, 'blind']);
      return;
    }
    finish(switchboard, leg, 'blind');
    release(switchboard, far);
    switchboard.ring(found, far);
  });
  return true;
};

/** Joins the far ends of two calls. See {@link ExchangeLine.attendedTransfer}. */
export const attendedTransfer = (switchboard: Switchboard, held: Leg, active: Leg): boolean => {
  const [first, second] = [held.peer, active.peer];
  if (held === active || first === undefined || second === undefined) return false;
  const activeFits = active.isAnswered || active.state === 'ringing';
  if (!held.isAnswered || !first.isAnswered || !activeFits || active.ringsHere) return false;
  finish(switchboard, held, 'attended');
  switchboard.end(active, 'transferred');
  release(switchboard, first);
  release(switchboard, second);
  join(first, second);
  for (const leg of [first, second]) {
    switchboard.tell(leg.line, 'onRemoteChanged', [leg, 'attended']);
    // A call that still rings has no sound that could be held: its phone learns of it with the answer.
    if (leg.heldByRemote && leg.isAnswered) switchboard.tell(leg.line, 'onRemoteHeld', [leg]);
  }
  return true;
};

/** Sends a ringing call elsewhere. See {@link ExchangeLine.deflect}. */
export const deflect = (switchboard: Switchboard, leg: Leg, to: string): boolean => {
  const caller = leg.peer;
  if (!leg.ringsHere || caller === undefined) return false;
  switchboard.tell(leg.line, 'onForwarded', [caller.local, to]);
  switchboard.end(leg, 'deflected');
  switchboard.jobs.push(() => {
    if (caller.state === 'ended') return;
    const found = switchboard.route(caller, to);
    if (typeof found === 'string') switchboard.endFar(caller, found);
    else switchboard.ring(found, caller);
  });
  return true;
};

const finish = (switchboard: Switchboard, leg: Leg, kind: TransferKind): void => {
  switchboard.tell(leg.line, 'onTransferFinished', [leg, kind]);
  switchboard.end(leg, 'transferred');
};

/** Nobody holds a leg whose holder is gone. */
const release = (switchboard: Switchboard, leg: Leg): void => {
  if (!leg.heldByRemote) return;
  leg.heldByRemote = false;
  if (leg.isAnswered) switchboard.tell(leg.line, 'onRemoteResumed', [leg]);
};
