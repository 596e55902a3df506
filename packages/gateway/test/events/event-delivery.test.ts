import { expect, test } from 'vitest';
import { createEventDelivery } from '../../src/events/event-delivery.ts';
import { createEventHub } from '../../src/events/event-hub.ts';
import type { ToldBeside } from '../../src/events/event-intake.ts';
import type { LoggedEvent } from '../../src/model.ts';
import { deviceEvent, range } from '../store/samples.ts';

const TOLD: ToldBeside = { device: null, ongoingCalls: null, source: 'REPORTED', way: null };

const logged = (count: number): readonly LoggedEvent[] =>
  range(count).map((n) => ({ ...deviceEvent({ vendorEvent: `event ${n}` }), sequence: n + 1 }));

test('what comes all at once does not overrun a subscriber who takes it as fast as its socket can write', async () => {
  const hub = createEventHub(0);
  const delivery = createEventDelivery({
    log: { read: () => Promise.resolve([]) },
    hub,
    steps: [],
    onError: (error) => {
      throw error;
    },
  });
  const queue = hub.subscribe(() => true);
  const taken: number[] = [];
  const told = Promise.withResolvers<void>();
  // As a socket does: it writes between turns.
  const write = (): void => {
    for (let event = queue.take(); event !== undefined; event = queue.take()) taken.push(event.sequence);
    if (taken.length === 3_000 || queue.overflowed) told.resolve();
    else setImmediate(write);
  };
  setImmediate(write);
  // Each event of one commit is delivered for itself, in one turn.
  await Promise.all(logged(3_000).map((event) => delivery.deliver([event], TOLD)));
  await told.promise;
  expect(queue.overflowed).toBe(false);
  expect(taken).toEqual(range(3_000).map((n) => n + 1));
});
