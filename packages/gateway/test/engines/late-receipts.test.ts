import { installed } from '@hookswitch/sip-peers/vitest';
import { expect, test } from 'vitest';
import { newReceipt } from '../../src/events/spool-record.ts';
import { connectStream } from '../../src/store/jetstream/connection.ts';
import { messageIdOf } from '../../src/store/jetstream/event-codec.ts';
import { LateReceipts } from '../../src/store/jetstream/late-receipts.ts';
import { callEvent, range } from '../store/samples.ts';
import { NATS, startNats } from './nats.ts';
import { withConsumers } from './proxied.ts';

const EVENTS = 600;
const PAGE = 50;
/** Messages that are remembered. */
const MOST = 300;

test.runIf(installed(NATS))(
  'what the log has of a long spool is found page by page, in bounded memory and without reading the log for each page',
  async () => {
    await using nats = await startNats();
    const connection = await connectStream(nats.options('office'));
    const anHourAgo = Date.now() - 3_600_000;
    const spooled = range(EVENTS).map((index) => {
      const receivedAt = anHourAgo + index;
      return { ...callEvent('INCOMING', { receivedAt }), receipt: newReceipt(receivedAt) };
    });
    const publish = async (id: string): Promise<number> => {
      const { seq } = await connection.js.publish(`${connection.subject}.cA`, '{}', { msgID: id });
      return seq;
    };
    const places = new Map<string, number>();
    // Of each three one was never given to the stream. They stand there in another order, as where several gateways give them.
    for (const { receipt } of spooled.filter((_, index) => index % 3 !== 0).toReversed()) {
      const id = messageIdOf(receipt);
      places.set(id, await publish(id));
    }
    let reads = 0;
    const counted = withConsumers(connection, (...asked) => {
      reads += 1;
      return connection.js.consumers.get(...asked);
    });
    const late = new LateReceipts(counted, Date.now, MOST);
    for (let from = 0; from < EVENTS; from += PAGE) {
      const page = spooled.slice(from, from + PAGE);
      const ids = page.map(({ receipt }) => messageIdOf(receipt));
      const known = await late.find(page);
      expect(ids.map((id) => known.get(id))).toEqual(ids.map((id) => places.get(id)));
      expect(known.size).toBeLessThanOrEqual(MOST + PAGE);
    }
    expect(reads).toBeLessThan(EVENTS / PAGE / 2);
    // A page that is given once more, with one of it that was published meanwhile.
    const again = spooled.slice(-PAGE);
    const [unknown = ''] = again.map(({ receipt }) => messageIdOf(receipt)).filter((id) => !places.has(id));
    const place = await publish(unknown);
    expect((await late.find(again)).get(unknown)).toBe(place);
    // Nothing is late any more.
    expect((await late.find([{ ...callEvent(), receivedAt: Date.now(), receipt: newReceipt(Date.now()) }])).size).toBe(
      0,
    );
    await connection.close();
  },
);
