import { useState } from 'react';
import { Link } from 'wouter';
import { EventPathPanel } from '../phone/EventPathPanel.tsx';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/Button.tsx';
import { AddForm } from './AddForm.tsx';
import type { AddedPhone } from './documents.ts';
import { Match } from './Match.tsx';
import { Step } from './Step.tsx';

/** One phone, step by step, until its events arrive. */
export function AddOne() {
  const { floor } = useSession();
  const [phone, setPhone] = useState<AddedPhone | null>(null);
  const state = phone === null ? 'later' : 'now';
  return (
    <ol className="space-y-3">
      <Step number={1} title="Find the phone" state={phone === null ? 'now' : 'done'}>
        {phone === null ? (
          <AddForm
            onAdded={(added) => {
              setPhone(added);
              floor.refresh(added.id);
            }}
          />
        ) : undefined}
      </Step>
      <Step number={2} title="What it is" state={phone === null ? 'later' : 'done'}>
        {phone !== null && <Match phone={phone} />}
      </Step>
      <Step number={3} title="Let its events come in" state={state}>
        {phone !== null && (
          <>
            <p className="mb-3 text-[13px] text-soft">
              Write the action URLs to the phone, or download them and set them yourself. Then check the path: the
              gateway provokes a harmless event and waits for it.
            </p>
            <EventPathPanel phone={phone} />
          </>
        )}
      </Step>
      <Step number={4} title="Use it" state={state}>
        {phone !== null && (
          <div className="flex flex-wrap gap-2">
            <Link
              href={`/phones/${encodeURIComponent(phone.id)}`}
              className="inline-flex min-h-10 items-center rounded-lg bg-brand px-4 text-sm font-medium text-on-brand"
            >
              Open {phone.name}
            </Link>
            <Button onClick={() => setPhone(null)}>Add another</Button>
          </div>
        )}
      </Step>
    </ol>
  );
}
