import {
  type CallState,
  type Commands,
  confirmed,
  type DriverContext,
  failed,
  invalidArgument,
  type KnownCall,
  type NamedCall,
  notForTones,
  type Outcome,
  onEachNamedCall,
  onNamedCall,
  parseParty,
  placeOfAccount,
} from '@hookswitch/core';
import type { PolyOptions } from './options.ts';
import { tell } from './wire/reply.ts';
import {
  type CallCommand,
  callRequest,
  dialRequest,
  dtmfRequest,
  muteRequest,
  transferRequest,
} from './wire/requests.ts';

type Run<Name extends keyof Commands> = (command: Commands[Name], context: DriverContext) => Promise<Outcome>;
type CallCommandName =
  | 'dial'
  | 'answer'
  | 'hangUp'
  | 'hangUpAll'
  | 'reject'
  | 'setHold'
  | 'setMuted'
  | 'sendDtmf'
  | 'transfer';

const ANY: readonly CallState[] = ['CONNECTED', 'DIALING', 'RINGING', 'HELD'];
const idName = 'CallReference';

/**
 * The commands on the calls of a phone with these options. Each names its call: without a name a VVX is reported to have dropped a call that was
 * to be held, so nothing is sent then.
 */
export function callCommands({ accounts, refForm }: PolyOptions): { readonly [Name in CallCommandName]: Run<Name> } {
  const refOf = ({ id }: NamedCall): string => (refForm === '0x' ? `0x${id}` : id);
  // A call that rings is no active call yet.
  const end = (one: NamedCall, context: DriverContext): Promise<Outcome> =>
    tell(context, callRequest(one.call.state === 'RINGING' ? 'rejectCall' : 'endCall', refOf(one)));
  const on = (states: readonly CallState[], name: CallCommand) =>
    onNamedCall<{ readonly call?: KnownCall | undefined }>({ idName, states }, (one, _, context) =>
      tell(context, callRequest(name, refOf(one))),
    );
  const [hold, resume] = [on(['CONNECTED'], 'holdCall'), on(['HELD'], 'resumeCall')];
  return {
    async dial({ to, from }, context) {
      const { number, uri } = parseParty(to);
      const Dest = uri?.replace(/^\w+:/, '') ?? number;
      if (Dest === null) return failed(invalidArgument('to', 'There is neither a number nor a SIP URI in it.'));
      const place = placeOfAccount(from, accounts, 'lines in the option accounts') ?? 0;
      if (typeof place !== 'number') return place;
      const Type = uri?.startsWith('sip') === true ? 'SIP' : 'TEL';
      return tell(context, dialRequest({ Dest, Line: `${place + 1}`, Type }));
    },
    answer: on(['RINGING'], 'answerCall'),
    reject: on(['RINGING'], 'rejectCall'),
    hangUp: onNamedCall({ idName, states: ANY }, (one, _, context) => end(one, context)),
    hangUpAll: ({ calls }, context) => onEachNamedCall(calls, context, { idName, act: (one) => end(one, context) }),
    async setHold(command, context) {
      if (command.call?.state === (command.held ? 'HELD' : 'CONNECTED')) return confirmed(false);
      return (command.held ? hold : resume)(command, context);
    },
    setMuted: ({ muted }, context) => tell(context, muteRequest(muted)),
    sendDtmf: async ({ call, digits }, context) => notForTones(call) ?? tell(context, dtmfRequest(digits)),
    transfer: onNamedCall<Commands['transfer']>({ idName, states: ['CONNECTED', 'HELD'] }, (one, { to }, context) =>
      tell(context, transferRequest(refOf(one), parseParty(to).number ?? to)),
    ),
  };
}
