import { DeliverPolicy, type OrderedConsumerOptions } from '@nats-io/jetstream';
import type { StreamConnection } from './connection.ts';
import { away } from './faults.ts';

/** A message as it stands in the stream. */
export interface StreamMessage {
  readonly sequence: number;
  readonly text: string;
  /** What it was given under; empty: nothing. */
  readonly messageId: string;
}

/** Where a walk begins. */
export type WalkStart = { readonly sequence: number } | { readonly time: number };

/** What is walked over. */
export interface WalkOptions {
  readonly through: number;
  readonly headersOnly?: boolean | undefined;
  /** Only messages of these. Left out: all. */
  readonly subjects?: readonly string[] | undefined;
}

const PAGE = 1_000;
const EXPIRES_MS = 2_000;
/** A consumer whose gateway has died goes by itself. */
const INACTIVE_NANOS = 30_000_000_000;

/**
 * All messages from a place or a time on, through a place, in order.
 * @throws StoreError `AWAY` where the stream is lost, or does not give all of them in time
 */
export async function* walk(
  { js, stream }: StreamConnection,
  start: WalkStart,
  { through, headersOnly = false, subjects }: WalkOptions,
): AsyncGenerator<StreamMessage, void, undefined> {
  try {
    const consumer = await js.consumers.get(stream, {
      ...startOf(start),
      ...filterOf(subjects),
      headers_only: headersOnly,
      ...UNUSED,
    });
    try {
      let { num_pending: pending } = await consumer.info();
      let last = 0;
      while (pending > 0 && last < through) {
        const before = last;
        for await (const message of await consumer.fetch({
          max_messages: Math.min(
            PAGE,
            pending,
            'sequence' in start ? through - Math.max(last, start.sequence - 1) : PAGE,
          ),
          expires: EXPIRES_MS,
        })) {
          last = message.seq;
          pending -= 1;
          if (last > through) break;
          yield { sequence: last, text: message.string(), messageId: message.headers?.get('Nats-Msg-Id') ?? '' };
        }
        if (last === before) throw new Error('the stream does not give what it holds');
      }
    } finally {
      await consumer.delete();
    }
  } catch (error) {
    throw away(error);
  }
}

/** One is given by itself: older servers take no list. */
function filterOf(subjects: readonly string[] | undefined): Pick<Partial<OrderedConsumerOptions>, 'filter_subjects'> {
  const [first, ...others] = subjects ?? [];
  if (first === undefined) return {};
  return { filter_subjects: others.length === 0 ? first : [first, ...others] };
}

const UNUSED = { inactive_threshold: INACTIVE_NANOS };

function startOf(start: WalkStart): Partial<OrderedConsumerOptions> {
  if ('sequence' in start)
    return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Math.max(1, start.sequence) };
  return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(Math.max(0, start.time)).toISOString() };
}
