import { RefreshCw, Users } from 'lucide-react';
import { useState } from 'react';
import { CallsSubscription } from '../live/documents.ts';
import type { FloorPhone } from '../live/floor-phone.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Empty, Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { CallCard } from './CallCard.tsx';
import { Colleagues } from './Colleagues.tsx';
import type { PhoneDetails } from './documents.ts';
import { ConferenceMutation, RefreshCallsMutation } from './mutations.ts';
import { type Aim, TransferBox } from './TransferBox.tsx';
import { useRun } from './use-run.ts';

/** The phone's calls as they go on, and to whom they may be given. */
export function CallsPanel({ phone, live }: { readonly phone: PhoneDetails; readonly live: FloorPhone | undefined }) {
  const run = useRun(phone.id);
  const [aim, setAim] = useState<Aim | null>(null);
  const calls = live?.calls ?? [];
  const aimed = calls.find(({ id }) => id === aim?.callId);
  const can = (wanted: PhoneDetails['capabilities'][number]['capability']) =>
    phone.capabilities.some(({ capability }) => capability === wanted);
  const joinable = calls.filter(({ state }) => state === 'CONNECTED' || state === 'HELD');
  return (
    <Panel
      title="Calls"
      aside={
        <>
          <IconButton
            small
            label="Ask the phone for its calls"
            className="!size-8"
            onClick={() => void run(RefreshCallsMutation, {})}
          >
            <RefreshCw aria-hidden className="size-4" />
          </IconButton>
          <QueryLink label="Calls" document={CallsSubscription} variables={{ filter: { phoneIds: [phone.id] } }} />
        </>
      }
    >
      {calls.length === 0 && <Empty>No call. Dial above, or wait for one to ring.</Empty>}
      <ul className="space-y-2">
        {calls.map((call) => (
          <CallCard
            key={call.id}
            call={call}
            run={run}
            canDeflect={can('DEFLECT')}
            hasHeld={calls.some(({ state }) => state === 'HELD')}
            onTransfer={() => setAim({ callId: call.id, to: '' })}
          />
        ))}
      </ul>
      {joinable.length > 1 && can('CONFERENCE') && (
        <Button
          small
          className="mt-2"
          onClick={() => void run(ConferenceMutation, { command: { callIds: joinable.map(({ id }) => id) } })}
        >
          <Users aria-hidden className="size-4" /> Talk with all {joinable.length}
        </Button>
      )}
      {aim !== null && aimed !== undefined && (
        <TransferBox key={`${aim.callId}${aim.to}`} aim={aim} call={aimed} run={run} onDone={() => setAim(null)} />
      )}
      {calls.length > 0 && (
        <Colleagues
          ownId={phone.id}
          onDrop={(callId, to) => setAim({ callId, to })}
          onChoose={(to) => {
            const [first] = calls;
            if (first !== undefined) setAim({ callId: aimed?.id ?? first.id, to });
          }}
        />
      )}
    </Panel>
  );
}
