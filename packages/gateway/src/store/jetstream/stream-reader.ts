import { type Consumer, DeliverPolicy, type OrderedConsumerOptions, type StoredMsg } from '@nats-io/jetstream';
import type { StreamConnection } from './connection.ts';
import { away } from './faults.ts';

/** A message as it stands in the stream. */
export interface StreamMessage {
  readonly sequence: number;
  readonly text: string;
  /** What it was given under; empty: nothing. */
  readonly messageId: string;
}

/** Where a walk begins; or that it goes over the newest message of each subject only. */
export type WalkStart = { readonly sequence: number } | { readonly time: number } | 'NEWEST_OF_EACH';

/** What is walked over. */
export interface WalkOptions {
  readonly through: number;
  readonly headersOnly?: boolean | undefined;
  /** Only messages of these. Left out: all. */
  readonly subjects?: readonly string[] | undefined;
}

/** A walk: where it began, over which subjects. */
interface Way {
  readonly start: WalkStart;
  readonly subjects: WalkOptions['subjects'];
}

const PAGE = 1_000;
const EXPIRES_MS = 2_000;
/** A consumer whose gateway has died goes by itself. */
const INACTIVE_NANOS = 30_000_000_000;

/**
 * All messages from a place or a time on, through a place, in order. A server of the cluster that lags behind the others may give them:
 * that there are no more is what the one that leads the stream says.
 * @throws StoreError `AWAY` where the stream is lost, or does not give all of them in time
 */
export async function* walk(
  connection: StreamConnection,
  start: WalkStart,
  { through, headersOnly = false, subjects }: WalkOptions,
): AsyncGenerator<StreamMessage, void, undefined> {
  const way: Way = { start, subjects };
  try {
    const consumer = await connection.js.consumers.get(connection.stream, {
      ...startOf(start),
      ...filterOf(way, connection),
      headers_only: headersOnly,
      inactive_threshold: INACTIVE_NANOS,
    });
    try {
      let pending = await pendingOf(consumer);
      let last = 0;
      while (last < through) {
        const lags = pending === 0;
        if (lags && !(await isMore(connection, way, last))) break;
        const before = last;
        for await (const message of await consumer.fetch({
          max_messages: lags ? 1 : Math.min(PAGE, pending, mostOf(start, last, through)),
          expires: EXPIRES_MS,
        })) {
          last = message.seq;
          pending = Math.max(0, pending - 1);
          if (last > through) break;
          yield { sequence: last, text: message.string(), messageId: message.headers?.get('Nats-Msg-Id') ?? '' };
        }
        if (last === before) {
          // What was still to come may have been dropped by the stream's limits.
          if (!lags && !(await isMore(connection, way, last))) break;
          throw new Error('the stream does not give what it holds');
        }
        if (lags) pending = await pendingOf(consumer);
      }
    } finally {
      await consumer.delete();
    }
  } catch (error) {
    throw away(error);
  }
}

/** What of its way a consumer has still to give, as far as its server knows. */
async function pendingOf(consumer: Consumer): Promise<number> {
  return (await consumer.info()).num_pending;
}

/** Whether the stream holds a message of that way behind the last one that was given. */
async function isMore({ manager, stream, subject: all }: StreamConnection, way: Way, last: number): Promise<boolean> {
  // Asked of the server that leads the stream: no other one answers this.
  const newest = await Promise.all(
    (way.subjects ?? [`${all}.*`]).map((subject) => manager.streams.getMessage(stream, { last_by_subj: subject })),
  );
  return newest.some((stored) => stored !== null && stored.seq > last && isBehind(way.start, stored));
}

function isBehind(start: WalkStart, { seq, time }: StoredMsg): boolean {
  if (start === 'NEWEST_OF_EACH') return true;
  return 'sequence' in start ? seq >= start.sequence : time.getTime() >= start.time;
}

/** So many places are left, where that is known. */
function mostOf(start: WalkStart, last: number, through: number): number {
  return typeof start === 'object' && 'sequence' in start ? through - Math.max(last, start.sequence - 1) : PAGE;
}

function filterOf(
  { start, subjects }: Way,
  { subject }: StreamConnection,
): Pick<Partial<OrderedConsumerOptions>, 'filter_subjects'> {
  const [first, ...others] = subjects ?? [];
  // The newest of each subject are not given without one; all else is found faster without.
  if (first === undefined) return start === 'NEWEST_OF_EACH' ? { filter_subjects: `${subject}.*` } : {};
  // One is given by itself: older servers take no list.
  return { filter_subjects: others.length === 0 ? first : [first, ...others] };
}

function startOf(start: WalkStart): Partial<OrderedConsumerOptions> {
  if (start === 'NEWEST_OF_EACH') return { deliver_policy: DeliverPolicy.LastPerSubject };
  if ('sequence' in start)
    return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Math.max(1, start.sequence) };
  return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(Math.max(0, start.time)).toISOString() };
}
