import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { expect, test } from 'vitest';
import { CallDesk } from '../../src/virtual/call-desk.ts';

/** A desk with two lines of its own, in an exchange with two others who take each call. */
function office() {
  const exchange = new VirtualExchange();
  const [berta, carl] = ['1002', '1003'].map((number) => exchange.addParty({ number }));
  const lines = ['1001', '1009'].map((number) =>
    exchange.connect({ number, displayName: '', domain: exchange.domain }),
  );
  const told: string[] = [];
  const desk = new CallDesk({
    lines: () => lines,
    onPath: (path) => told.push(path),
    onTransfer: (mode) => told.push(mode),
    onDialed: (number) => told.push(number),
  });
  const talk = async (number: string, line = 0) => {
    const leg = desk.dial(number, lines[line]);
    await exchange.settled();
    (number === '1002' ? berta : carl)?.answer();
    await exchange.settled();
    if (leg === undefined) throw new Error('There is no such line.');
    return leg;
  };
  return { desk, exchange, lines, told, talk, [Symbol.dispose]: () => exchange[Symbol.dispose]() };
}

test('a call that has ended is on no line, and nothing can be done to it', async () => {
  using one = office();
  const leg = await one.talk('1002');
  one.lines[0]?.end(leg);
  await one.exchange.settled();
  one.told.length = 0;
  const { desk } = one;
  expect([desk.end(leg), desk.hold(leg), desk.resume(leg), desk.answer(leg)]).toEqual([false, false, false, false]);
  expect([desk.transferBlind(leg, '1003'), desk.transferAttended(leg, leg), desk.conference([leg])]).toEqual([
    ...[false, false, false],
  ]);
  expect(one.told).toEqual([]);
});

test('calls of two lines are neither joined nor put together', async () => {
  using one = office();
  const [first, second] = [await one.talk('1002'), await one.talk('1003', 1)];
  one.told.length = 0;
  expect([one.desk.transferAttended(first, second), one.desk.conference([first, second])]).toEqual([false, false]);
  expect(one.told).toEqual([]);
  expect([first.state, second.state]).toEqual(['held', 'connected']);
});

test('a transfer that the exchange does not take is not told', async () => {
  using one = office();
  const leg = await one.talk('1002');
  one.told.length = 0;
  expect(one.desk.transferAttended(leg, leg)).toBe(false);
  expect(one.told).toEqual([]);
});

test('a call that is resumed on hook is heard on the speaker', async () => {
  using one = office();
  const leg = await one.talk('1002');
  one.desk.hold(leg);
  one.desk.setPath('none');
  one.told.length = 0;
  expect([one.desk.resume(leg), one.desk.path, one.told]).toEqual([true, 'speaker', ['speaker']]);
});

test('without a line nothing is dialled', () => {
  const desk = new CallDesk({ lines: () => [], onPath: () => {}, onTransfer: () => {}, onDialed: () => {} });
  expect([desk.dial('1002'), desk.end(undefined), desk.hold(undefined)]).toEqual([undefined, false, false]);
});
