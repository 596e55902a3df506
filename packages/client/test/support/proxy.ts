import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy: the network between a client and its gateway, which may break. */
export interface NetworkProxy extends AsyncDisposable {
  readonly url: string;
  /** How many are open on which a stream was asked for: a WebSocket, or server-sent events. */
  readonly openStreams: number;
  /** Where new connections lead from now on. */
  leadTo(url: string): void;
  /** Cuts all connections; new ones are refused until {@link mend}. */
  cut(): void;
  /** Cuts the first connection on which the gateway says something from now on, before the client hears it. */
  cutNextReply(): void;
  mend(): void;
  /** Takes nothing more from the gateway on the connections that are open, as a client does that hangs. */
  stall(): void;
  /** Goes on with what {@link stall} held up. */
  flow(): void;
}

const ASKS_FOR_STREAM = /^(upgrade: websocket|accept: text\/event-stream)/im;

export async function startProxy(url: string): Promise<NetworkProxy> {
  const streams = new Set<Socket>();
  const pairs = new Set<readonly [Socket, Socket]>();
  let target = new URL(url);
  let [isCut, isReplyCut, isStalled] = [false, false, false];
  const server = createServer((client) => {
    if (isCut) return void client.resetAndDestroy();
    const gateway = connect(Number(target.port), target.hostname);
    const pair = [client, gateway] as const;
    pairs.add(pair);
    const drop = (): void => {
      pairs.delete(pair);
      streams.delete(client);
      for (const end of pair) end.destroy();
    };
    for (const end of pair) end.on('error', drop).on('close', drop);
    client.on('data', (chunk: Buffer) => {
      if (ASKS_FOR_STREAM.test(chunk.toString('latin1'))) streams.add(client);
      gateway.write(chunk);
    });
    gateway.on('data', (chunk) => {
      if (isReplyCut) {
        isReplyCut = false;
        return drop();
      }
      // A client that does not read makes the gateway wait.
      if (!client.write(chunk)) gateway.pause();
    });
    client.on('drain', () => {
      if (!isStalled) gateway.resume();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cutAll = (): void => {
    for (const ends of pairs) for (const end of ends) end.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get openStreams() {
      return streams.size;
    },
    leadTo(next) {
      target = new URL(next);
    },
    cut() {
      isCut = true;
      cutAll();
    },
    cutNextReply() {
      isReplyCut = true;
    },
    mend() {
      isCut = false;
    },
    stall() {
      isStalled = true;
      for (const [, gateway] of pairs) gateway.pause();
    },
    flow() {
      isStalled = false;
      for (const [, gateway] of pairs) gateway.resume();
    },
    async [Symbol.asyncDispose]() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
