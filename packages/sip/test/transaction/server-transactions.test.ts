import { expect, test } from 'vitest';
import { ServerTransactions } from '../../src/transaction/server-transactions.ts';
import { DEFAULT_TIMERS } from '../../src/transaction/timers.ts';
import { outgoing, parsedRequest } from '../support/fake-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';

const ANSWER = Buffer.from('answer');

function table(capacity = 100) {
  const clock = new ManualClock();
  const transactions = new ServerTransactions({ clock, timers: DEFAULT_TIMERS, capacity });
  const sent: number[] = [];
  const admit = (method: string, branch: string, reliable = false) =>
    transactions.admit(parsedRequest(outgoing(method, branch).bytes), { reliable, send: () => sent.push(clock.now()) });
  const admitNew = (method: string, branch: string, reliable = false) => {
    const admission = admit(method, branch, reliable);
    if (admission.kind !== 'new') throw new Error(admission.kind);
    return admission.transaction;
  };
  return { clock, transactions, sent, admit, admitNew };
}

test('a request that comes again is absorbed, and answered again once there is an answer', () => {
  const { admit, admitNew, clock, sent, transactions } = table();
  const transaction = admitNew('NOTIFY', 'z9hG4bKa');
  expect(admit('NOTIFY', 'z9hG4bKa').kind).toBe('absorbed');
  expect(sent).toEqual([]);
  transaction.respond(ANSWER);
  clock.advance(500);
  expect(admit('NOTIFY', 'z9hG4bKa').kind).toBe('absorbed');
  expect(sent).toEqual([0, 500]);
  clock.advance(31_500);
  expect({ size: transactions.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('over TCP a transaction ends with its answer', () => {
  const { admitNew, clock, sent, transactions } = table();
  admitNew('MESSAGE', 'z9hG4bKb', true).respond(ANSWER);
  expect(sent).toEqual([0]);
  expect({ size: transactions.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a refused INVITE is answered by timer G until its ACK comes, then timer I', () => {
  const { admit, admitNew, clock, sent, transactions } = table();
  admitNew('INVITE', 'z9hG4bKc').respond(ANSWER);
  clock.advance(12_000);
  expect(sent).toEqual([0, 500, 1500, 3500, 7500, 11_500]);
  expect(admit('ACK', 'z9hG4bKc').kind).toBe('absorbed');
  clock.advance(4_999);
  expect(sent).toHaveLength(6);
  expect(transactions.size).toBe(1);
  clock.advance(1);
  expect({ size: transactions.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('a refused INVITE without an ACK ends by timer H', () => {
  const { admitNew, clock, transactions } = table();
  admitNew('INVITE', 'z9hG4bKd').respond(ANSWER);
  clock.advance(32_000);
  expect({ size: transactions.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('one that nobody answers ends all the same', () => {
  const { admitNew, clock, transactions } = table();
  admitNew('NOTIFY', 'z9hG4bKe');
  clock.advance(32_000);
  expect({ size: transactions.size, timers: clock.pending }).toEqual({ size: 0, timers: 0 });
});

test('the same request by another way is merged', () => {
  const { admit, admitNew } = table();
  admitNew('NOTIFY', 'z9hG4bKf');
  expect(admit('NOTIFY', 'z9hG4bKg').kind).toBe('merged');
});

test('within a dialog nothing is merged, and neither is what comes after the first is over', () => {
  const { admitNew, clock, transactions } = table();
  const inDialog = (branch: string) => {
    const text = outgoing('INFO', branch).bytes.toString().replace('To: <sip:phone@192.0.2.2>', '$&;tag=theirs');
    return transactions.admit(parsedRequest(Buffer.from(text)), { reliable: false, send: () => {} }).kind;
  };
  expect([inDialog('z9hG4bKk'), inDialog('z9hG4bKl')]).toEqual(['new', 'new']);
  admitNew('NOTIFY', 'z9hG4bKm');
  clock.advance(32_000);
  admitNew('NOTIFY', 'z9hG4bKn');
});

test('beyond the capacity requests are dropped', () => {
  const { admit, admitNew } = table(1);
  admitNew('NOTIFY', 'z9hG4bKh');
  expect(admit('MESSAGE', 'z9hG4bKi').kind).toBe('overload');
  expect(admit('NOTIFY', 'z9hG4bKh').kind).toBe('absorbed');
});

test('a branch of RFC 2543 is no identity: the rest of the request is', () => {
  const { admit, admitNew } = table();
  admitNew('NOTIFY', 'z9hG4bK');
  expect(admit('NOTIFY', 'z9hG4bK').kind).toBe('absorbed');
  expect(admit('MESSAGE', 'z9hG4bK').kind).toBe('new');
});
