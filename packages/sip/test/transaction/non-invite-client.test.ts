import { expect, test } from 'vitest';
import { ClientTransactions, type ExchangeEnd } from '../../src/transaction/client-transactions.ts';
import { DEFAULT_TIMERS } from '../../src/transaction/timers.ts';
import { TransportFault } from '../../src/transport/types.ts';
import { FakeFlow, incomingResponse, outgoing } from '../support/fake-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';

const BRANCH = 'z9hG4bKtest';
const METHOD = 'NOTIFY';

function start(transport: 'udp' | 'tcp', signal?: AbortSignal) {
  const clock = new ManualClock();
  const table = new ClientTransactions(clock, DEFAULT_TIMERS);
  const flow = new FakeFlow(clock, transport);
  const end = table.exchange({ ...outgoing(METHOD, BRANCH), method: METHOD, branch: BRANCH, flow, signal });
  const receive = (status: number, method = METHOD): boolean =>
    table.receive(incomingResponse(status, { branch: BRANCH, method }));
  return { clock, table, flow, end, receive };
}

/** What the promise has become, if it has. */
async function settled(end: Promise<ExchangeEnd>): Promise<ExchangeEnd | 'waiting'> {
  return Promise.race([end, new Promise<'waiting'>((resolve) => setImmediate(() => resolve('waiting')))]);
}

test('without an answer it goes out by timer E, capped by T2, until timer F', async () => {
  const { clock, end, flow, table } = start('udp');
  clock.advance(31_999);
  expect(flow.times).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
  expect(await settled(end)).toBe('waiting');
  clock.advance(1);
  expect(await end).toEqual({ kind: 'timeout', provisional: null });
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
  expect(new Set(flow.sent.map(({ bytes }) => bytes.toString())).size).toBe(1);
});

test('after a 100 it goes out every T2, and still ends with timer F', async () => {
  const { clock, end, flow, receive, table } = start('udp');
  clock.advance(600);
  receive(100);
  clock.advance(31_400);
  // Timer E was set to 1 s before the 100 came, and from then on it is T2.
  expect(flow.times).toEqual([0, 500, 1500, 5500, 9500, 13_500, 17_500, 21_500, 25_500, 29_500]);
  expect(await end).toEqual({ kind: 'timeout', provisional: 100 });
  expect(table.size).toBe(0);
});

test('a final response ends it, timer K absorbs those that come again', async () => {
  const { clock, end, flow, receive, table } = start('udp');
  clock.advance(700);
  expect(receive(200)).toBe(true);
  expect(await end).toMatchObject({ kind: 'final', response: { status: 200 } });
  clock.advance(4_999);
  expect(receive(200)).toBe(true);
  expect(table.size).toBe(1);
  clock.advance(1);
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
  expect(receive(200)).toBe(false);
  expect(flow.times).toEqual([0, 500]);
});

test('over TCP nothing is sent twice, timer F holds, timer K is 0', async () => {
  const waiting = start('tcp');
  waiting.clock.advance(32_000);
  expect(waiting.flow.times).toEqual([0]);
  expect(await waiting.end).toEqual({ kind: 'timeout', provisional: null });
  const answered = start('tcp');
  answered.receive(486);
  expect(await answered.end).toMatchObject({ kind: 'final', response: { status: 486 } });
  expect({ size: answered.table.size, timers: answered.clock.pending }).toEqual({ size: 0, timers: 0 });
  expect(answered.flow.watchers).toBe(0);
});

test('a response is matched by branch and method together', async () => {
  const { end, receive, table } = start('udp');
  expect(receive(200, 'MESSAGE')).toBe(false);
  expect(table.receive(incomingResponse(200, { branch: 'z9hG4bKother', method: METHOD }))).toBe(false);
  expect(await settled(end)).toBe('waiting');
  expect(receive(202)).toBe(true);
  expect(await end).toMatchObject({ kind: 'final', response: { status: 202 } });
});

test('what the network did not take was not sent; a failure after that is told apart', async () => {
  const clock = new ManualClock();
  const table = new ClientTransactions(clock, DEFAULT_TIMERS);
  const flow = new FakeFlow(clock, 'udp');
  flow.fault = new TransportFault('UNREACHABLE', 'no route');
  const exchange = { ...outgoing(METHOD, BRANCH), method: METHOD, branch: BRANCH, flow };
  expect(await table.exchange(exchange)).toMatchObject({
    kind: 'fault',
    sent: false,
    fault: { reason: 'UNREACHABLE' },
  });
  flow.fault = undefined;
  const second = table.exchange(exchange);
  await Promise.resolve();
  flow.fault = new TransportFault('UNREACHABLE', 'no route any more');
  clock.advance(500);
  expect(await second).toMatchObject({ kind: 'fault', sent: true });
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a connection that ends before the answer ends the wait', async () => {
  const { clock, end, flow, table } = start('tcp');
  flow.close();
  expect(await end).toMatchObject({ kind: 'fault', sent: true });
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a signal ends it at once, before and after it was sent', async () => {
  const before = start('udp', AbortSignal.abort());
  expect(await before.end).toEqual({ kind: 'aborted', sent: false, provisional: null });
  expect(before.flow.sent).toEqual([]);
  const controller = new AbortController();
  const after = start('udp', controller.signal);
  controller.abort();
  expect(await after.end).toEqual({ kind: 'aborted', sent: true, provisional: null });
  after.clock.advance(60_000);
  expect(after.flow.times).toEqual([0]);
  expect({ size: after.table.size, timers: after.clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('closing tells everybody who waits', async () => {
  const { clock, end, table } = start('udp');
  table.close();
  expect(await end).toMatchObject({ kind: 'fault', sent: true, fault: { reason: 'CLOSED' } });
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});
