import {
  ACCEPTED,
  type CallState,
  type Commands,
  confirmed,
  type DriverContext,
  failed,
  type HttpRequest,
  invalidArgument,
  invalidCallState,
  type KnownCall,
  type Outcome,
  parseParty,
  stateUnknown,
} from '@hookswitch/core';
import type { PolyOptions } from './options.ts';
import { readReply } from './wire/reply.ts';
import { callRequest, dialRequest, dtmfRequest, muteRequest, transferRequest } from './wire/requests.ts';

type Run<Name extends keyof Commands> = (command: Commands[Name], context: DriverContext) => Promise<Outcome>;

/** The commands on calls: each names its call, since what the phone does without a name is not known. */
interface CallCommands {
  readonly dial: Run<'dial'>;
  readonly answer: Run<'answer'>;
  readonly hangUp: Run<'hangUp'>;
  readonly hangUpAll: Run<'hangUpAll'>;
  readonly reject: Run<'reject'>;
  readonly setHold: Run<'setHold'>;
  readonly setMuted: Run<'setMuted'>;
  readonly sendDtmf: Run<'sendDtmf'>;
  readonly transfer: Run<'transfer'>;
}

async function tell({ http }: DriverContext, request: HttpRequest): Promise<Outcome> {
  const reply = readReply(await http.send(request));
  return 'refusal' in reply ? reply.refusal : ACCEPTED;
}

/** A call, and how it is named to the phone. */
interface Addressed {
  readonly call: KnownCall;
  readonly ref: string;
}

/**
 * The call that a command is about: the one named, else the only one of the first of these states that a call is in. Without
 * a name a VVX is reported to have dropped a call that was to be held: nothing is sent then.
 */
function addressed(
  call: KnownCall | undefined,
  { calls }: DriverContext,
  { refForm, states }: { readonly refForm: PolyOptions['refForm']; readonly states: readonly CallState[] },
): Addressed | { readonly refusal: Outcome } {
  const state = states.find((wanted) => calls.some((one) => one.state === wanted));
  const [only, ...others] = call === undefined ? calls.filter((one) => one.state === state) : [call];
  if (only === undefined)
    return { refusal: failed(invalidCallState('The gateway knows of no such call: refreshCalls asks for them.')) };
  if (others.length > 0) return { refusal: failed(stateUnknown('There are several such calls: name one of them.')) };
  const reference = only.vendorIds['CallReference'] ?? '';
  if (reference === '')
    return { refusal: failed(stateUnknown('The phone has not named that call yet: refreshCalls has it do so.')) };
  return { call: only, ref: refForm === '0x' ? `0x${reference}` : reference };
}

const ANY: readonly CallState[] = ['CONNECTED', 'DIALING', 'RINGING', 'HELD'];

/** The commands on the calls of a phone with these options. */
export function callCommands({ accounts, refForm }: PolyOptions): CallCommands {
  const on = async (
    [call, states]: readonly [KnownCall | undefined, readonly CallState[]],
    context: DriverContext,
    request: (addressed: Addressed) => HttpRequest,
  ): Promise<Outcome> => {
    const found = addressed(call, context, { refForm, states });
    return 'refusal' in found ? found.refusal : tell(context, request(found));
  };
  // A call that rings is no active call yet.
  const end = ({ call, ref }: Addressed): HttpRequest =>
    callRequest(call.state === 'RINGING' ? 'rejectCall' : 'endCall', ref);
  return {
    async dial({ to, from }, context) {
      const { number, uri } = parseParty(to);
      const dest = uri?.replace(/^\w+:/, '') ?? number;
      if (dest === null) return failed(invalidArgument('to', 'There is neither a number nor a SIP URI in it.'));
      const place = from === undefined ? 0 : accounts.indexOf(from.replace(/^sips?:/i, ''));
      if (place === -1) return failed(invalidArgument('from', 'It is none of the lines in the option accounts.'));
      const type = uri?.startsWith('sip') === true ? 'SIP' : 'TEL';
      return tell(context, dialRequest({ dest, line: place + 1, type }));
    },
    answer: ({ call }, context) => on([call, ['RINGING']], context, ({ ref }) => callRequest('answerCall', ref)),
    reject: ({ call }, context) => on([call, ['RINGING']], context, ({ ref }) => callRequest('rejectCall', ref)),
    hangUp: ({ call }, context) => on([call, ANY], context, end),
    async hangUpAll({ calls = undefined }, context) {
      const found = (calls ?? context.calls).map((call) => addressed(call, context, { refForm, states: ANY }));
      const [unnamed] = found.flatMap((one) => ('refusal' in one ? [one.refusal] : []));
      if (unnamed !== undefined) return unnamed;
      for (const one of found) {
        if ('refusal' in one) continue;
        const outcome = await tell(context, end(one));
        if (outcome.status !== 'ACCEPTED') return outcome;
      }
      return found.length === 0 ? confirmed(false) : ACCEPTED;
    },
    async setHold({ call, held }, context) {
      if (call?.state === (held ? 'HELD' : 'CONNECTED')) return confirmed(false);
      const states: readonly CallState[] = [held ? 'CONNECTED' : 'HELD'];
      return on([call, states], context, ({ ref }) => callRequest(held ? 'holdCall' : 'resumeCall', ref));
    },
    setMuted: ({ muted }, context) => tell(context, muteRequest(muted)),
    async sendDtmf({ call, digits }, context) {
      if (call !== undefined && call.state !== 'CONNECTED')
        return failed(invalidCallState('The phone sends tones into the call that is connected.', call.state));
      return tell(context, dtmfRequest(digits));
    },
    transfer: ({ call, to }, context) =>
      on([call, ['CONNECTED', 'HELD']], context, ({ ref }) => transferRequest(ref, parseParty(to).number ?? to)),
  };
}
