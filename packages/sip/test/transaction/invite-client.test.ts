import { expect, test } from 'vitest';
import { ClientTransactions } from '../../src/transaction/client-transactions.ts';
import { DEFAULT_TIMERS } from '../../src/transaction/timers.ts';
import { FakeFlow, incomingResponse, outgoing, parsedRequest } from '../support/fake-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';

const BRANCH = 'z9hG4bKinvite';

function invite(transport: 'udp' | 'tcp', signal?: AbortSignal) {
  const clock = new ManualClock();
  const table = new ClientTransactions(clock, DEFAULT_TIMERS);
  const flow = new FakeFlow(clock, transport);
  const successes: string[] = [];
  const end = table.exchange({
    ...outgoing('INVITE', BRANCH),
    method: 'INVITE',
    branch: BRANCH,
    flow,
    signal,
    onSuccess: (response) => successes.push(response.to.parameters.get('tag') ?? ''),
  });
  const receive = (status: number, tag = 'theirs'): boolean =>
    table.receive(incomingResponse(status, { branch: BRANCH, method: 'INVITE', tag }));
  return { clock, table, flow, end, successes, receive };
}

test('timer A doubles without a cap, timer B ends it', async () => {
  const { clock, end, flow, table } = invite('udp');
  clock.advance(32_000);
  expect(flow.times).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500]);
  expect(await end).toEqual({ kind: 'timeout', provisional: null });
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a provisional response stops timers A and B: a phone may ring as long as it likes', async () => {
  const { clock, end, flow, receive } = invite('udp');
  clock.advance(500);
  receive(180);
  clock.advance(120_000);
  expect(flow.times).toEqual([0, 500]);
  receive(486);
  expect(await end).toMatchObject({ kind: 'final', provisional: 180, response: { status: 486 } });
});

test('a refusal gets an ACK each time it comes, until timer D', async () => {
  const { clock, end, flow, receive, table } = invite('udp');
  receive(486);
  expect(await end).toMatchObject({ kind: 'final', response: { status: 486 } });
  clock.advance(10_000);
  receive(486);
  expect(flow.lines).toEqual([
    'INVITE sip:phone@192.0.2.2 SIP/2.0',
    'ACK sip:phone@192.0.2.2 SIP/2.0',
    'ACK sip:phone@192.0.2.2 SIP/2.0',
  ]);
  clock.advance(22_000);
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('the ACK of a refusal is of the same branch, with the tag of the response and no body', async () => {
  const { flow, receive } = invite('tcp');
  receive(404);
  const [, sent] = flow.sent;
  const ack = parsedRequest(sent?.bytes ?? Buffer.alloc(0));
  expect(ack.via.parameters.get('branch')).toBe(BRANCH);
  expect(ack.headers.all('via')).toHaveLength(1);
  expect(ack.to.parameters.get('tag')).toBe('theirs');
  expect(ack.from.parameters.get('tag')).toBe('ours');
  expect(ack.sequence).toEqual({ number: 7, method: 'ACK' });
  expect(ack.headers.get('route')).toBe('<sip:proxy.example.com;lr>');
  expect(ack.headers.get('contact')).toBeUndefined();
  expect(ack.body).toHaveLength(0);
});

test('each 2xx is handed on, those of a fork too, until timer M', async () => {
  const { clock, end, receive, successes, table } = invite('udp');
  receive(200, 'one');
  expect(await end).toMatchObject({ kind: 'final', response: { status: 200 } });
  receive(200, 'one');
  receive(200, 'two');
  expect(successes).toEqual(['one', 'one', 'two']);
  clock.advance(32_000);
  expect(receive(200, 'one')).toBe(false);
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a signal cancels, but not before a provisional response', async () => {
  const controller = new AbortController();
  const { clock, end, flow, receive, table } = invite('udp', controller.signal);
  controller.abort();
  expect(await end).toEqual({ kind: 'aborted', sent: true, provisional: null });
  expect(flow.lines.some((line) => line.startsWith('CANCEL'))).toBe(false);
  receive(180);
  const cancel = parsedRequest(flow.sent.at(-1)?.bytes ?? Buffer.alloc(0));
  expect(cancel).toMatchObject({
    method: 'CANCEL',
    uri: 'sip:phone@192.0.2.2',
    sequence: { number: 7, method: 'CANCEL' },
  });
  expect(cancel.via.parameters.get('branch')).toBe(BRANCH);
  expect(cancel.to.parameters.has('tag')).toBe(false);
  table.receive(incomingResponse(200, { branch: BRANCH, method: 'CANCEL' }));
  receive(487);
  expect(flow.lines.at(-1)).toMatch(/^ACK /);
  clock.advance(32_000);
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a peer that does not answer after a CANCEL is given up after 64 × T1', async () => {
  const controller = new AbortController();
  const { clock, end, receive, table } = invite('udp', controller.signal);
  receive(180);
  controller.abort();
  await end;
  clock.advance(32_000);
  expect({ size: table.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a 2xx after the caller gave up is handed on all the same', async () => {
  const controller = new AbortController();
  const { end, receive, successes } = invite('udp', controller.signal);
  controller.abort();
  await end;
  receive(200, 'late');
  expect(successes).toEqual(['late']);
});
