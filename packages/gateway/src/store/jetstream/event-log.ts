import { matchesEvent } from '../../events/event-filter.ts';
import type { Instant, LoggedEvent } from '../../model.ts';
import { StoreError } from '../errors.ts';
import { Groups, type Work } from '../groups.ts';
import { pageSize } from '../page-size.ts';
import type { EventLog, EventQuery } from '../ports.ts';
import type { StreamConnection } from './connection.ts';
import { decodeEvent, phoneToken } from './event-codec.ts';
import { eventsAt } from './events-at.ts';
import type { FeatureStates } from './feature-states.ts';
import { followStream } from './follow-stream.ts';
import type { LateReceipts } from './late-receipts.ts';
import { type Appending, publishEvents } from './publish-events.ts';
import { walk } from './stream-reader.ts';

/** What is looked at in one go, from the end backwards. */
const WINDOW = 2_000;
/** So many phones are named to the servers; of more all events are read. */
const MOST_SUBJECTS = 100;

/** The event log in JetStream, with what its store asks of it. */
export interface JetStreamEventLog extends EventLog {
  /** Takes nothing more. Fulfilled when all that was given is written or refused. */
  drain(): Promise<void>;
}

/** What it works on. */
export interface JetStreamEventLogParts {
  readonly connection: StreamConnection;
  readonly late: LateReceipts;
  readonly features: FeatureStates;
  /** Told how a group ended; null: the stream took it. */
  readonly told: (fault: StoreError | null) => void;
}

/** The event log in JetStream: a place is the sequence of a message. */
export function createEventLog({ connection, late, features, told }: JetStreamEventLogParts): JetStreamEventLog {
  const groups = new Groups<Appending & Work>((group) => publishEvents(connection, late, group), told);
  let closed = false;
  const open = () => {
    if (closed) throw new StoreError('CLOSED', 'The store is closed.');
    return connection;
  };
  /** Of the oldest on, `most` at most. */
  const range = async (
    query: EventQuery,
    { after, through, most = Number.POSITIVE_INFINITY }: Range,
  ): Promise<LoggedEvent[]> => {
    const found: LoggedEvent[] = [];
    if (after >= through) return found;
    const subjects = subjectsOf(query, open());
    for await (const { sequence, text } of walk(open(), { sequence: after + 1 }, { through, subjects })) {
      const event = decodeEvent(sequence, text);
      if (matchesEvent(query, event)) found.push(event);
      if (found.length >= most) break;
    }
    return found;
  };
  const log: JetStreamEventLog = {
    async append(events) {
      if (events.length === 0) return [];
      const { promise, resolve, reject } = Promise.withResolvers<readonly LoggedEvent[]>();
      const appending: Appending & Work = { events, logged: [], done: () => resolve(appending.logged), failed: reject };
      groups.add(appending);
      const logged = await promise;
      await features.note(logged);
      return logged;
    },
    async read(query, { after = 0, before = Number.MAX_SAFE_INTEGER, limit: given, last = false }) {
      const limit = pageSize(given);
      const bounds = await log.bounds();
      const [from, to] = [Math.max(after, bounds.first - 1), Math.min(before - 1, bounds.last)];
      if (query.phoneIds?.length === 0) return [];
      // Of few phones the servers give their events alone, however far apart these are.
      const areFew = subjectsOf(query, open()) !== undefined;
      let size = Object.values(query).every((list) => list === undefined) ? limit : WINDOW;
      let found: LoggedEvent[] = [];
      if (last) {
        for (let end = to; end > from && found.length < limit; ) {
          const after = Math.max(from, end - size);
          found = [...(await range(query, { after, through: end })), ...found];
          end = after;
          if (areFew) size *= 2;
        }
        return found.slice(Math.max(0, found.length - limit));
      }
      if (areFew) return await range(query, { after: from, through: to, most: limit });
      for (let start = from; start < to && found.length < limit; start += size) {
        found.push(...(await range(query, { after: start, through: Math.min(to, start + size) })));
      }
      return found.slice(0, limit);
    },
    async get(sequence) {
      const [event] = await eventsAt(open(), [sequence]);
      return event ?? null;
    },
    at: (sequences) => eventsAt(open(), sequences),
    async bounds() {
      const { first_seq: first, last_seq: last } = (await open().info()).state;
      return last === 0 ? { first: 0, last: 0 } : { first, last };
    },
    async lastReceivedAt() {
      const newest = new Map<string, Instant>();
      const { last: through } = await log.bounds();
      for await (const { sequence, text } of walk(open(), 'NEWEST_OF_EACH', { through })) {
        const { phoneId, receivedAt } = decodeEvent(sequence, text);
        newest.set(phoneId, receivedAt);
      }
      return newest;
    },
    follow: ({ take, ...following }) =>
      followStream(open(), {
        ...following,
        async take(event, told) {
          // Whoever hears of it reads how the switch stands since.
          await features.follow(event);
          await take(event, told);
        },
      }),
    async drain() {
      await groups.drain();
      closed = true;
    },
  };
  return log;
}

interface Range {
  readonly after: number;
  readonly through: number;
  readonly most?: number | undefined;
}

/** Subjects of the phones that are wanted; undefined: of all, or of more than the server takes by name. */
function subjectsOf(
  { phoneIds }: EventQuery,
  { subject, connection }: StreamConnection,
): readonly string[] | undefined {
  const phones = new Set(phoneIds);
  if (phones.size === 0 || phones.size > (takesSeveral(connection.info?.version) ? MOST_SUBJECTS : 1)) return undefined;
  return [...phones].map((phoneId) => `${subject}.${phoneToken(phoneId)}`);
}

/** Servers before 2.10 take one subject for a consumer. */
function takesSeveral(version = '0.0'): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 10);
}
