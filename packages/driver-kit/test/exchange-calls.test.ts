import { expect, test, vi } from 'vitest';
import { type CallLeg, VirtualExchange } from '../src/virtual/index.ts';
import { connectTold } from './support/told-endpoint.ts';

const startTwo = () => {
  const exchange = new VirtualExchange();
  const alice = connectTold(exchange, '1001', 'Alice');
  const bob = connectTold(exchange, '1002', 'Bob');
  return { exchange, alice, bob };
};

const startCall = async () => {
  const three = startTwo();
  three.alice.line.dial('1002');
  await three.exchange.settled();
  three.bob.line.answer(three.bob.leg);
  await three.exchange.settled();
  three.alice.told.length = 0;
  three.bob.told.length = 0;
  return three;
};

test('a call from dialling to the end, as both sides see it', async () => {
  const { exchange, alice, bob } = startTwo();
  const leg = alice.line.dial('1002');
  expect(leg).toMatchObject({ state: 'dialing', direction: 'outgoing', remote: { number: '1002', displayName: '' } });
  await exchange.settled();
  expect(leg).toMatchObject({ state: 'ringing', remote: { number: '1002', displayName: 'Bob', domain: 'pbx.test' } });
  expect(bob.leg).toMatchObject({ state: 'ringing', direction: 'incoming', remote: { displayName: 'Alice' } });
  expect(bob.leg.sipCallId).toBe(leg.sipCallId);
  expect(bob.line.answer(bob.leg)).toBe(true);
  await exchange.settled();
  expect([leg.state, bob.leg.state]).toEqual(['connected', 'connected']);
  expect(leg.answeredAt).toBe(bob.leg.answeredAt);
  expect(exchange.calls()).toMatchObject([
    {
      legs: [
        { number: '1001', remoteNumber: '1002', state: 'connected' },
        { number: '1002', remoteNumber: '1001' },
      ],
    },
  ]);
  alice.line.hangUp(leg);
  await exchange.settled();
  expect(alice.told).toEqual(['dialing 1002', 'ringing 1002', 'answered 1002', 'ended 1002 hungUp']);
  expect(bob.told).toEqual(['incoming 1001', 'answered 1001', 'ended 1001 remoteHungUp']);
  expect(leg).toMatchObject({ state: 'ended', endReason: 'hungUp' });
  expect([exchange.calls(), alice.line.legs, bob.line.legs]).toEqual([[], [], []]);
});

test.each<[string, (parties: ReturnType<typeof startTwo>) => void, string[]]>([
  ['the called refuses', ({ bob }) => bob.line.reject(bob.leg), ['remoteRejected', 'rejected']],
  ['the caller gives up', ({ alice }) => alice.line.cancel(alice.leg), ['cancelled', 'remoteCancelled']],
  ['the called leaves the exchange', ({ bob }) => bob.line.disconnect(), ['remoteRejected', 'not told']],
  ['the caller leaves the exchange', ({ alice }) => alice.line.disconnect(), ['not told', 'remoteCancelled']],
  ['the caller ends it anyhow', ({ alice }) => alice.line.end(alice.leg), ['cancelled', 'remoteCancelled']],
  ['the called ends it anyhow', ({ bob }) => bob.line.end(bob.leg), ['remoteRejected', 'rejected']],
])('while it rings: %s', async (_, act, bothSee) => {
  const parties = startTwo();
  const { exchange, alice, bob } = parties;
  alice.line.dial('1002');
  await exchange.settled();
  act(parties);
  await exchange.settled();
  const endOf = ({ told }: typeof alice) => told.find((line) => line.startsWith('ended'))?.split(' ')[2] ?? 'not told';
  expect([endOf(alice), endOf(bob)]).toEqual(bothSee);
  expect(exchange.calls()).toEqual([]);
});

test('a number that nobody has, a busy one, the own one', async () => {
  const { exchange, alice, bob } = startTwo();
  bob.admission = 'busy';
  for (const number of ['9999', '1002', '1001']) alice.line.dial(number);
  await exchange.settled();
  expect(alice.told.filter((line) => line.startsWith('ended'))).toEqual([
    'ended 9999 notFound',
    'ended 1002 busy',
    'ended 1001 busy',
  ]);
  expect(bob.told).toEqual([]);
});

test('takes a SIP URI for the number in it', async () => {
  const { exchange, alice, bob } = startTwo();
  alice.line.dial('sip:1002@pbx.test');
  await exchange.settled();
  expect(bob.told).toEqual(['incoming 1001']);
});

test('a call given up before it was routed rings nowhere', async () => {
  const { exchange, alice, bob } = startTwo();
  alice.line.cancel(alice.line.dial('1002'));
  await exchange.settled();
  expect([alice.told, bob.told]).toEqual([['dialing 1002', 'ended 1002 cancelled'], []]);
});

test('holds by either side and by both', async () => {
  const { exchange, alice, bob } = await startCall();
  alice.line.hold(alice.leg);
  bob.line.hold(bob.leg);
  expect(alice.leg).toMatchObject({ state: 'held', heldByRemote: true });
  alice.line.resume(alice.leg);
  expect(bob.leg).toMatchObject({ state: 'held', heldByRemote: false });
  await exchange.settled();
  expect(alice.told).toEqual(['held 1002', 'remoteHeld 1002', 'resumed 1002']);
  expect(bob.told).toEqual(['remoteHeld 1001', 'held 1001', 'remoteResumed 1001']);
});

test('digits reach the far end of a call that is not held', async () => {
  const { exchange, alice, bob } = await startCall();
  expect(alice.line.sendDigits(alice.leg, '12#')).toBe(true);
  alice.line.hold(alice.leg);
  expect(alice.line.sendDigits(alice.leg, '3')).toBe(false);
  await exchange.settled();
  expect(bob.told).toContain('digits 1001 12#');
  expect(bob.leg.receivedDigits).toBe('12#');
});

test('an operation at the wrong time does nothing, on a leg of somebody else it throws', async () => {
  const { exchange, alice, bob } = await startCall();
  const { line, leg } = alice;
  expect([line.answer(leg), line.reject(leg), line.cancel(leg), line.resume(leg), line.deflect(leg, '1003')]).toEqual(
    Array(5).fill(false),
  );
  expect(() => line.hangUp(bob.leg)).toThrow('not one of 1001');
  line.hangUp(leg);
  expect([line.hangUp(leg), line.hold(leg), line.end(leg), line.sendDigits(leg, '1')]).toEqual(Array(4).fill(false));
  await exchange.settled();
  expect(alice.told).toEqual(['ended 1002 hungUp']);
});

test('nobody is called in the middle of an operation, not even from a callback', async () => {
  const exchange = new VirtualExchange();
  const order: string[] = [];
  const caller = exchange.connect({
    number: '1',
    displayName: '',
    domain: 'd',
    onAnswered: (leg) => {
      order.push('answered: begins');
      caller.hold(leg);
      caller.hangUp(leg);
      order.push('answered: ends');
    },
    onHeld: () => void order.push('held'),
    onEnded: () => void order.push('ended'),
  });
  exchange.addParty({ number: '2', answersAfterMs: 0 });
  caller.dial('2');
  expect(order).toEqual([]);
  await exchange.settled();
  expect(order).toEqual(['answered: begins', 'answered: ends', 'held', 'ended']);
});

test('an endpoint that throws disturbs nobody else and is heard of', async () => {
  const thrown: unknown[] = [];
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const uncaught = new Promise<void>((resolve) => {
    process.once('uncaughtException', (error) => {
      thrown.push(error);
      resolve();
    });
  });
  const { exchange, alice } = startTwo();
  exchange.connect({
    number: '1003',
    displayName: '',
    domain: 'd',
    onIncoming: () => {
      throw new Error('bug in a phone');
    },
  });
  alice.line.dial('1003');
  await uncaught;
  for (const listener of listeners) process.on('uncaughtException', listener);
  expect(thrown).toEqual([new Error('bug in a phone')]);
  expect(alice.told).toEqual(['dialing 1003', 'ringing 1003']);
});

test('rings as long as it may, then it is missed', async () => {
  vi.useFakeTimers();
  try {
    const exchange = new VirtualExchange({ ringTimeoutMs: 30_000 });
    const alice = connectTold(exchange, '1001');
    const bob = connectTold(exchange, '1002');
    alice.line.dial('1002');
    await exchange.settled();
    vi.advanceTimersByTime(29_999);
    expect(bob.leg.state).toBe('ringing');
    vi.advanceTimersByTime(1);
    await exchange.settled();
    expect([alice.told.at(-1), bob.told.at(-1)]).toEqual(['ended 1002 noAnswer', 'ended 1001 missed']);
    alice.line.dial('1002');
    await exchange.settled();
    bob.line.answer(bob.leg);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('phones name their legs, and the exchange can give each leg a Call-ID of its own', async () => {
  const [callIds, legIds] = [
    ['c1', 'c2', 'c3', 'c4'],
    ['-2', '-4'],
  ].map((names) => () => names.shift() ?? '') as [() => string, () => string];
  const exchange = new VirtualExchange({ callIds: 'perLeg', newCallId: callIds });
  const legs: CallLeg[] = [];
  const onIncoming = (leg: CallLeg) => void legs.push(leg);
  exchange.connect({ number: '1002', displayName: '', domain: 'd', nextLegId: legIds, onIncoming });
  const alice = connectTold(exchange, '1001');
  alice.line.dial('1002');
  alice.line.dial('1002');
  await exchange.settled();
  expect(legs.map(({ id }) => id)).toEqual(['-2', '-4']);
  expect(alice.line.legs.map(({ id, sipCallId }) => [id, sipCallId])).toEqual([
    ['leg-1', 'c1'],
    ['leg-2', 'c2'],
  ]);
  expect(legs.map(({ sipCallId }) => sipCallId)).toEqual(['c3', 'c4']);
});

test('a number is connected once, and free again after', async () => {
  const { exchange, alice } = await startCall();
  expect(() => connectTold(exchange, '1001')).toThrow('already connected');
  alice.line.disconnect();
  alice.line.disconnect();
  expect(() => alice.line.dial('1002')).toThrow('has left');
  connectTold(exchange, '1001');
  await exchange.settled();
  expect(alice.told).toEqual([]);
});

test('keeps what it told, for tests to wait for', async () => {
  const { exchange, alice } = startTwo();
  alice.line.dial('9999');
  const ended = await exchange.events.waitFor(({ event }) => event === 'onEnded');
  expect(ended).toEqual({ number: '1001', event: 'onEnded', legId: 'leg-1', reason: 'notFound' });
});

test('tells of every leg that begins', async () => {
  const begun: string[] = [];
  const exchange = new VirtualExchange({
    onLeg: ({ local, remote }) => begun.push(`${local.number} ${remote.number}`),
  });
  const alice = connectTold(exchange, '1001');
  connectTold(exchange, '1002');
  alice.line.dial('1002');
  await exchange.settled();
  expect(begun).toEqual(['1001 1002', '1002 1001']);
});

test('disposal ends everything without a word', async () => {
  const { exchange, alice, bob } = await startCall();
  exchange[Symbol.dispose]();
  await exchange.settled();
  expect([alice.told, bob.told, exchange.calls()]).toEqual([[], [], []]);
});
