import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { IconButton } from '../ui/Button.tsx';
import { partyFull, plainWords } from '../ui/names.ts';
import { clock } from '../ui/now.ts';
import { Empty } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { CallTimelineQuery, type PhoneEvent, type TimelineCall } from './documents.ts';
import { eventLook, eventTitle } from './event-words.ts';

interface CallTimelineProps {
  readonly callId: string;
  readonly phoneId: string;
  /** The newest event of the feed: with each the call may have changed. */
  readonly newest: string;
  readonly onClose: () => void;
}

/** The life of a call, step by step, with what the phone itself called each. */
export function CallTimeline({ callId, phoneId, newest, onClose }: CallTimelineProps) {
  const variables = { id: callId, phoneIds: [phoneId] };
  const [{ data }, read] = useQuery({ query: CallTimelineQuery, variables });
  useEffect(() => {
    if (newest !== '') read({ requestPolicy: 'network-only' });
  }, [newest, read]);
  const call = data?.node?.__typename === 'Call' ? data.node : null;
  const steps = (data?.events.nodes ?? []).filter(
    (event) => event.__typename === 'CallEvent' && event.call?.id === callId,
  );
  return (
    <aside
      aria-label="Timeline of the call"
      className="min-h-0 overflow-y-auto border-line bg-panel max-lg:border-t lg:w-96 lg:border-l"
    >
      <header className="sticky top-0 flex items-center gap-2 border-b border-line bg-panel px-4 py-2">
        <h2 className="mr-auto text-sm font-semibold">Timeline of the call</h2>
        <QueryLink label="Timeline" document={CallTimelineQuery} variables={variables} />
        <IconButton small label="Close the timeline" className="!size-8" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </header>
      {call === null ? <Empty>Reading the call…</Empty> : <Life call={call} steps={steps} />}
    </aside>
  );
}

interface LifeProps {
  readonly call: TimelineCall;
  readonly steps: readonly PhoneEvent[];
}

function Life({ call, steps }: LifeProps) {
  const start = Date.parse(call.startedAt);
  return (
    <div className="p-4">
      <p className="text-sm">
        <Link
          href={`/phones/${encodeURIComponent(call.phone.id)}`}
          className="font-semibold underline underline-offset-2"
        >
          {call.phone.name}
        </Link>{' '}
        {call.direction === 'INCOMING' ? 'called by' : 'calls'} <strong>{partyFull(call.remote)}</strong>
      </p>
      <p className="mt-1 text-xs text-soft">
        {clock(call.startedAt)} · {plainWords(call.state)}
        {call.endReason !== null && `, ${plainWords(call.endReason).toLowerCase()}`}
        {call.endInferred && ' (the phone never said so; the gateway closed it)'}
      </p>
      <ol className="mt-5 border-l-2 border-line pl-5">
        {steps.map((event) => (
          <li key={event.id} className="relative pb-5 last:pb-0">
            <span
              aria-hidden
              className="absolute top-1.5 -left-[26px] size-2.5 rounded-full border-2 border-panel bg-edge"
            />
            <p className="flex flex-wrap items-center gap-2">
              <span className={`rounded-md px-1.5 py-0.5 text-xs font-medium ${eventLook(event)}`}>
                {eventTitle(event)}
              </span>
              <span className="text-xs text-soft tabular-nums">+{seconds(Date.parse(event.receivedAt) - start)}</span>
            </p>
            <p className="mt-1 font-mono text-xs break-all text-soft">
              {event.vendorEvent ?? 'noticed by the gateway'}
            </p>
            {event.variables.length > 0 && (
              <details className="mt-1 text-xs">
                <summary className="text-soft">What the phone sent</summary>
                <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 font-mono">
                  {event.variables.map(({ name, value }) => (
                    <div key={name} className="contents">
                      <dt className="text-soft">{name}</dt>
                      <dd className="break-all">{value}</dd>
                    </div>
                  ))}
                </dl>
              </details>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
