import {
  type CapabilityMap,
  type DriverContext,
  failed,
  invalidCallState,
  notHere,
  type Outcome,
} from '@hookswitch/core';
import { cancelKey, holdKey } from '../keys.ts';
import { type SnomPhone, takesCsta } from '../phone.ts';
import { dialRequest, digitEvents, type KeyEvent, keysRequest } from '../wire/command-htm.ts';
import {
  clearConnection,
  consultationCall,
  holdCall,
  makeCall,
  retrieveCall,
  singleStepTransferCall,
  transferCall,
} from '../wire/csta-requests.ts';
import { readDialReply } from '../wire/page-reply.ts';
import { isKeypadNumber, undialable } from './arguments.ts';
import { defaultDevice } from './calls-by-csta.ts';
import { sendCsta, sendPage } from './send.ts';
import { inOrder } from './steps.ts';
import { chosenCall, chosenId, cstaIdOf, inState, outOfFocus, talking } from './which-call.ts';

const consulting = inState('CONNECTED', 'DIALING');

/** A blind transfer by SingleStepTransferCall. */
export function blindByCsta(phone: SnomPhone): CapabilityMap['TRANSFER_BLIND'] {
  return {
    async transfer({ call, to }, context) {
      const wrong = undialable('to', to);
      if (wrong !== null) return wrong;
      const chosen = chosenId(call, context, talking);
      return 'outcome' in chosen ? chosen.outcome : sendCsta(phone, context, singleStepTransferCall(chosen.id, to));
    },
  };
}

/**
 * A blind transfer by keys: TRANSFER, the digits, ENTER. A SIP URI has no keys: it is dialled after TRANSFER. Not where
 * the phone has two calls: there TRANSFER joins them.
 */
export function blindByKeys(phone: SnomPhone): CapabilityMap['TRANSFER_BLIND'] {
  return {
    async transfer({ call, to }, context) {
      const wrong = undialable('to', to) ?? outOfFocus(call, context, talking);
      if (wrong === null && context.calls.filter(talking).length > 1) {
        return notHere('With two calls the TRANSFER key joins them.');
      }
      return wrong ?? keysThenNumber(phone, context, { first: 'TRANSFER', to, left: 'TRANSFER was pressed.' });
    },
  };
}

/** The device that HoldCall and MakeCall need in place of ConsultationCall, before 8.7.4: the option `accounts`. */
export function canConsultByMakeCall(phone: SnomPhone): boolean {
  return takesCsta('TransferCall')(phone) && phone.options.accounts.length > 0;
}

/**
 * An attended transfer by CSTA: ConsultationCall, before 8.7.4 HoldCall and MakeCall in its place; then TransferCall.
 */
export function attendedByCsta(phone: SnomPhone): CapabilityMap['TRANSFER_ATTENDED'] {
  return {
    async transfer({ call, to }, context) {
      const wrong = undialable('to', to);
      if (wrong !== null) return wrong;
      if (chosenCall(call, context, talking)?.state === 'HELD')
        return notHere('A consultation begins with an active call.');
      const chosen = chosenId(call, context, inState('CONNECTED'));
      if ('outcome' in chosen) return chosen.outcome;
      if (takesCsta('ConsultationCall')(phone)) return sendCsta(phone, context, consultationCall(chosen.id, to));
      const device = defaultDevice(phone);
      if (device === null) return notHere('Before firmware 8.7.4 CSTA needs an identity: set the option accounts.');
      return inOrder([
        { run: () => sendCsta(phone, context, holdCall(chosen.id)) },
        { run: () => sendCsta(phone, context, makeCall(device, to)), left: 'The call is held.' },
      ]);
    },
    async completeTransfer({ heldCall, consultationCall: consultation }, context) {
      const held = chosenId(heldCall, context, inState('HELD'));
      if ('outcome' in held) return held.outcome;
      const active = chosenId(consultation, context, consulting);
      return 'outcome' in active ? active.outcome : sendCsta(phone, context, transferCall(held.id, active.id));
    },
    async cancelTransfer({ consultationCall: consultation }, context) {
      const active = chosenId(consultation, context, consulting);
      if ('outcome' in active) return active.outcome;
      const held = cstaIdOf(chosenCall(undefined, context, inState('HELD')) ?? undefined);
      if (held === null) return notHere('The held call, or its csta_id, is not known.');
      return inOrder([
        { run: () => sendCsta(phone, context, clearConnection(active.id)) },
        {
          run: () => sendCsta(phone, context, retrieveCall(held)),
          left: 'The consultation was ended, the first call is still held.',
        },
      ]);
    },
  };
}

/**
 * An attended transfer by keys, Snom's recipe ("Can I control my snom phone remotely"): HOLD, the digits, ENTER; then
 * TRANSFER, and where the phone's "Call Join on Xfer" is on, ENTER too. HOLD is a toggle: it is left out where the
 * call is known to be held already.
 */
export function attendedByKeys(phone: SnomPhone): CapabilityMap['TRANSFER_ATTENDED'] {
  return {
    async transfer({ call, to }, context) {
      const wrong = undialable('to', to) ?? outOfFocus(call, context, talking);
      if (wrong !== null) return wrong;
      const held = chosenCall(call, context, talking)?.state === 'HELD';
      const first = held ? null : holdKey(phone);
      return keysThenNumber(phone, context, { first, to, left: 'The call is held.' });
    },
    async completeTransfer(_, context) {
      const wrong = noPair(context);
      if (wrong !== null) return wrong;
      const join = phone.options.callJoinOnTransfer
        ? [pauseAfter('TRANSFER', phone), { key: 'ENTER' }]
        : [{ key: 'TRANSFER' }];
      return sendPage(context, keysRequest(join));
    },
    async cancelTransfer(_, context) {
      const wrong = noPair(context);
      if (wrong !== null) return wrong;
      return sendPage(context, keysRequest([pauseAfter(cancelKey(phone), phone), { key: holdKey(phone) }]));
    },
  };
}

interface KeysThenNumber {
  /** The key to begin with; null: none. */
  readonly first: string | null;
  readonly to: string;
  readonly left: string;
}

/** One key command where the keypad has all of the number, else the first key and then `number=`. */
async function keysThenNumber(phone: SnomPhone, context: DriverContext, recipe: KeysThenNumber): Promise<Outcome> {
  const { first, to, left } = recipe;
  const begin = first === null ? [] : [pauseAfter(first, phone)];
  if (isKeypadNumber(to)) {
    return sendPage(context, keysRequest([...begin, ...digitEvents(to), { key: 'ENTER' }]));
  }
  const dial = () => sendPage(context, dialRequest(to), readDialReply);
  if (first === null) return dial();
  return inOrder([{ run: () => sendPage(context, keysRequest([{ key: first }])) }, { run: dial, left }]);
}

function pauseAfter(key: string, phone: SnomPhone): KeyEvent {
  const { stepPauseMs } = phone.options;
  return stepPauseMs === 0 ? { key } : { key, pauseMs: stepPauseMs };
}

/** Why keys cannot end a consultation: they would act on other calls than the held one and the consultation. */
export function noPair({ calls }: DriverContext): Outcome<never> | null {
  if (calls.length > 2) return notHere('Keys act on the call in focus, and the phone has other calls.');
  if (calls.length < 2 || !calls.every(inState('HELD'))) return null;
  return failed(invalidCallState('Both calls are held: take the consultation back with setHold first.', 'HELD'));
}
