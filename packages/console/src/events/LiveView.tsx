import { Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/Button.tsx';
import { TextInput } from '../ui/Field.tsx';
import { Empty } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { CallTimeline } from './CallTimeline.tsx';
import { EventsSubscription, type PhoneEvent } from './documents.ts';
import { EventList } from './EventList.tsx';
import { type EventType, eventDetail, eventTitle } from './event-words.ts';
import { EventsFeed, type FeedRow, type FeedSnapshot } from './events-feed.ts';
import { TypeFilter } from './TypeFilter.tsx';

const WORDS: Readonly<Record<FeedSnapshot['stream'], string>> = {
  live: 'Live',
  connecting: 'Connecting…',
  waiting: 'The network is gone. It goes on where it stopped.',
  paused: 'Paused. Resuming brings what came meanwhile.',
  refused: 'Your key does not allow reading events.',
};

/** Events of all phones as they come, and the life of a call. */
export function LiveView() {
  const { api } = useSession();
  const [feed] = useState(() => new EventsFeed(api));
  const { rows, stream, cursor } = useSyncExternalStore(feed.subscribe, feed.snapshot);
  const [search, setSearch] = useState('');
  const [types, setTypes] = useState<readonly EventType[]>([]);
  const [opened, setOpened] = useState<{ readonly callId: string; readonly phoneId: string } | null>(null);
  useEffect(() => {
    void feed.start();
    return () => feed.stop();
  }, [feed]);
  const shown = useMemo(() => rows.filter((row) => isWanted(row, search.toLowerCase(), types)), [rows, search, types]);
  const isPaused = stream === 'paused';
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Live</h1>
      <div className="flex flex-wrap items-center gap-2 border-b border-line bg-panel px-4 py-2.5 md:px-5">
        <Button look={isPaused ? 'primary' : 'plain'} onClick={() => (isPaused ? void feed.start() : feed.pause())}>
          {isPaused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <TextInput
          type="search"
          aria-label="Filter events"
          placeholder="Phone, party, event…"
          className="min-w-36 flex-1 sm:max-w-64"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <TypeFilter types={types} onChange={setTypes} />
        <p role="status" aria-label="Events" className="ml-auto text-[13px] text-soft">
          {WORDS[stream]}
        </p>
        <QueryLink label="Live events" document={EventsSubscription} variables={{ after: cursor }} />
      </div>
      <div className="grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_auto]">
        <EventList rows={shown} openedCall={opened?.callId ?? null} onOpen={setOpened} />
        {opened !== null && <CallTimeline {...opened} newest={rows[0]?.id ?? ''} onClose={() => setOpened(null)} />}
      </div>
      {rows.length === 0 && stream !== 'connecting' && (
        <Empty>No phone has reported anything yet. Whatever happens at one comes up here.</Empty>
      )}
    </div>
  );
}

function isWanted(row: FeedRow, search: string, types: readonly EventType[]): boolean {
  if ('missed' in row) return true;
  const { event } = row;
  if (types.length > 0 && !types.includes(event.__typename)) return false;
  return search === '' || textOf(event).includes(search);
}

function textOf(event: PhoneEvent): string {
  return [event.phone.name, eventTitle(event), eventDetail(event), event.vendorEvent].join(' ').toLowerCase();
}
