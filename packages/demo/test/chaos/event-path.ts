import { createServer, connect as openSocket, type Server, type Socket } from 'node:net';
import type { Random } from '../support/random.ts';

/** What happens to an event between its phone and the gateway. Probabilities. */
export interface PathFaults {
  readonly duplicated: number;
  readonly reordered: number;
  readonly lost: number;
  /** Milliseconds that a reordered event, and the second one of a duplicate, is late at most. */
  readonly delayMs: number;
}

/** An event that a phone sent. */
export interface SentEvent {
  /** The phone's token in its action URLs. */
  readonly token: string;
  /** The last part of the URL's path: the event. */
  readonly path: string;
  /** The vendor's id of the call, before it was taken out; null: it is about none. */
  readonly callId: string | null;
  readonly isLost: boolean;
}

/** The network between phones and gateway: takes every event, and carries it on late, twice, or not at all. */
export interface EventPath {
  /** Where phones send their events: the base of their action URLs. */
  readonly url: string;
  readonly sent: readonly SentEvent[];
  readonly counts: { sent: number; duplicated: number; reordered: number; lost: number };
  /** What the gateway did not answer with 200. */
  readonly failures: readonly string[];
  /** How many events are being taken or handed over right now; those that wait for their time do not count. */
  readonly underWay: number;
  /** How many wait for their time. */
  readonly waiting: number;
  /** Tells where the gateway is. */
  leadTo(gatewayUrl: string): void;
  /** From now on, as these faults say. Before: everything arrives at once. */
  disturb(faults: PathFaults): void;
  /** From these phones on the ids of calls are missing, as from phones whose action URLs do not have them. */
  withoutIds(token: string): void;
  close(): Promise<void>;
}

const REQUEST = /^GET \/a\/([^/]+)\/([^? ]+)(?:\?(\S*))?/;
const IDS = /(?<=[?&])(?:csta_id|call-id|call_id)=[^& ]*&?/g;
const ACCEPTED = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const NO_FAULTS: PathFaults = { duplicated: 0, reordered: 0, lost: 0, delayMs: 0 };

/**
 * Opens it on a free port of the loopback address.
 * @param chanceOf what happens to the events of a phone, by its token: each phone has its own, since which of two
 * phones is heard first is left to the machine
 */
export async function openEventPath(chanceOf: (token: string) => Random): Promise<EventPath> {
  const sent: SentEvent[] = [];
  const failures: string[] = [];
  const counts = { sent: 0, duplicated: 0, reordered: 0, lost: 0 };
  const nameless = new Set<string>();
  const flow = { underWay: 0, waiting: 0 };
  let faults = NO_FAULTS;
  let gateway: URL | null = null;

  const handOver = async (request: string): Promise<void> => {
    flow.underWay += 1;
    const reply = await exchange(gateway, request).finally(() => {
      flow.underWay -= 1;
    });
    if (!reply.startsWith('HTTP/1.1 200'))
      failures.push(`${request.split('\r\n', 1)[0]} → ${reply.split('\r\n', 1)[0]}`);
  };
  const carry = (request: string, afterMs: number): void => {
    if (afterMs === 0) return void handOver(request);
    flow.waiting += 1;
    setTimeout(() => {
      flow.waiting -= 1;
      void handOver(request);
    }, afterMs);
  };
  const take = (request: string): void => {
    const [, token = '', path = '', query = ''] = REQUEST.exec(request) ?? [];
    const { delayMs } = faults;
    const random = chanceOf(token);
    const isLost = random.chance(faults.lost);
    const isLate = random.chance(faults.reordered);
    const isTwice = random.chance(faults.duplicated);
    const id = /(?:^|&)(?:csta_id|call_id)=([^&]*)/.exec(query)?.[1] ?? '';
    sent.push({ token, path, callId: id === '' ? null : id, isLost });
    counts.sent += 1;
    if (isLost) {
      counts.lost += 1;
      return;
    }
    const whole = nameless.has(token) ? request.replace(IDS, '') : request;
    if (isLate) counts.reordered += 1;
    carry(whole, isLate ? random.between(0, delayMs) : 0);
    if (!isTwice) return;
    counts.duplicated += 1;
    carry(whole, random.between(0, delayMs));
  };
  const server = await listen((socket) => {
    flow.underWay += 1;
    let text = '';
    socket.on('close', () => {
      flow.underWay -= 1;
    });
    socket.on('error', () => {});
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.endsWith('\r\n\r\n')) return;
      socket.end(ACCEPTED);
      take(text);
    });
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    counts,
    failures,
    get underWay() {
      return flow.underWay;
    },
    get waiting() {
      return flow.waiting;
    },
    leadTo(gatewayUrl) {
      gateway = new URL(gatewayUrl);
    },
    disturb(wanted) {
      faults = wanted;
    },
    withoutIds: (token) => void nameless.add(token),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onConnection);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** Sends bytes as they are and returns the reply; an empty one where none came. */
function exchange(gateway: URL | null, request: string): Promise<string> {
  if (gateway === null) throw new Error('Nobody has said where the gateway is.');
  const { hostname, port } = gateway;
  return new Promise((resolve) => {
    let reply = '';
    const socket = openSocket({ host: hostname, port: Number(port) });
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write(request, 'latin1'));
    socket.on('data', (chunk: string) => {
      reply += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(reply));
  });
}
