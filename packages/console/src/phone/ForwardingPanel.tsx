import { type FormEvent, useState } from 'react';
import type { Command } from '../live/documents.ts';
import { useFloor } from '../live/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { outcomeOf } from '../ui/command-words.ts';
import { Field, TextInput } from '../ui/Field.tsx';
import { clock } from '../ui/now.ts';
import { Empty, Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import type { PhoneDetails } from './documents.ts';
import { type ForwardingKind, ForwardingMutation } from './mutations.ts';
import { useCommandsOf, useRun } from './use-run.ts';

const KINDS: readonly { readonly kind: ForwardingKind; readonly name: string }[] = [
  { kind: 'ALWAYS', name: 'Every call' },
  { kind: 'BUSY', name: 'When the phone is busy' },
  { kind: 'NO_ANSWER', name: 'When nobody answers' },
];

/** Where calls go instead, each with what the phone last told of it. */
export function ForwardingPanel({ phone }: { readonly phone: PhoneDetails }) {
  const can = phone.capabilities.some(({ capability }) => capability === 'FORWARDING');
  // Snom's phones report forwarding as one switch, whichever kind it is.
  const any = phone.features.find(({ feature }) => feature === 'FORWARD');
  const example = { phoneId: phone.id, command: { kind: 'BUSY' as const, enabled: true, target: '300' } };
  return (
    <Panel
      title="Forwarding"
      aside={<QueryLink label="Forwarding" document={ForwardingMutation} variables={example} />}
    >
      {!can && <Empty>This phone’s forwarding cannot be set from afar.</Empty>}
      {can && any !== undefined && (
        <p className="mb-3 border-b border-line pb-3 text-[13px]">
          {any.enabled
            ? 'The phone reports that calls are forwarded. It does not say which.'
            : 'The phone reports that no call is forwarded.'}
        </p>
      )}
      {can && (
        <ul className="divide-y divide-line">
          {KINDS.map((one) => (
            <Row key={one.kind} phone={phone} {...one} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface RowProps {
  readonly phone: PhoneDetails;
  readonly kind: ForwardingKind;
  readonly name: string;
}

function Row({ phone, kind, name }: RowProps) {
  const run = useRun(phone.id);
  const { phones } = useFloor();
  const known = phone.features.find(({ feature }) => feature === `FORWARD_${kind}`);
  const [target, setTarget] = useState(known?.target ?? '');
  const isOn = known?.enabled === true;
  const asked = useCommandsOf(phone.id).commands.findLast(
    (command) => command.name === 'setForwarding' && command.arguments['kind'] === kind,
  );
  const set = (event: FormEvent) => {
    event.preventDefault();
    void run(ForwardingMutation, { command: { kind, enabled: true, target: target.trim() } });
  };
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      <form aria-label={name} className="flex flex-wrap items-end gap-2" onSubmit={set}>
        <Field label={name} hint={toldOf(known)} className="min-w-44 flex-1">
          {(control) => (
            <TextInput
              {...control}
              required
              list={`to-${kind}`}
              autoComplete="off"
              placeholder="Number or colleague"
              value={target}
              onChange={(event) => setTarget(event.target.value)}
            />
          )}
        </Field>
        <datalist id={`to-${kind}`}>
          {phones.map(
            ({ id, name: label, number }) => number !== null && <option key={id} value={number} label={label} />,
          )}
        </datalist>
        <div className="mb-5 flex gap-2">
          <Button type="submit" look={isOn ? 'plain' : 'primary'}>
            {isOn ? 'Change' : 'Forward'}
          </Button>
          <Button
            disabled={known?.enabled === false}
            onClick={() => void run(ForwardingMutation, { command: { kind, enabled: false } })}
          >
            Off
          </Button>
        </div>
      </form>
      {asked !== undefined && (
        <p role="status" className="flex flex-wrap items-center gap-2 text-xs">
          <StatusBadge command={asked} />
          <span className="min-w-0 text-soft">
            Asked last: {askedOf(asked)}. {outcomeOf(asked)}
          </span>
        </p>
      )}
    </li>
  );
}

function askedOf({ arguments: given }: Command): string {
  return given['enabled'] === true ? `on, to ${String(given['target'])}` : 'off';
}

function toldOf(known: PhoneDetails['features'][number] | undefined): string {
  if (known === undefined) return 'The phone has not told how this stands.';
  const since = known.since === null ? '' : ` since ${clock(known.since)}`;
  return known.enabled ? `On${known.target === null ? '' : `, to ${known.target}`}${since}.` : `Off${since}.`;
}
