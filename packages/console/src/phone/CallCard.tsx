import { Grid3x3, GripVertical, Mic, MicOff, Pause, Phone, PhoneForwarded, PhoneOff, Play, X } from 'lucide-react';
import { useState } from 'react';
import type { LiveCall } from '../live/documents.ts';
import { Button } from '../ui/Button.tsx';
import { partyFull, plainWords } from '../ui/names.ts';
import { duration, useNow } from '../ui/now.ts';
import { Keypad } from './Keypad.tsx';
import {
  AnswerMutation,
  CancelTransferMutation,
  CompleteTransferMutation,
  DtmfMutation,
  HangUpMutation,
  HoldMutation,
  MuteMutation,
  RejectMutation,
} from './mutations.ts';
import type { Run } from './use-run.ts';

/** What a dragged call is called on its way. */
export const CALL_TYPE = 'application/x-hookswitch-call';

const LOOKS: Readonly<Record<LiveCall['state'], string>> = {
  RINGING: 'bg-ring-wash text-ring',
  DIALING: 'bg-ring-wash text-ring',
  CONNECTED: 'bg-ok-wash text-ok',
  HELD: 'bg-hold-wash text-hold',
  ENDED: 'bg-calm-wash text-calm',
};

interface CallCardProps {
  readonly call: LiveCall;
  readonly run: Run;
  /** There is a call that a consultation could be completed with. */
  readonly hasHeld: boolean;
  /** The phone can send a ringing call elsewhere. */
  readonly canDeflect: boolean;
  readonly onTransfer: () => void;
}

/** A call with what can be done about it. It can be dragged onto a colleague. */
export function CallCard({ call, run, hasHeld, canDeflect, onTransfer }: CallCardProps) {
  const now = useNow();
  const [showsKeys, setShowsKeys] = useState(false);
  const isTalking = call.state === 'CONNECTED';
  const name = partyFull(call.remote);
  return (
    <li
      draggable
      aria-label={`Call with ${name}`}
      onDragStart={(event) => {
        event.dataTransfer.setData(CALL_TYPE, call.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      className="rounded-lg border border-line p-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <GripVertical aria-hidden className="-ml-1 size-4 cursor-grab text-soft" />
        <span className={`rounded-md px-1.5 py-0.5 text-xs font-medium ${LOOKS[call.state]}`}>
          {plainWords(call.state)}
          {call.heldByRemote === true && ', held by them'}
        </span>
        <strong className="min-w-0 truncate text-sm font-semibold">
          {call.direction === 'INCOMING' ? 'from ' : 'to '}
          {name}
        </strong>
        <span className="ml-auto text-sm text-soft tabular-nums">
          {duration(call.answeredAt ?? call.startedAt, now)}
        </span>
      </div>
      {call.consultationFor !== null && (
        <p className="mt-1 text-xs text-soft">They are being asked whether they take the held call.</p>
      )}
      {call.transfer?.state === 'FAILED' && (
        <p className="mt-1 text-xs text-bad">The transfer failed; the call is still here.</p>
      )}
      <Actions {...{ call, run, hasHeld, canDeflect, onTransfer, showsKeys, setShowsKeys }} />
      {showsKeys && isTalking && (
        <Keypad
          className="mt-3 max-w-60"
          onPress={(digits) => void run(DtmfMutation, { command: { callId: call.id, digits } }, { quiet: true })}
        />
      )}
    </li>
  );
}

interface ActionsProps extends CallCardProps {
  readonly showsKeys: boolean;
  readonly setShowsKeys: (shows: boolean) => void;
}

function Actions({ call, run, hasHeld, canDeflect, onTransfer, showsKeys, setShowsKeys }: ActionsProps) {
  const callId = call.id;
  const isRinging = call.state === 'RINGING';
  const isTalking = call.state === 'CONNECTED';
  const isHeld = call.state === 'HELD';
  const hold = (held: boolean) => void run(HoldMutation, { command: { callId, held } });
  return (
    <div className="mt-2.5 flex flex-wrap gap-1.5">
      {isRinging && (
        <>
          <Button small look="good" onClick={() => void run(AnswerMutation, { command: { callId } })}>
            <Phone aria-hidden className="size-4" /> Answer
          </Button>
          <Button small look="danger" onClick={() => void run(RejectMutation, { command: { callId } })}>
            <PhoneOff aria-hidden className="size-4" /> Reject
          </Button>
          {canDeflect && (
            <Button small onClick={onTransfer}>
              <PhoneForwarded aria-hidden className="size-4" /> Send elsewhere
            </Button>
          )}
        </>
      )}
      {(isTalking || isHeld) && (
        // One button for both, so that whoever pressed it by keyboard is still on it.
        <Button small onClick={() => hold(isTalking)}>
          {isHeld ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
          {isHeld ? 'Take back' : 'Hold'}
        </Button>
      )}
      {call.consultationFor !== null && hasHeld && (
        <>
          <Button
            small
            look="primary"
            onClick={() => void run(CompleteTransferMutation, { command: { consultationCallId: callId } })}
          >
            <PhoneForwarded aria-hidden className="size-4" /> Hand over
          </Button>
          <Button small onClick={() => void run(CancelTransferMutation, { command: { consultationCallId: callId } })}>
            <X aria-hidden className="size-4" /> Do not hand over
          </Button>
        </>
      )}
      {(isTalking || isHeld) && call.consultationFor === null && (
        <Button small onClick={onTransfer}>
          <PhoneForwarded aria-hidden className="size-4" /> Transfer
        </Button>
      )}
      {isTalking && (
        <>
          <Button small onClick={() => void run(MuteMutation, { command: { muted: call.muted !== true } })}>
            {call.muted === true ? <Mic aria-hidden className="size-4" /> : <MicOff aria-hidden className="size-4" />}
            {call.muted === true ? 'Unmute' : 'Mute'}
          </Button>
          <Button small aria-expanded={showsKeys} onClick={() => setShowsKeys(!showsKeys)}>
            <Grid3x3 aria-hidden className="size-4" /> Tones
          </Button>
        </>
      )}
      {!isRinging && (
        <Button
          small
          look="danger"
          className="ml-auto"
          onClick={() => void run(HangUpMutation, { command: { callId } })}
        >
          <PhoneOff aria-hidden className="size-4" /> Hang up
        </Button>
      )}
    </div>
  );
}
