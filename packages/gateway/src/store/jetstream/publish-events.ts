import type { PubAck } from '@nats-io/jetstream';
import { NoRespondersError } from '@nats-io/transport-node';
import type { LoggedEvent } from '../../model.ts';
import type { NewEvent } from '../ports.ts';
import type { StreamConnection } from './connection.ts';
import { encodeEvent, messageIdOf, phoneToken } from './event-codec.ts';
import { away, inDoubt } from './faults.ts';
import type { LateReceipts } from './late-receipts.ts';
import { ANSWER_MS } from './options.ts';

/** Events that are given together. */
export interface Appending {
  readonly events: readonly NewEvent[];
  /** With their places, once they have them. */
  logged: readonly LoggedEvent[];
}

/** So many are on their way at a time. */
const WINDOW = 512;

/**
 * Gives events to the stream, in order, and waits until it has acknowledged each. They are no transaction: where one is not
 * acknowledged all are in doubt, and whoever gives them again by their receipts finds those that are there.
 */
export async function publishEvents(
  connection: StreamConnection,
  late: LateReceipts,
  group: readonly Appending[],
): Promise<void> {
  // First, so that nothing is written where one cannot be.
  const items = group.map(({ events }) => events.map((event) => ({ event, text: encodeEvent(event), sequence: 0 })));
  if (!connection.isConnected) throw away(new Error('no server is reached'));
  const all = items.flat();
  const known = await late.find(all.map(({ event }) => event));
  for (let from = 0; from < all.length; from += WINDOW) {
    const part = all.slice(from, from + WINDOW);
    for (const item of part) item.sequence = placeIn(known, item.event);
    const missing = part.filter(({ sequence }) => sequence === 0);
    const answers = await Promise.allSettled(missing.map(({ event, text }) => publish(connection, event, text)));
    for (const [index, answer] of answers.entries()) {
      const item = missing[index];
      if (answer.status === 'rejected' || item === undefined) continue;
      refuseOther(connection, answer.value);
      item.sequence = answer.value.seq;
    }
    refuse(answers, from);
  }
  for (const [index, appending] of group.entries()) {
    appending.logged = (items[index] ?? []).map(({ event: { receipt: _, told: __, ...event }, sequence }) => ({
      ...event,
      sequence,
    }));
  }
}

/** 0: it has none. */
function placeIn(known: ReadonlyMap<string, number>, { receipt }: NewEvent): number {
  return (receipt === undefined ? undefined : known.get(messageIdOf(receipt))) ?? 0;
}

function publish({ js, subject }: StreamConnection, { phoneId, receipt }: NewEvent, text: string): Promise<PubAck> {
  return js.publish(`${subject}.${phoneToken(phoneId)}`, text, {
    timeout: ANSWER_MS,
    retries: 0,
    ...(receipt !== undefined && { msgID: messageIdOf(receipt) }),
  });
}

/** Another JetStream that takes these subjects too, as a site's own may, answers first. @throws StoreError where it did */
function refuseOther({ stream, ownDomain }: StreamConnection, answer: PubAck): void {
  if (answer.stream === stream && answer.domain === ownDomain) return;
  const other = `the stream ${answer.stream} of the domain ${answer.domain ?? '(none)'} takes its subjects`;
  throw inDoubt(new Error(other));
}

/** @throws StoreError where not all were acknowledged */
function refuse(answers: readonly PromiseSettledResult<PubAck>[], before: number): void {
  const failures = answers.filter((answer) => answer.status === 'rejected');
  const [first] = failures;
  if (first === undefined) return;
  // Nobody was there who could have written one.
  const nobody = before === 0 && failures.length === answers.length && failures.every(({ reason }) => isNobody(reason));
  throw nobody ? away(first.reason) : inDoubt(first.reason);
}

function isNobody(reason: unknown): boolean {
  return reason instanceof NoRespondersError || (reason instanceof Error && reason.cause instanceof NoRespondersError);
}
