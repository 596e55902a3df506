import { isDeepStrictEqual } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { CallFilter } from '../../../gateway/src/application.ts';
import { judgeCommands } from './commands-verdict.ts';
import { heardFrom } from './heard.ts';
import { allCalls, allCommands } from './integrator.ts';
import { closedByReason, report } from './report.ts';
import { CALM_MS, openStorm } from './storm.ts';
import { type Subscriber, subscribeToCalls } from './subscriber.ts';
import { judge } from './verdict.ts';

const isFull = process.env['HOOKSWITCH_CHAOS'] === 'full';
/** The full form has another one each time; the one that a run printed gives that run again, as far as sockets allow. */
const SEED = Number(process.env['HOOKSWITCH_CHAOS_SEED'] ?? (isFull ? Math.floor(Math.random() * 1_000_000) : 1));
const SIZE = isFull ? { phones: 200, minutes: 10 } : { phones: 40, minutes: 2 };
const FAULTS = { duplicated: 0.1, reordered: 0.2, lost: 0.02, delayMs: 2_000 };
/** No call lasts as long: what is still shown after it is over by this rule alone. */
const CALL_LIMIT_MS = (SIZE.minutes + 4) * 60_000;
/**
 * A mark must be earned. Of the calls of phones that name none, so many may be marked at most; so many of these may be true
 * all the same, since it is the facts that leave it open; and so many may be shown as part of a marked one, where what
 * was heard of them went: see `isInMarked`. A call that was told and is in none is wrong.
 */
const MOST = {
  inferred: (nameless: number): number => 15 + 0.14 * nameless,
  inferredThoughTrue: (nameless: number): number => 8 + 0.1 * nameless,
  mixedUp: (nameless: number): number => 2 + 0.003 * nameless,
};
/** Real time: the full form takes minutes where the machine is busy. */
const PATIENCE_MS = isFull ? 900_000 : 120_000;

test(
  `calls end as they were, and no command is sent twice (seed ${SEED})`,
  async () => {
    const storm = await openStorm({
      seed: SEED,
      phones: SIZE.phones,
      callLimitMs: CALL_LIMIT_MS,
      faults: FAULTS,
      lostReplies: 0.05,
      retries: 0.25,
    });
    onTestFinished(() => storm.stop());
    const { gateway, time, phones, path, witness, integrator } = storm;
    const verdict = async (endsAreDue: boolean) => {
      const shown = await time.until(allCalls(gateway.application));
      const nameless = phones.filter(({ kind }) => kind.nameless).map(({ id }) => id);
      const heard = await time.until(heardFrom(gateway.application, nameless));
      return {
        shown,
        ...judge({
          phones,
          shown,
          truth: witness.calls,
          heard,
          sent: path.sent,
          endsAreDue,
          now: Date.now(),
          delayMs: FAULTS.delayMs,
        }),
      };
    };

    const subscribers: Subscriber[] = [];
    const subscribe = (filter: CallFilter): Subscriber => {
      const subscriber = subscribeToCalls(gateway.application, filter);
      subscribers.push(subscriber);
      return subscriber;
    };
    onTestFinished(() => {
      for (const { stop } of subscribers) stop();
    });

    subscribe({});
    setTimeout(() => subscribe({}), SIZE.minutes * 30_000);
    await storm.rage(SIZE.minutes * 60_000);
    const lateOne = subscribe({ states: ['RINGING', 'DIALING', 'CONNECTED', 'HELD'] });
    await time.pass(CALM_MS);
    const during = await verdict(false);
    const goingOn = witness.calls.filter(({ leg }) => leg.endedAt === undefined).length;
    await storm.hangUpAll();
    await time.pass(CALL_LIMIT_MS);
    const after = await verdict(true);
    const commands = judgeCommands(await time.until(allCommands(gateway.application)), integrator, witness);

    const closed = await time.until(closedByReason(gateway.url));
    process.stdout.write(
      report({ seed: SEED, minutes: SIZE.minutes, storm, goingOn, during, after, commands, closed }),
    );
    expect.soft(path.failures).toEqual([]);
    expect.soft(phones.flatMap(({ phone }) => phone.handlerErrors)).toEqual([]);
    expect.soft(witness.exchange.calls()).toEqual([]);
    expect.soft(during.wrong).toEqual([]);
    expect.soft(after.wrong).toEqual([]);
    expect.soft(after.shown.filter(({ state }) => state !== 'ENDED')).toEqual([]);
    for (const { inferred, inferredThoughTrue, inferredThoughNamed, mixedUp, nameless } of [during, after]) {
      expect.soft(inferredThoughNamed).toBe(0);
      expect.soft(inferred).toBeLessThanOrEqual(MOST.inferred(nameless));
      expect.soft(inferredThoughTrue).toBeLessThanOrEqual(MOST.inferredThoughTrue(nameless));
      expect.soft(mixedUp).toBeLessThanOrEqual(MOST.mixedUp(nameless));
    }
    const there = after.shown.map(({ id }) => id).sort();
    const [first, second] = subscribers;
    expect.soft([...(first?.picture.keys() ?? [])].sort()).toEqual(there);
    expect.soft(after.shown.filter((call) => !isDeepStrictEqual(call, first?.picture.get(call.id)))).toEqual([]);
    expect.soft(after.shown.filter((call) => !isDeepStrictEqual(call, second?.picture.get(call.id)))).toEqual([]);
    expect.soft(second?.picture.size).toBe(after.shown.length);
    expect.soft([...lateOne.picture.values()]).toEqual([]);
    expect.soft(subscribers.flatMap(({ failures }) => failures)).toEqual([]);
    expect.soft(commands.wrong).toEqual([]);
    // A storm in which nothing went wrong would show nothing.
    expect(goingOn).toBeGreaterThan(0);
    expect(Math.min(path.counts.duplicated, path.counts.reordered, path.counts.lost)).toBeGreaterThan(0);
    expect(
      Math.min(commands.retried, commands.repliesLost, commands.dialsConfirmed, after.equal, after.endInferred),
    ).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);
