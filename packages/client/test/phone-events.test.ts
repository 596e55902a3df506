import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { type ConnectionState, operations, StreamError } from '../src/index.ts';
import { collect, numbers, wordOf } from './support/collect.ts';
import { createKey } from './support/keys.ts';
import { openStand, type Stand } from './support/stand.ts';

const TRANSPORTS = ['websocket', 'sse'] as const;

const reports = (words: readonly string[]): readonly string[] => words.filter((word) => /^\d+$/.test(word));

/** The log holds nothing of what came before that number of rows. */
function forgetEvents(stand: Stand, count: number): void {
  const database = new DatabaseSync(join(stand.dataDir, 'hookswitch.db'), { timeout: 5_000 });
  database.prepare('DELETE FROM events WHERE sequence <= (SELECT min(sequence) FROM events) + ?').run(count - 1);
  database.close();
}

describe.each(TRANSPORTS)('phoneEvents over %s', (transport) => {
  test('goes on behind the last event when the connection is cut in mid-stream', async () => {
    const stand = await openStand();
    const states: ConnectionState['state'][] = [];
    const onConnection = ({ state }: ConnectionState): void => void states.push(state);
    const seen = collect(stand.client({ transport }).phoneEvents({ onConnection }));
    await seen.until('CaughtUp');
    for (let round = 0; round < 3; round++) {
      await stand.report(round * 2 + 1);
      await seen.until(String(round * 2 + 1));
      stand.proxy.cut();
      await stand.report(round * 2 + 2);
      stand.proxy.mend();
      await seen.until(String(round * 2 + 2));
    }
    expect(reports(seen.words)).toEqual(numbers(1, 6));
    for (const update of seen.updates) if ('phoneId' in update) expect(update.phoneId).toBe(stand.phone.id);
    expect(states.filter((state) => state === 'LIVE')).toHaveLength(4);
    expect(states.filter((state) => state === 'LOST').length).toBeGreaterThanOrEqual(3);
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('outlives a gateway that is restarted by %s', async (signal) => {
    const stand = await openStand();
    const seen = collect(stand.client({ transport }).phoneEvents());
    await seen.until('CaughtUp');
    await stand.report(1);
    await seen.until('1');
    await stand.stop(signal);
    await stand.start();
    await stand.report(2);
    await seen.until('2');
    expect(reports(seen.words)).toEqual(numbers(1, 2));
  });

  test('tells what the log holds no more, and goes on with what it holds', async () => {
    const stand = await openStand();
    const first = collect(stand.client({ transport }).phoneEvents());
    await first.until('CaughtUp');
    for (const number of [1, 2, 3, 4]) await stand.report(number);
    await first.until('4');
    const [, one] = first.updates;
    const after = one !== undefined && 'cursor' in one ? one.cursor : '';
    await stand.stop('SIGTERM');
    forgetEvents(stand, 3);
    await stand.start();
    const second = collect(stand.client({ transport }).phoneEvents({ after }));
    await second.until('CaughtUp');
    expect(second.words).toEqual(['CURSOR_EXPIRED', '4', 'CaughtUp']);
  });

  test('throws where the cursor is none of this gateway', async () => {
    const stand = await openStand();
    const seen = collect(stand.client({ transport }).phoneEvents({ after: 'nonsense' }));
    const error: unknown = await seen.ended.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ failure: { code: 'BAD_USER_INPUT' } });
  });

  test('goes on with another token when the one it had is over', async () => {
    const stand = await openStand();
    const admin = stand.client();
    const keys = await Promise.all([createKey(stand), createKey(stand)]);
    const refused: (string | null)[] = [];
    const token = (last: string | null): string => {
      refused.push(last);
      return (last === null ? keys[0] : keys[1])?.key ?? '';
    };
    const seen = collect(stand.client({ transport, token }).phoneEvents());
    await seen.until('CaughtUp');
    await admin.request(operations.revokeApiKey, { id: keys[0]?.id ?? '' });
    await seen.until('CaughtUp', 2);
    await stand.report(1);
    await seen.until('1');
    expect(refused).toEqual([null, keys[0]?.key]);
  });

  test('throws when a token is over and there is no other', async () => {
    const stand = await openStand();
    const [key, admin] = [await createKey(stand), stand.client()];
    const seen = collect(stand.client({ transport, token: key.key }).phoneEvents());
    await seen.until('CaughtUp');
    await admin.request(operations.revokeApiKey, { id: key.id });
    await expect(seen.ended).rejects.toMatchObject({ failure: { code: 'UNAUTHENTICATED' } });
  });

  test('goes on from the log when the gateway has given it up for too slow', async () => {
    const stand = await openStand();
    const seen = collect(stand.client({ transport }).phoneEvents());
    await seen.until('CaughtUp');
    stand.proxy.stall();
    // What waits for one subscriber may take 4 MiB at the gateway, and the sockets between hold some, too.
    const account = 'x'.repeat(14_000);
    for (let number = 0; number < 1_000; number += 50) {
      await Promise.all(numbers(number + 1, number + 50).map((one) => stand.report(Number(one), account)));
    }
    await expect.poll(stand.subscribers, { timeout: 30_000 }).toBe(0);
    stand.proxy.flow();
    await seen.until('CaughtUp', 2);
    const cursors = seen.updates.flatMap((update) => ('phoneId' in update ? [update.cursor] : []));
    expect(new Set(cursors).size).toBe(cursors.length);
    expect(reports(seen.words).toSorted((one, other) => Number(one) - Number(other))).toEqual(numbers(1, 1_000));
    // It is the client's own business, and over a WebSocket not even a new connection.
    expect(seen.words).not.toContain('SUBSCRIBER_TOO_SLOW');
  });

  test('ends with its signal, by return and by close, also while it waits, and leaves no connection', async () => {
    const stand = await openStand();
    const client = stand.client({ transport });
    const controller = new AbortController();
    const aborted = collect(client.phoneEvents({ signal: controller.signal }));
    const returned = client.phoneEvents();
    const closed = collect(client.phoneEvents());
    await Promise.all([aborted.until('CaughtUp'), closed.until('CaughtUp'), returned.next()]);
    expect(stand.proxy.openStreams).toBe(transport === 'sse' ? 3 : 1);
    const pending = returned.next();
    controller.abort();
    await aborted.ended;
    await returned.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    await client.close();
    await closed.ended;
    await expect.poll(() => stand.proxy.openStreams).toBe(0);
  });

  test('loses nothing for a consumer that reads slowly, and holds little for it', async () => {
    const stand = await openStand();
    const client = stand.client({ transport, maxQueued: 5 });
    let begun = 0;
    const onConnection = ({ state }: ConnectionState): void => {
      if (state === 'LIVE') begun++;
    };
    const stream = client.phoneEvents({ onConnection });
    const words: string[] = [];
    const witness = collect(stand.client().phoneEvents());
    await witness.until('CaughtUp');
    await stream.next();
    for (let number = 1; number <= 40; number++) await stand.report(number);
    await witness.until('40');
    for await (const update of stream) {
      words.push(wordOf(update));
      if (words.at(-1) === '40') break;
    }
    expect(reports(words)).toEqual(numbers(1, 40));
    // What waits for server-sent events waits at the gateway and in the sockets between.
    if (transport === 'websocket') expect(begun).toBeGreaterThan(5);
  });
});
