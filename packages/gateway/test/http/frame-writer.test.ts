import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { encodePayload } from '../../src/graphql/payload.ts';
import { FrameOutlet, FrameWriter } from '../../src/http/frame-writer.ts';
import { range } from '../support/wait.ts';

/** Both ends of a WebSocket. */
async function openPair() {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const opened = Promise.withResolvers<{ readonly socket: WebSocket; readonly writer: FrameWriter }>();
  server.on('upgrade', (request, stream: Duplex, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) =>
      opened.resolve({ socket, writer: new FrameWriter(socket, stream) }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const received: string[] = [];
  let wake = (): void => {};
  client.on('message', (data, isBinary) => {
    received.push(isBinary ? 'binary' : String(data));
    wake();
  });
  onTestFinished(() => {
    client.terminate();
    server.close();
  });
  await once(client, 'open');
  const { socket, writer } = await opened.promise;
  const receive = async (count: number): Promise<readonly string[]> => {
    while (received.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return received;
  };
  return { client, socket, writer, receive };
}

const nothing = (): void => {};

test('messages of every length arrive whole, in order, between those of ws', async () => {
  const { socket, writer, receive } = await openPair();
  // `{"id":"a","type":"next","payload":""}` has 37 octets: lengths around 126 and 65,536, where the header changes.
  const texts = [0, 88, 89, 90, 1_000, 65_498, 65_499, 70_000].map((length) => 'x'.repeat(length));
  const outlet = new FrameOutlet(writer, 'a');
  for (const text of texts) {
    outlet.send(encodePayload(JSON.stringify(text)), nothing);
    socket.send('of ws');
  }
  const expected = texts.flatMap((text) => [JSON.stringify({ id: 'a', type: 'next', payload: text }), 'of ws']);
  expect(await receive(expected.length)).toEqual(expected);
});

test('each subscription has its own id, and everything is UTF-8', async () => {
  const { writer, receive } = await openPair();
  const payload = { data: { name: 'Zoë \u2028 😀 "' } };
  const ids = ['1', 'ünï"c\\ode', '5d8f7f0e-54b1-4fd1-8b69-1f3c5a7ed0a1'];
  for (const id of ids) new FrameOutlet(writer, id).send(encodePayload(JSON.stringify(payload)), nothing);
  const messages = await receive(ids.length);
  expect(messages.map((text) => JSON.parse(text))).toEqual(ids.map((id) => ({ id, type: 'next', payload })));
});

test('a peer that stops reading is waited for, by each subscription once, and loses nothing', async () => {
  const { client, writer, receive } = await openPair();
  client.pause();
  const payload = encodePayload(JSON.stringify('x'.repeat(10_000)));
  const [left, right] = [new FrameOutlet(writer, 'left'), new FrameOutlet(writer, 'right')];
  const ready: string[] = [];
  let sent = 0;
  do {
    sent += 1;
    // So that what the system takes is taken.
    await new Promise((resolve) => setImmediate(resolve));
  } while (left.send(payload, () => ready.push('left')));
  expect(right.send(payload, () => ready.push('right'))).toBe(false);
  expect(ready).toEqual([]);
  client.resume();
  const messages = await receive(sent + 1);
  expect(ready).toEqual(['left', 'right']);
  expect(messages.map((text) => JSON.parse(text).id)).toEqual([...range(sent).map(() => 'left'), 'right']);
});

test('nothing is sent to a socket that is closing', async () => {
  const { client, socket, writer, receive } = await openPair();
  new FrameOutlet(writer, 'a').send(encodePayload('1'), nothing);
  socket.close(1000);
  expect(new FrameOutlet(writer, 'a').send(encodePayload('2'), nothing)).toBe(true);
  await once(client, 'close');
  expect(await receive(1)).toEqual(['{"id":"a","type":"next","payload":1}']);
});
