import type { CallState, KnownCall } from '@hookswitch/core';
import type { Call } from '../model.ts';
import { CALL_NEEDS } from './call-needs.table.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** A call, as far as a guard looks at it. */
export interface PicturedCall {
  /** Null: it is expected, and the phone has not reported it. */
  readonly id: string | null;
  readonly state: CallState;
  /** An earlier command sends it to somebody else. */
  readonly inTransfer: boolean;
}

/** A phone's calls that have not ended, oldest first. */
export type CallPicture = readonly PicturedCall[];

/** What a command that is taken by the phone makes of its calls. */
export type CallChange = (picture: CallPicture) => CallPicture;

/** What guards look at. Without commands that wait for their proof both are the same. */
export interface CallPictures {
  /** As the phone reported them. */
  readonly known: CallPicture;
  /** As the commands that it took and whose proof has not come would leave them. */
  readonly expected: CallPicture;
}

/** @param changes of the commands that wait for their proof, oldest first */
export function picturesOf(calls: readonly Call[], changes: readonly CallChange[]): CallPictures {
  const known = calls.map(({ id, state }) => ({ id, state, inTransfer: false }));
  const changed = changes.reduce<CallPicture>((picture, change) => change(picture), known);
  // The phone has told that it did not come about.
  const failed = new Set(calls.filter(({ transfer }) => transfer?.state === 'FAILED').map(({ id }) => id));
  const expected = changed.map((one) => (one.id !== null && failed.has(one.id) ? { ...one, inTransfer: false } : one));
  return { known, expected };
}

/** The calls that a command names. */
export function namedCalls(command: ResolvedCommand['command']): readonly KnownCall[] {
  return [
    'call' in command ? command.call : undefined,
    'heldCall' in command ? command.heldCall : undefined,
    'consultationCall' in command ? command.consultationCall : undefined,
    ...('calls' in command ? (command.calls ?? []) : []),
  ].filter((call) => call !== undefined);
}

/** The calls of a picture that a command may be about. */
export function fittingCalls({ name }: ResolvedCommand, picture: CallPicture): CallPicture {
  const need = CALL_NEEDS[name];
  if (need === undefined) return [];
  const { states, notInTransfer } = need;
  return picture.filter(({ state, inTransfer }) => states.includes(state) && !(notInTransfer && inTransfer));
}

/**
 * The one that a command means which names none: the only one that fits, else the one that is talked on or placed where
 * the others are held, since that one is in the phone's focus. Null: nobody can tell.
 */
export function inFocus(fitting: CallPicture): PicturedCall | null {
  const [first = null, ...others] = fitting.length === 1 ? fitting : fitting.filter(({ state }) => state !== 'HELD');
  return others.length === 0 && (fitting.length === 1 || first?.state !== 'RINGING') ? first : null;
}

/** The one call that a command is about; null: it is about none, about several, or nobody can tell. */
export function meantCall(resolved: ResolvedCommand, { known, expected }: CallPictures): PicturedCall | null {
  const { name, command } = resolved;
  if (!ONE_CALL.has(name)) return null;
  const [named] = namedCalls(command);
  const fits = fittingCalls(resolved, expected);
  if (named === undefined) return inFocus(fits.length > 0 ? fits : fittingCalls(resolved, known));
  return expected.find(({ id }) => id === named.id) ?? { id: named.id, state: named.state, inTransfer: false };
}

/** Commands about one call that need not name it. Muting is the phone's, whichever call it has. */
const ONE_CALL: ReadonlySet<string> = new Set([
  'answer',
  'reject',
  'deflect',
  'hangUp',
  'setHold',
  'sendDtmf',
  'transfer',
]);
