import { type Failure, rateLimited } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { createLane, type Lane, type LaneResult } from '../../src/commands/lane.ts';

const STOPPING: Failure = rateLimited('stopping', 1_000);
const later = (): number => Date.now() + 60_000;

/** A job that runs until it is told to end. */
function heldJob(lane: Lane): { readonly result: Promise<LaneResult<string>>; readonly end: () => void } {
  const gate = Promise.withResolvers<string>();
  const result = lane.run({ deadlineAt: later(), run: () => gate.promise });
  return { result, end: () => gate.resolve('ended') };
}

test('one at a time, in the order given, the urgent ones before the others and in their own order', async () => {
  const lane = createLane(Date.now);
  const order: string[] = [];
  let running = 0;
  const job = (name: string, urgent = false): Promise<LaneResult<void>> =>
    lane.run({
      urgent,
      deadlineAt: later(),
      async run() {
        running += 1;
        expect(running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(name);
        running -= 1;
      },
    });
  await Promise.all([job('a'), job('b'), job('c'), job('hang up 1', true), job('hang up 2', true), job('d')]);
  expect(order).toEqual(['a', 'hang up 1', 'hang up 2', 'b', 'c', 'd']);
});

test('a job that fails rejects to its own caller and lets the next one in', async () => {
  const lane = createLane(Date.now);
  const failing = lane.run({ deadlineAt: later(), run: () => Promise.reject(new Error('broken')) });
  const next = lane.run({ deadlineAt: later(), run: () => Promise.resolve('fine') });
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toEqual({ ran: true, value: 'fine' });
  expect(lane.size).toBe(0);
});

test('it is bounded', async () => {
  const lane = createLane(Date.now);
  const held = heldJob(lane);
  const waiting = Array.from({ length: 32 }, () => lane.run({ deadlineAt: later(), run: () => Promise.resolve(1) }));
  const one = await lane.run({ deadlineAt: later(), run: () => Promise.resolve(1) });
  expect(one).toMatchObject({ ran: false, failure: { code: 'RATE_LIMITED', retryable: true } });
  expect(lane.size).toBe(33);
  held.end();
  expect((await Promise.all(waiting)).every(({ ran }) => ran)).toBe(true);
});

test('what waits too long is given up, and was never begun', async () => {
  const lane = createLane(Date.now);
  const held = heldJob(lane);
  let begun = false;
  const result = await lane.run({
    deadlineAt: Date.now() + 20,
    run: async () => {
      begun = true;
    },
  });
  expect(result).toMatchObject({ ran: false, failure: { code: 'COMMAND_EXPIRED', retryable: true } });
  held.end();
  await held.result;
  expect(begun).toBe(false);
});

test('a job learns when its time is over', async () => {
  const lane = createLane(Date.now);
  const result = lane.run({
    deadlineAt: Date.now() + 20,
    run: (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  });
  await expect(result).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a deadline that is over already', async () => {
  const lane = createLane(() => 1_000);
  const result = await lane.run({ deadlineAt: 999, run: () => Promise.resolve(1) });
  expect(result).toMatchObject({ ran: false, failure: { code: 'COMMAND_EXPIRED' } });
});

test('closed: what waits is refused, what runs may end, nothing new begins', async () => {
  const lane = createLane(Date.now);
  const held = heldJob(lane);
  const waiting = lane.run({ deadlineAt: later(), run: () => Promise.resolve(1) });
  const closed = lane.close(STOPPING, 60_000);
  expect(await waiting).toEqual({ ran: false, failure: STOPPING });
  expect(await lane.run({ deadlineAt: later(), run: () => Promise.resolve(1) })).toEqual({
    ran: false,
    failure: STOPPING,
  });
  held.end();
  await closed;
  expect(await held.result).toEqual({ ran: true, value: 'ended' });
});

test('closed: what runs too long is aborted', async () => {
  const lane = createLane(Date.now);
  const running = lane.run({
    deadlineAt: later(),
    run: (signal) => new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('aborted'))),
  });
  await lane.close(STOPPING, 10);
  expect(await running).toEqual({ ran: true, value: 'aborted' });
});

test('abandoned: what waits is told so, what runs is aborted at once, nothing new begins', async () => {
  const lane = createLane(Date.now);
  const lost = new Error('another gateway has the phone');
  const running = lane.run({
    deadlineAt: later(),
    run: (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason))),
  });
  const waiting = lane.run({ deadlineAt: later(), run: () => Promise.resolve(1) });
  lane.abandon(lost);
  await expect(waiting).rejects.toBe(lost);
  expect(await running).toEqual({ ran: true, value: lost });
  await expect(lane.run({ deadlineAt: later(), run: () => Promise.resolve(1) })).rejects.toBe(lost);
});
