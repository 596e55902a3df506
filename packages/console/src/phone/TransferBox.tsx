import { useEffect, useId, useRef, useState } from 'react';
import type { LiveCall } from '../live/documents.ts';
import { useFloor } from '../live/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { Field, TextInput } from '../ui/Field.tsx';
import { partyName } from '../ui/names.ts';
import { calleeOf } from './callee.ts';
import { DeflectMutation, type TransferKind, TransferMutation } from './mutations.ts';
import type { Run } from './use-run.ts';

/** A call on its way to somebody. */
export interface Aim {
  readonly callId: string;
  /** A number; empty: not known yet. */
  readonly to: string;
}

interface TransferBoxProps {
  readonly aim: Aim;
  readonly call: LiveCall;
  readonly run: Run;
  readonly onDone: () => void;
}

/** Asks where a call goes, and whether its new owner is asked first. One that rings goes there unanswered. */
export function TransferBox({ aim, call, run, onDone }: TransferBoxProps) {
  const { phones } = useFloor();
  const [to, setTo] = useState(aim.to);
  const [unclear, setUnclear] = useState<string | null>(null);
  const box = useRef<HTMLFormElement>(null);
  const listId = useId();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>(aim.to === '' ? 'input' : 'button')?.focus();
    return () => {
      // Whoever has no mouse goes on where they were.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [aim.to]);
  const isRinging = call.state === 'RINGING';
  const give = (kind: TransferKind) => {
    const callee = calleeOf(to, phones);
    if ('unclear' in callee) return setUnclear(callee.unclear);
    const target = { callId: aim.callId, to: callee.number };
    if (isRinging) void run(DeflectMutation, { command: target });
    else void run(TransferMutation, { command: { ...target, kind } });
    onDone();
  };
  return (
    <form
      ref={box}
      aria-label={`Transfer the call with ${partyName(call.remote)}`}
      className="mt-3 flex flex-wrap items-end gap-2 rounded-lg bg-raised p-3"
      onSubmit={(event) => {
        event.preventDefault();
        give('BLIND');
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onDone();
      }}
    >
      <Field label={`Transfer ${partyName(call.remote)} to`} className="min-w-44 flex-1">
        {(control) => (
          <TextInput
            {...control}
            list={listId}
            autoComplete="off"
            placeholder="Number, SIP URI or colleague"
            value={to}
            onChange={(event) => {
              setTo(event.target.value);
              setUnclear(null);
            }}
          />
        )}
      </Field>
      <datalist id={listId}>
        {phones.map(({ id, name, number }) => number !== null && <option key={id} value={number} label={name} />)}
      </datalist>
      <Button type="submit" look="primary">
        {isRinging ? 'Send it there' : 'Transfer now'}
      </Button>
      {!isRinging && <Button onClick={() => give('ATTENDED')}>Ask first</Button>}
      <Button look="ghost" onClick={onDone}>
        Cancel
      </Button>
      {unclear !== null && (
        <p role="alert" className="w-full text-[13px] text-bad">
          {unclear}
        </p>
      )}
    </form>
  );
}
