import { Recorder } from '@hookswitch/driver-kit/virtual';
import { createClient } from 'graphql-ws';
import type { DemoOffice } from '../../src/office.ts';
import { PATIENCE } from './patience.ts';

/** What comes out of a subscription to events, as far as the tests look at it. */
export interface Update {
  readonly __typename: string;
  readonly cursor?: string;
  readonly vendorEvent?: string | null;
  readonly phone?: { readonly id: string };
  readonly callEventKind?: string;
  readonly callState?: string | null;
  readonly call?: CallView | null;
  readonly deviceEventKind?: string;
  readonly registrationState?: string;
  readonly feature?: string;
  readonly enabled?: boolean;
}

/** A call as the tests ask for it. */
export interface CallView {
  readonly id: string;
  readonly state: string;
  readonly direction: string | null;
  readonly remote: { readonly number: string | null; readonly displayName: string | null };
}

/** A subscription that is open. */
export interface Updates {
  readonly received: Recorder<Update>;
  /** Why it ended before it was closed. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

/** Opens a subscription to all events; resolves once it is live. */
export type Subscribe = (office: DemoOffice) => Promise<Updates>;

const PHONE_EVENTS = `subscription {
  phoneEvents {
    __typename
    ... on PhoneEvent { cursor vendorEvent phone { id } }
    ... on CallEvent { callEventKind callState call { id state direction remote { number displayName } } }
    ... on DeviceEvent { deviceEventKind }
    ... on RegistrationEvent { registrationState }
    ... on FeatureEvent { feature enabled }
    ... on CaughtUp { cursor }
  }
}`;

interface Result {
  readonly data?: { readonly phoneEvents: Update } | null | undefined;
  readonly errors?: unknown;
}

/** Over WebSocket, graphql-transport-ws. */
export const overWebSocket: Subscribe = async (office) => {
  const client = createClient({
    url: `${office.gateway.url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${office.apiKey}` },
    retryAttempts: 0,
  });
  return live(client.iterate<NonNullable<Result['data']>>({ query: PHONE_EVENTS }), () => client.dispose());
};

/** Over server-sent events. */
export const overServerSentEvents: Subscribe = async (office) => {
  const connection = new AbortController();
  const response = await fetch(`${office.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${office.apiKey}`,
    },
    body: JSON.stringify({ query: PHONE_EVENTS }),
    signal: connection.signal,
  });
  if (response.body === null || response.status !== 200)
    throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return live(readEvents(response.body), () => connection.abort());
};

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<Result> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
      if (lines.some((line) => line === 'event: next')) yield JSON.parse(data.join('\n')) as Result;
    }
  }
}

async function live(results: AsyncIterable<Result>, end: () => unknown): Promise<Updates> {
  const received = new Recorder<Update>();
  const failures: unknown[] = [];
  let isOpen = true;
  const reading = (async () => {
    try {
      for await (const { data, errors } of results) {
        if (errors !== undefined) throw new Error(JSON.stringify(errors));
        if (data) received.record(data.phoneEvents);
      }
    } catch (error) {
      if (isOpen) failures.push(error);
    }
  })();
  const updates: Updates = {
    received,
    failures,
    async close() {
      isOpen = false;
      await end();
      await reading;
    },
  };
  await received.waitFor(({ __typename }) => __typename === 'CaughtUp', { ...PATIENCE, what: 'CaughtUp' });
  return updates;
}
