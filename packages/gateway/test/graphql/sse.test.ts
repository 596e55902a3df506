import { expect, test } from 'vitest';
import { event } from './fake-records.ts';
import { codesOf, startGateway, type TestGateway } from './gateway.ts';

interface Frame {
  readonly event: string;
  readonly data: string;
}

/** Reads server-sent events off a response as a client does. */
async function* framesOf(response: Response): AsyncGenerator<Frame | 'comment', void, void> {
  const decoder = new TextDecoder();
  let buffered = '';
  for await (const chunk of response.body ?? []) {
    buffered += decoder.decode(chunk, { stream: true });
    const blocks = buffered.split('\n\n');
    buffered = blocks.pop() ?? '';
    for (const block of blocks) yield frameOf(block);
  }
}

function frameOf(block: string): Frame | 'comment' {
  const lines = block.split('\n');
  const field = (name: string) =>
    lines
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const name = field('event');
  return name === undefined ? 'comment' : { event: name, data: field('data') ?? '' };
}

async function subscribe(gateway: TestGateway, query: string, variables?: object) {
  const leaving = new AbortController();
  const response = await gateway.fetch({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  const frames = framesOf(response);
  const next = async (): Promise<Frame> => {
    for (;;) {
      const { value, done } = await frames.next();
      if (done) throw new Error('The stream ended.');
      if (value !== 'comment') return value;
    }
  };
  return { response, frames, leaving, nextFrame: next, next: async () => JSON.parse((await next()).data) };
}

const PHONE_EVENTS =
  'subscription ($after: String) { phoneEvents(after: $after) { __typename ... on CaughtUp { cursor } ... on PhoneEvent { cursor } } }';

test('resumes, catches up and goes on live', async () => {
  const gateway = await startGateway();
  const stream = await subscribe(gateway, PHONE_EVENTS, { after: 'e4' });
  expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
  expect(await stream.next()).toEqual({ data: { phoneEvents: { __typename: 'DeviceEvent', cursor: 'e5' } } });
  expect(await stream.next()).toEqual({ data: { phoneEvents: { __typename: 'OtherEvent', cursor: 'e6' } } });
  expect(await stream.next()).toEqual({ data: { phoneEvents: { __typename: 'CaughtUp', cursor: 'e6' } } });
  gateway.state.eventFeed.push({ kind: 'event', event: event(7, { type: 'OTHER' }) });
  expect(await stream.next()).toEqual({ data: { phoneEvents: { __typename: 'OtherEvent', cursor: 'e7' } } });
});

test('is kept alive while nothing happens', async () => {
  const gateway = await startGateway();
  const stream = await subscribe(gateway, PHONE_EVENTS);
  const seen: unknown[] = [];
  for await (const frame of stream.frames) {
    seen.push(frame);
    if (seen.filter((one) => one === 'comment').length === 3) break;
  }
  expect(seen.filter((one) => one !== 'comment')).toHaveLength(1);
});

test('a client that leaves ends the source, though nothing happens any more', async () => {
  const gateway = await startGateway();
  const stream = await subscribe(gateway, PHONE_EVENTS);
  await stream.next();
  await gateway.state.eventFeed.listeners(1);
  stream.leaving.abort();
  await gateway.state.eventFeed.listeners(0);
});

test('EventsMissed tells where to resume', async () => {
  const gateway = await startGateway();
  const query = 'subscription { phoneEvents { ... on EventsMissed { reason resumeCursor } } }';
  const stream = await subscribe(gateway, query);
  await stream.next();
  gateway.state.eventFeed.push({ kind: 'missed', reason: 'SUBSCRIBER_TOO_SLOW', resumeCursor: 'e9' });
  expect(await stream.next()).toEqual({
    data: { phoneEvents: { reason: 'SUBSCRIBER_TOO_SLOW', resumeCursor: 'e9' } },
  });
});

test('a bad cursor is told with its code, and the stream completes', async () => {
  const gateway = await startGateway();
  const stream = await subscribe(gateway, PHONE_EVENTS, { after: 'nonsense' });
  expect(codesOf(await stream.next())).toEqual(['BAD_USER_INPUT']);
  expect((await stream.nextFrame()).event).toBe('complete');
});

test('a source that fails is masked and reported', async () => {
  const gateway = await startGateway();
  const stream = await subscribe(gateway, PHONE_EVENTS);
  await stream.next();
  gateway.state.eventFeed.fail(new Error('disk on fire'));
  const answer = await stream.next();
  expect(codesOf(answer)).toEqual(['INTERNAL']);
  expect(JSON.stringify(answer)).not.toContain('fire');
  expect(gateway.internalErrors).toMatchObject([{ error: { message: 'disk on fire' } }]);
  expect((await stream.nextFrame()).event).toBe('complete');
});

test('a subscription that does not accept an event stream is refused, and nothing listens', async () => {
  const gateway = await startGateway();
  const response = await gateway.fetch({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: PHONE_EVENTS }),
  });
  expect(response.status).toBe(406);
  expect(gateway.state.asked).toEqual([]);
});

test('drain cuts the open streams, so that their clients come again', async () => {
  const gateway = await startGateway();
  const stream = await subscribe(gateway, PHONE_EVENTS);
  await stream.next();
  gateway.handler.drain();
  await expect(stream.next()).rejects.toThrow();
  await gateway.state.eventFeed.listeners(0);
});
