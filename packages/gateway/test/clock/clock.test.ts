import { describe, expect, test } from 'vitest';
import type { EventUpdate } from '../../src/application.ts';
import { createCautiousClock } from '../../src/calls/cautious-clock.ts';
import { createLane } from '../../src/commands/lane.ts';
import { testGateway } from '../support/gateway.ts';
import { resets, scriptedPhone } from '../support/scripted-phone.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The system's clock, which can be set, beside one that cannot. */
function settable() {
  let offset = 0;
  return { now: () => Date.now() + offset, ticks: () => performance.now(), set: (to: number) => (offset = to) };
}

describe('a clock that is put an hour ahead and back', () => {
  test('costs no event and breaks no cursor: their order is that of the log', async () => {
    const clock = settable();
    await using running = await testGateway(clock);
    const desk = await running.addPhone();
    const stop = new AbortController();
    const updates = running.application.events.subscribe({}, undefined, stop.signal)[Symbol.asyncIterator]();
    expect((await updates.next()).value).toMatchObject({ kind: 'caughtUp' });
    const expected: string[] = [];
    for (const [name, offset] of [
      ['before', 0],
      ['ahead', HOUR],
      ['back', 0],
      ['behind', -HOUR],
    ] as const) {
      clock.set(offset);
      expect(await running.report(desk, 'hello', `n=${name}`)).toMatchObject({ status: 200 });
      expected.push(name);
    }
    const seen: string[] = [];
    while (seen.length < expected.length) seen.push(nameOf((await updates.next()).value));
    expect(seen).toEqual(expected);
    stop.abort();
    // From each place in the log, after a restart too.
    await running.restart();
    const { items } = await running.application.events.list({}, { first: 10 });
    expect(items.map(({ variables }) => variables[0]?.value)).toEqual(expected);
  });

  test('does not keep a phone from being asked for longer than the circuit is meant to', async () => {
    const clock = settable();
    await using running = await testGateway(clock);
    await using phone = await scriptedPhone(resets);
    const desk = await running.addPhone({ address: phone.origin });
    clock.set(HOUR);
    const dial = () => running.run(desk, { name: 'dial', arguments: { to: '101' } });
    phone.refuseMore();
    for (let count = 0; count < 3; count += 1) await dial();
    const before = phone.requests.length;
    clock.set(0);
    const { failure } = await dial();
    expect(failure).toMatchObject({ code: 'PHONE_UNREACHABLE', message: expect.stringMatching(/again in [1-5] s/) });
    expect(phone.requests).toHaveLength(before);
  });

  test('ends nothing that waits for its turn', async () => {
    let wall = 1_000_000;
    const tick = 0;
    const lane = createLane(
      () => wall,
      () => tick,
    );
    const first = Promise.withResolvers<void>();
    const held = lane.run({ deadlineAt: wall + MINUTE, run: () => first.promise });
    const signals: AbortSignal[] = [];
    const waiting = lane.run({
      deadlineAt: wall + MINUTE,
      run: async (signal) => {
        signals.push(signal);
        return 'ran';
      },
    });
    wall += HOUR;
    first.resolve();
    expect(await waiting).toEqual({ ran: true, value: 'ran' });
    await held;
    expect(signals[0]?.aborted).toBe(false);
  });

  test('makes nobody old', () => {
    let [wall, tick] = [1_000_000_000, 0];
    const clock = createCautiousClock(
      () => wall,
      () => tick,
    );
    const pass = (ms: number): void => {
      wall += ms;
      tick += ms;
    };
    const begun = wall;
    pass(10_000);
    expect(clock() - begun).toBe(10_000);
    wall += HOUR;
    pass(1_000);
    // What began before is as old as it is, and what begins now is not older.
    expect(clock() - begun).toBe(11_000);
    const ahead = wall;
    pass(1_000);
    expect(clock() - ahead).toBeLessThanOrEqual(1_000);
    wall -= HOUR;
    expect(clock() - begun).toBe(12_000);
    // Back for good, and likewise a clock that was wrong before: after a while it counts.
    wall -= HOUR;
    const behind = wall;
    expect(clock() - behind).toBe(0);
    pass(9 * MINUTE);
    expect(clock()).toBe(wall);
    wall += 2 * HOUR;
    expect(clock()).toBe(wall - HOUR);
    pass(11 * MINUTE);
    expect(clock()).toBe(wall);
  });
});

function nameOf(update: EventUpdate): string {
  return update.kind === 'event' ? (update.event.variables[0]?.value ?? '') : update.kind;
}
