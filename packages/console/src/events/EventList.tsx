import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { clock } from '../ui/now.ts';
import type { PhoneEvent } from './documents.ts';
import { eventDetail, eventLook, eventTitle } from './event-words.ts';
import type { FeedRow } from './events-feed.ts';

interface EventListProps {
  readonly rows: readonly FeedRow[];
  readonly openedCall: string | null;
  readonly onOpen: (call: { readonly callId: string; readonly phoneId: string }) => void;
}

const ROW_HEIGHT = 44;

/** The rows, newest at the top. Those of a call lead to its timeline. */
export function EventList({ rows, openedCall, onOpen }: EventListProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // A row stays itself while others come above it: whoever has it in focus keeps it.
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  return (
    <section ref={scroller} aria-label="Events" className="min-h-0 overflow-y-auto">
      <ol className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 border-b border-line"
              style={{ top: start, height: ROW_HEIGHT }}
            >
              {'missed' in row ? (
                <p className="flex h-full items-center bg-ring-wash px-5 text-[13px] text-ring">{row.missed}</p>
              ) : (
                <EventRow event={row.event} openedCall={openedCall} onOpen={onOpen} />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface EventRowProps extends Pick<EventListProps, 'openedCall' | 'onOpen'> {
  readonly event: PhoneEvent;
}

function EventRow({ event, openedCall, onOpen }: EventRowProps) {
  const call = event.__typename === 'CallEvent' ? event.call : null;
  const isOpened = call !== null && call.id === openedCall;
  const content = (
    <>
      <time dateTime={event.receivedAt} className="w-14 shrink-0 truncate text-xs text-soft tabular-nums sm:w-24">
        {clock(event.receivedAt)}
      </time>
      <span className="w-24 shrink-0 truncate font-medium sm:w-40">{event.phone.name}</span>
      <span className={`shrink-0 rounded-md px-1.5 py-0.5 text-xs font-medium ${eventLook(event)}`}>
        {eventTitle(event)}
      </span>
      <span className="min-w-0 truncate">{eventDetail(event)}</span>
      <span className="ml-auto hidden truncate font-mono text-xs text-soft sm:block">
        {event.vendorEvent ?? 'noticed by the gateway'}
      </span>
    </>
  );
  const classes = 'flex h-full w-full items-center gap-3 px-4 text-left text-[13px] md:px-5';
  if (call === null) return <div className={`${classes} bg-panel`}>{content}</div>;
  return (
    <button
      type="button"
      aria-pressed={isOpened}
      title="The timeline of this call"
      onClick={() => onOpen({ callId: call.id, phoneId: event.phone.id })}
      className={`${classes} -outline-offset-2 ${isOpened ? 'bg-brand-wash' : 'bg-panel hover:bg-raised'}`}
    >
      {content}
    </button>
  );
}
