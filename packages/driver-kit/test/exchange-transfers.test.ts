import { expect, test, vi } from 'vitest';
import { type Admission, VirtualExchange } from '../src/virtual/index.ts';
import { connectTold, type ToldEndpoint } from './support/told-endpoint.ts';

/** Alice and Bob speak; Carol and Dave are there. */
const startCall = async () => {
  const exchange = new VirtualExchange();
  const [alice, bob, carol, dave] = ['1001', '1002', '1003', '1004'].map((number) => connectTold(exchange, number)) as [
    ToldEndpoint,
    ToldEndpoint,
    ToldEndpoint,
    ToldEndpoint,
  ];
  alice.line.dial('1002');
  await exchange.settled();
  bob.line.answer(bob.leg);
  await exchange.settled();
  const forget = () => {
    for (const { told } of [alice, bob, carol, dave]) told.length = 0;
  };
  forget();
  return { exchange, alice, bob, carol, dave, forget };
};

/** Who speaks with whom: `1001-1003 connected/connected`. */
const callsOf = (exchange: VirtualExchange) =>
  exchange.calls().map(({ legs }) => {
    return `${legs.map(({ number }) => number).join('-')} ${legs.map(({ state }) => state).join('/')}`;
  });

test('blind transfer: the far end goes on in its call, the target rings', async () => {
  const { exchange, alice, bob, carol } = await startCall();
  bob.line.hold(bob.leg);
  expect(bob.line.blindTransfer(bob.leg, '1003')).toBe(true);
  await exchange.settled();
  expect(bob.told).toEqual(['held 1001', 'transferFinished 1001 blind', 'ended 1001 transferred']);
  expect(alice.told).toEqual(['remoteHeld 1002', 'remoteResumed 1003', 'remoteChanged 1003 blind']);
  expect(carol.told).toEqual(['incoming 1001']);
  carol.line.answer(carol.leg);
  await exchange.settled();
  expect(callsOf(exchange)).toEqual(['1001-1003 connected/connected']);
  expect(alice.leg.heldByRemote).toBe(false);
  // One call for Alice from first to last: no second "answered".
  expect(alice.told).not.toContain('answered 1003');
  alice.line.hangUp(alice.leg);
  await exchange.settled();
  expect(carol.told).toEqual(['incoming 1001', 'answered 1001', 'ended 1001 remoteHungUp']);
});

test.each<[string, string, Admission]>([
  ['is a number that nobody has', '9999', 'ring'],
  ['is busy', '1004', 'busy'],
  ['sends it back to who transfers', '1004', { forwardTo: '1002' }],
  ['sends it back to who is transferred', '1004', { forwardTo: '1001' }],
])('blind transfer fails and the call goes on if the target %s', async (_, target, admission) => {
  const { exchange, alice, bob, dave } = await startCall();
  dave.admission = admission;
  bob.line.blindTransfer(bob.leg, target);
  await exchange.settled();
  expect(bob.told).toEqual(['transferFailed 1001 blind']);
  expect(alice.told).toEqual([]);
  expect(callsOf(exchange)).toEqual(['1001-1002 connected/connected']);
});

test('blind transfer: the target refuses, or the far end gives up', async () => {
  const refused = await startCall();
  refused.bob.line.blindTransfer(refused.bob.leg, '1003');
  await refused.exchange.settled();
  refused.carol.line.reject(refused.carol.leg);
  await refused.exchange.settled();
  expect(refused.alice.told.at(-1)).toBe('ended 1003 remoteHungUp');

  const left = await startCall();
  left.bob.line.blindTransfer(left.bob.leg, '1003');
  await left.exchange.settled();
  left.alice.line.hangUp(left.alice.leg);
  await left.exchange.settled();
  expect(left.carol.told.at(-1)).toBe('ended 1001 remoteCancelled');
});

test('blind transfer of a call that ends meanwhile does nothing', async () => {
  const { exchange, alice, bob, carol } = await startCall();
  bob.line.blindTransfer(bob.leg, '1003');
  alice.line.hangUp(alice.leg);
  await exchange.settled();
  expect([bob.told, carol.told]).toEqual([['ended 1001 remoteHungUp'], []]);
});

test('attended transfer joins the far ends', async () => {
  const { exchange, alice, bob, carol, forget } = await startCall();
  const held = bob.leg;
  bob.line.hold(held);
  const active = bob.line.dial('1003');
  await exchange.settled();
  carol.line.answer(carol.leg);
  await exchange.settled();
  forget();
  expect(bob.line.attendedTransfer(held, active)).toBe(true);
  await exchange.settled();
  expect(bob.told).toEqual(['transferFinished 1001 attended', 'ended 1001 transferred', 'ended 1003 transferred']);
  expect(alice.told).toEqual(['remoteResumed 1003', 'remoteChanged 1003 attended']);
  expect(carol.told).toEqual(['remoteChanged 1001 attended']);
  expect(callsOf(exchange)).toEqual(['1001-1003 connected/connected']);
});

test('semi-attended transfer: the target still rings', async () => {
  const { exchange, alice, bob, carol } = await startCall();
  const held = bob.leg;
  bob.line.hold(held);
  const active = bob.line.dial('1003');
  expect(bob.line.attendedTransfer(held, active)).toBe(false); // It does not ring yet.
  await exchange.settled();
  expect(bob.line.attendedTransfer(held, active)).toBe(true);
  await exchange.settled();
  expect(callsOf(exchange)).toEqual(['1001-1003 connected/ringing']);
  carol.line.answer(carol.leg);
  alice.line.hold(alice.leg);
  await exchange.settled();
  expect(carol.told.slice(-2)).toEqual(['answered 1001', 'remoteHeld 1001']);
});

test('a far end that holds goes on holding after a transfer', async () => {
  const { exchange, alice, bob, carol } = await startCall();
  const held = bob.leg;
  alice.line.hold(alice.leg);
  const active = bob.line.dial('1003');
  await exchange.settled();
  carol.line.answer(carol.leg);
  bob.line.attendedTransfer(held, active);
  await exchange.settled();
  expect(carol.told.slice(-2)).toEqual(['remoteChanged 1001 attended', 'remoteHeld 1001']);
  expect(carol.leg.heldByRemote).toBe(true);
});

test('a target that still rings learns with its answer that the far end holds', async () => {
  const { exchange, alice, bob, carol } = await startCall();
  const held = bob.leg;
  bob.line.hold(held);
  const active = bob.line.dial('1003');
  await exchange.settled();
  alice.line.hold(alice.leg);
  bob.line.attendedTransfer(held, active);
  await exchange.settled();
  expect(carol.told).toEqual(['incoming 1002', 'remoteChanged 1001 attended']);
  carol.line.answer(carol.leg);
  await exchange.settled();
  expect(carol.told.slice(-2)).toEqual(['answered 1001', 'remoteHeld 1001']);
});

test('deflect: the caller goes on ringing at somebody else', async () => {
  const { exchange, carol, dave, bob, alice } = await startCall();
  alice.line.hangUp(alice.leg);
  carol.line.dial('1004');
  await exchange.settled();
  expect(dave.line.deflect(dave.leg, '1002')).toBe(true);
  await exchange.settled();
  expect(dave.told).toEqual(['incoming 1003', 'forwarded 1003 to 1002', 'ended 1003 deflected']);
  expect(carol.told).toEqual(['dialing 1004', 'ringing 1004', 'ringing 1002']);
  expect(callsOf(exchange)).toEqual(['1003-1002 ringing/ringing']);
  bob.line.deflect(bob.leg, '9999');
  await exchange.settled();
  expect(carol.told.at(-1)).toBe('ended 1002 notFound');
});

test('forwards are followed, circles end as busy', async () => {
  const { exchange, alice, bob, carol, dave } = await startCall();
  alice.line.hangUp(alice.leg);
  bob.admission = { forwardTo: '1003' };
  alice.line.dial('1002');
  await exchange.settled();
  expect(bob.told.at(-1)).toBe('forwarded 1001 to 1003');
  expect(carol.told).toEqual(['incoming 1001']);
  carol.admission = { forwardTo: '1002' };
  dave.line.dial('1002');
  await exchange.settled();
  expect(dave.told.at(-1)).toBe('ended 1002 busy');
});

test('a conference resumes what was held, and is none any more when one is left', async () => {
  const { exchange, alice, bob, carol } = await startCall();
  const first = bob.leg;
  bob.line.hold(first);
  const second = bob.line.dial('1003');
  expect(bob.line.conference([first, second])).toBe(false);
  await exchange.settled();
  carol.line.answer(carol.leg);
  expect(bob.line.conference([first, first])).toBe(false);
  expect(bob.line.conference([first, second])).toBe(true);
  await exchange.settled();
  expect(bob.told.slice(-2)).toEqual(['resumed 1001', 'conference 1001 1003']);
  expect(alice.leg.heldByRemote).toBe(false);
  expect([first.conference, second.conference]).toEqual([`conference-${first.id}`, `conference-${first.id}`]);
  carol.line.hangUp(carol.leg);
  expect(first).toMatchObject({ conference: undefined, state: 'connected' });
});

test('scripted parties answer, refuse, are busy and send on', async () => {
  const { exchange, alice } = await startCall();
  alice.line.hangUp(alice.leg);
  exchange.addParty({ number: '2001', displayName: 'Voice box', answersAfterMs: 0 });
  exchange.addParty({ number: '2002', rejects: true });
  exchange.addParty({ number: '2003', busy: true });
  exchange.addParty({ number: '2004', forwardsTo: '2001' });
  const legs = ['2001', '2002', '2003', '2004'].map((number) => alice.line.dial(number));
  await exchange.settled();
  expect(legs.map(({ state, endReason }) => endReason ?? state)).toEqual([
    'connected',
    'remoteRejected',
    'busy',
    'connected',
  ]);
  expect(legs[3]?.remote).toEqual({ number: '2001', displayName: 'Voice box', domain: 'pbx.example' });
});

test('a scripted party does what it is told, and answers after a while', async () => {
  vi.useFakeTimers();
  try {
    const { exchange, alice } = await startCall();
    alice.line.hangUp(alice.leg);
    using customer = exchange.addParty({ number: '4930123' });
    customer.dial('1001');
    await exchange.settled();
    alice.line.answer(alice.leg);
    expect([customer.hold(), customer.hold(), customer.resume(), customer.hangUp(), customer.hangUp()]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    alice.line.dial('4930123');
    await exchange.settled();
    expect([customer.answer(), customer.answer()]).toEqual([true, false]);
    customer.hangUp();
    customer.script = { number: '4930123', answersAfterMs: 500 };
    alice.line.dial('4930123');
    await exchange.settled();
    vi.advanceTimersByTime(500);
    expect(customer.legs.map(({ state }) => state)).toEqual(['connected']);
  } finally {
    vi.useRealTimers();
  }
});
