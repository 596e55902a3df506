import { type IncomingMessage, request } from 'node:http';
import { WebSocket } from 'ws';
import { ADMIN_KEY } from '../../support/gateway.ts';

/** A subscriber that may stop reading, on a socket of its own. */
export interface CountingSubscriber {
  /** The numbers that it was told, in their order. */
  readonly numbers: readonly number[];
  /** How often it was told `EventsMissed`. */
  readonly missed: number;
  /** Why its connection ended, each time that it did so though nobody had said that it would. */
  readonly cuts: readonly string[];
  /** Reads nothing any more. */
  stall(): void;
  /** Reads on. */
  goOn(): void;
  /** Resolves once it was told so many. */
  until(count: number): Promise<void>;
  stop(): void;
}

const EVENTS = `subscription ($tags: [String!], $after: String) {
  phoneEvents(filter: { tags: $tags }, after: $after) {
    ... on PhoneEvent { cursor variables { name value } }
    ... on CaughtUp { caughtUp: cursor }
    ... on EventsMissed { reason resumeCursor }
  }
}`;

/** By which protocol a subscriber is told. */
export type Protocol = 'WebSocket' | 'SSE';

interface Connection {
  pause(): void;
  resume(): void;
  end(): void;
}

interface Told {
  readonly cursor?: string;
  readonly caughtUp?: string;
  readonly resumeCursor?: string;
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
}

interface Reader {
  readonly url: string;
  readonly variables: { readonly tags: readonly string[]; readonly after: string | undefined };
  readonly onTold: (told: Told) => void;
  /** The connection, or its stream of events, has ended. */
  readonly onEnd: (why: string) => void;
}

/** Subscribes to the events of phones with any of those tags, and resolves when it listens. */
export async function subscribeCounting(
  url: string,
  protocol: Protocol,
  tags: readonly string[],
): Promise<CountingSubscriber> {
  const numbers: number[] = [];
  const waiting = new Set<() => void>();
  const listening = Promise.withResolvers<void>();
  const counts = { missed: 0 };
  const cuts: string[] = [];
  let after: string | undefined;
  let wasMissed = false;
  let stopped = false;
  let connection: Connection;
  const open = (): void => {
    wasMissed = false;
    connection = (protocol === 'WebSocket' ? overWebSocket : overSse)({
      url,
      variables: { tags, after },
      onTold,
      onEnd,
    });
  };
  const onTold = (told: Told): void => {
    after = told.cursor ?? told.caughtUp ?? told.resumeCursor;
    if (told.caughtUp !== undefined) listening.resolve();
    if (told.resumeCursor !== undefined) {
      counts.missed += 1;
      wasMissed = true;
    }
    if (told.cursor === undefined) return;
    numbers.push(Number(told.variables?.find(({ name }) => name === 'n')?.value));
    for (const look of waiting) look();
  };
  const onEnd = (why: string): void => {
    if (stopped) return;
    if (!wasMissed) cuts.push(`${protocol}: ${why}, after ${numbers.length} events`);
    open();
  };
  open();
  await listening.promise;
  return {
    numbers,
    get missed() {
      return counts.missed;
    },
    cuts,
    stall: () => connection.pause(),
    goOn: () => connection.resume(),
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (numbers.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    stop() {
      stopped = true;
      connection.end();
    },
  };
}

function overWebSocket({ url, variables, onTold, onEnd }: Reader): Connection {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => {});
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: ADMIN_KEY } })),
  );
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { type: string; payload?: { data?: { phoneEvents: Told } } };
    if (message.type === 'connection_ack') {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: EVENTS, variables } }));
    } else if (message.type === 'next' && message.payload?.data !== undefined) onTold(message.payload.data.phoneEvents);
    else if (message.type === 'complete') socket.close();
  });
  socket.on('close', (code, reason) => onEnd(`${code} ${reason.toString()}`));
  return { pause: () => socket.pause(), resume: () => socket.resume(), end: () => socket.terminate() };
}

function overSse({ url, variables, onTold, onEnd }: Reader): Connection {
  let response: IncomingMessage | undefined;
  let text = '';
  const asked = request(`${url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Bearer ${ADMIN_KEY}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
    },
  });
  let why = 'closed';
  asked.on('error', (error) => {
    why = error.message;
  });
  asked.on('close', () => onEnd(why));
  asked.on('response', (opened) => {
    response = opened.setEncoding('utf8');
    opened.on('error', (error) => {
      why = error.message;
    });
    opened.on('data', (chunk: string) => {
      const blocks = `${text}${chunk}`.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^event: next\ndata: (.*)$/m.exec(block)?.[1];
        if (data === undefined) continue;
        const result = JSON.parse(data) as { data?: { phoneEvents: Told } };
        if (result.data !== undefined) onTold(result.data.phoneEvents);
      }
    });
  });
  asked.end(JSON.stringify({ query: EVENTS, variables }));
  return {
    pause: () => void response?.pause(),
    resume: () => void response?.resume(),
    end: () => void asked.destroy(),
  };
}
