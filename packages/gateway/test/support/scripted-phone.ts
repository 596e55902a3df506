import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the phone got it. */
export interface SeenRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
}

/** What the phone does with a request; it may also reset the connection or stay silent. */
export type Script = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** A web server that does as it is told: for faults that no phone could be asked for. */
export interface ScriptedPhone extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** Waits until so many requests have come. */
  received(count: number): Promise<void>;
  /** What it does from now on. */
  script: Script;
  /** Further connections are refused; those that are there go on. */
  refuseMore(): void;
  /** It is gone: connections are cut, further ones refused. */
  stop(): Promise<void>;
}

/** A script that answers no request before it is released. */
export function holding(): { readonly script: Script; release(): void } {
  const { promise, resolve: release } = Promise.withResolvers<void>();
  return {
    async script(_request, response) {
      await promise;
      response.end();
    },
    release,
  };
}

/** @param script left out: 200 and an empty body */
export async function scriptedPhone(
  script: Script = (_request, response) => void response.end(),
): Promise<ScriptedPhone> {
  const requests: SeenRequest[] = [];
  const waiting = new Set<() => void>();
  let connections = 0;
  const numbers = new WeakMap<object, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen: SeenRequest = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        connection: numbers.get(request.socket) ?? 0,
      };
      requests.push(seen);
      for (const look of waiting) look();
      void phone.script(seen, response);
    });
  });
  server.on('connection', (socket) => {
    connections += 1;
    numbers.set(socket, connections);
  });
  const closed = once(server, 'close');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const phone: ScriptedPhone = {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    script,
    received: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (requests.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    refuseMore: () => void server.close(),
    async stop() {
      if (server.listening) server.close();
      server.closeAllConnections();
      await closed;
    },
    [Symbol.asyncDispose]: () => phone.stop(),
  };
  return phone;
}

/** Answers with 200 and that body. */
export function says(body: string): Script {
  return (_request, response) => void response.end(body);
}

/** Takes the request and resets the connection. */
export const resets: Script = (_request, response) => {
  response.socket?.resetAndDestroy();
};

/** Takes the request and says nothing, as long as the connection lives. */
export const staysSilent: Script = () => {};

/** Answers with what is no HTTP. */
export const mumbles: Script = (_request, response) => {
  response.socket?.end('HELO phone\r\n\r\n');
};
