import { installed } from '@hookswitch/sip-peers/vitest';
import type { Consumer } from '@nats-io/jetstream';
import { expect, test } from 'vitest';
import { connectStream, type StreamConnection } from '../../src/store/jetstream/connection.ts';
import { phoneToken } from '../../src/store/jetstream/event-codec.ts';
import { type WalkStart, walk } from '../../src/store/jetstream/stream-reader.ts';
import { range } from '../store/samples.ts';
import { NATS, startNats } from './nats.ts';
import { proxied, withConsumers } from './proxied.ts';

const STREAM = 'office';

test.runIf(installed(NATS))(
  'a server that lags behind the one that leads the stream does not end a reading: what that one holds comes',
  async () => {
    await using nats = await startNats();
    const connection = await connectStream(nats.options(STREAM));
    const { js, subject } = connection;
    const began = Date.now();
    const publish = (phoneId: string) => js.publish(`${subject}.${phoneToken(phoneId)}`, phoneId);
    for (const index of range(10)) await publish(index % 3 === 0 ? 'rare' : `p${index}`);
    const read = async (start: WalkStart, subjects?: readonly string[]) => {
      const lagging = laggingBehind(connection, 2);
      const places: number[] = [];
      for await (const { sequence } of walk(lagging, start, { through: 10, subjects })) places.push(sequence);
      return places;
    };
    expect(await read({ sequence: 3 })).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await read({ time: began - 1_000 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await read('NEWEST_OF_EACH')).toEqual([2, 3, 5, 6, 8, 9, 10]);
    expect(await read({ sequence: 1 }, [`${subject}.${phoneToken('rare')}`])).toEqual([1, 4, 7, 10]);
    // What the leading server does not hold either is not waited for.
    await connection.manager.streams.purge(STREAM, { filter: `${subject}.${phoneToken('rare')}` });
    expect(await read({ sequence: 3 })).toEqual([3, 5, 6, 8, 9]);
    expect(await read({ sequence: 10 })).toEqual([]);
    expect(await read({ sequence: 1 }, [`${subject}.${phoneToken('rare')}`])).toEqual([]);
    await connection.close();
  },
);

/** As if another server had the consumer, one that has only so many messages of its way yet when it is asked first. */
function laggingBehind(connection: StreamConnection, messages: number): StreamConnection {
  return withConsumers(connection, async (...asked) => {
    const consumer = await connection.js.consumers.get(...asked);
    let isFirst = true;
    return proxied(consumer, 'info', async (): ReturnType<Consumer['info']> => {
      const info = await consumer.info();
      const told = { ...info, num_pending: isFirst ? Math.min(messages, info.num_pending) : info.num_pending };
      isFirst = false;
      return told;
    });
  });
}
