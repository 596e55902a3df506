import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Phones that take `dial` as a Yealink does, each at an address of its own, and tell how often each number was dialled. */
export interface DialledPhones extends AsyncDisposable {
  /** In the order of the phones. */
  readonly addresses: readonly string[];
  /** How often a number was dialled, on whichever phone. */
  readonly dials: ReadonlyMap<string, number>;
}

/** `/servlet?key=number=1234&outgoing_uri=…`, docs/protocols/yealink.md. */
const DIAL = /^\/servlet\?key=number=(\d+)/;

/** @param onDial told which phone dials which number, when it has answered */
export async function startDialledPhones(
  count: number,
  onDial: (phone: number, number: string) => void,
): Promise<DialledPhones> {
  const dials = new Map<string, number>();
  const servers: Server[] = [];
  const answer = (phone: number) => (request: IncomingMessage, response: ServerResponse) => {
    const number = DIAL.exec(request.url ?? '')?.[1];
    response.end();
    if (number === undefined) return;
    dials.set(number, (dials.get(number) ?? 0) + 1);
    onDial(phone, number);
  };
  const addresses: string[] = [];
  for (let phone = 0; phone < count; phone += 1) {
    const server = createServer(answer(phone)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    servers.push(server);
    addresses.push(`http://127.0.0.1:${address.port}`);
  }
  return {
    addresses,
    dials,
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
