import type { CommandName } from '@hookswitch/core';
import type { Call } from '../model.ts';
import { type CallChange, type CallPicture, namedCalls, type PicturedCall } from './call-picture.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** A command, and what is known when it is sent. */
interface Sent {
  readonly resolved: ResolvedCommand;
  /** The phone's calls: those that come later are none of its affair. */
  readonly calls: readonly Call[];
  /** The call that it is about; null: none, several, or nobody can tell. */
  readonly meant: PicturedCall | null;
}

type Rule = (sent: Sent) => CallChange;

/** Changes calls of the time when the command was sent; undefined: that one is over. */
function each({ calls }: Pick<Sent, 'calls'>, change: (call: PicturedCall) => PicturedCall | undefined): CallChange {
  const ids = new Set<string | null>(calls.map(({ id }) => id));
  return (picture) => picture.flatMap((one) => (ids.has(one.id) ? (change(one) ?? []) : one));
}

/** A phone talks on one call: another one that becomes active holds it. */
const hold = (one: PicturedCall): PicturedCall => (one.state === 'CONNECTED' ? { ...one, state: 'HELD' } : one);

function only(meant: PicturedCall | null, change: (call: PicturedCall) => readonly PicturedCall[]): CallChange {
  return (picture: CallPicture) =>
    picture.flatMap((one) => (meant !== null && one.id === meant.id ? change(one) : one));
}

const connected: Rule = (sent) => (picture) =>
  only(sent.meant, (one) => [{ ...one, state: 'CONNECTED' }])(each(sent, hold)(picture));

const over: Rule = ({ meant }) => only(meant, () => []);

/** Another call is placed. */
const placed: Rule = (sent) => (picture) => [
  ...each(sent, hold)(picture),
  { id: null, state: 'DIALING', inTransfer: false },
];

/** What commands make of the phone's calls. Those that are not here change none, or nobody can say what. */
const RULES: Partial<Record<CommandName, Rule>> = {
  dial: placed,
  answer: connected,
  hangUp: over,
  reject: over,
  deflect: over,
  hangUpAll: (sent) => {
    const { command } = sent.resolved;
    const named = namedCalls(command);
    const isMeant = ({ id }: PicturedCall) => !('calls' in command) || named.some((call) => call.id === id);
    return each(sent, (one) => (isMeant(one) ? undefined : one));
  },
  setHold: (sent) => {
    if (sent.resolved.name === 'setHold' && !sent.resolved.command.held) return connected(sent);
    return only(sent.meant, (one) => [{ ...one, state: 'HELD' }]);
  },
  transfer: (sent) => {
    if (sent.resolved.name === 'transfer' && sent.resolved.command.kind === 'ATTENDED') return placed(sent);
    return only(sent.meant, (one) => [{ ...one, state: 'HELD', inTransfer: true }]);
  },
  completeTransfer: (sent) => each(sent, (one) => (one.state === 'RINGING' ? one : { ...one, inTransfer: true })),
  // The consultation is the call in focus.
  cancelTransfer: (sent) =>
    each(sent, (one) => {
      if (one.state === 'RINGING') return one;
      return one.state === 'HELD' ? { ...one, state: 'CONNECTED' } : undefined;
    }),
};

/** What a command makes of the phone's calls once the phone has taken it; null: nothing, or nobody can say. */
export function changeOf(sent: Sent): CallChange | null {
  return RULES[sent.resolved.name]?.(sent) ?? null;
}
