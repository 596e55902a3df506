import { type CallState, type CommandName, type Failure, invalidCallState, type KnownCall } from '@hookswitch/core';
import type { ResolvedCommand } from './resolve-command.ts';

/** What a command needs of the phone's calls. */
interface Need {
  /** States of the call that the command names, or of some call where it names none. */
  readonly states: readonly CallState[];
  /** So many calls in these states. Left out: one. */
  readonly atLeast?: number;
  /** For people, where no call fits. */
  readonly otherwise: string;
}

const RINGING = ['RINGING'] as const;
const TALKING = ['CONNECTED', 'HELD'] as const;
const PLACED = ['DIALING', ...TALKING] as const;
const ANY = ['RINGING', ...PLACED] as const;

/** Commands that no phone of any vendor can obey without such a call. */
const NEEDS: Partial<Record<CommandName, Need>> = {
  answer: { states: RINGING, otherwise: 'No call rings.' },
  reject: { states: RINGING, otherwise: 'No call rings.' },
  deflect: { states: RINGING, otherwise: 'No call rings.' },
  hangUp: { states: ANY, otherwise: 'The phone has no call.' },
  setHold: { states: TALKING, otherwise: 'The phone has no call that could be held or resumed.' },
  setMuted: { states: PLACED, otherwise: 'The phone has no call that could be muted.' },
  sendDtmf: { states: ['CONNECTED'], otherwise: 'No call is connected.' },
  transfer: { states: TALKING, otherwise: 'The phone has no call that could be transferred.' },
  completeTransfer: { states: PLACED, atLeast: 2, otherwise: 'There is no consultation: the phone has no two calls.' },
  // Ending the call in focus would end the caller's where the consultation is over already.
  cancelTransfer: { states: PLACED, atLeast: 2, otherwise: 'There is no consultation: the phone has no two calls.' },
  conference: { states: TALKING, atLeast: 2, otherwise: 'A conference needs two calls that are connected or held.' },
};

/**
 * Why the phone's calls do not allow a command, whichever vendor made it; null: they do.
 * @param calls those that have not ended
 */
export function guard({ name, command }: ResolvedCommand, calls: readonly KnownCall[]): Failure | null {
  const need = NEEDS[name];
  if (need === undefined) return null;
  const { states, atLeast = 1, otherwise } = need;
  const named = namedCalls(command);
  const wrong = named.find(({ state }) => !states.includes(state));
  if (wrong !== undefined) {
    return invalidCallState(
      `The call is ${wrong.state}, which does not allow ${name} now. Nothing was sent.`,
      wrong.state,
    );
  }
  const fitting = calls.filter(({ state }) => states.includes(state));
  if (fitting.length >= atLeast) return null;
  const [other] = calls.filter((call) => !fitting.includes(call));
  return invalidCallState(`${otherwise} Nothing was sent.`, other?.state ?? fitting[0]?.state ?? null);
}

function namedCalls(command: ResolvedCommand['command']): readonly KnownCall[] {
  return [
    'call' in command ? command.call : undefined,
    'heldCall' in command ? command.heldCall : undefined,
    'consultationCall' in command ? command.consultationCall : undefined,
    ...('calls' in command ? (command.calls ?? []) : []),
  ].filter((call) => call !== undefined);
}
