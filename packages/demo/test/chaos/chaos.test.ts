import { expect, onTestFinished, test } from 'vitest';
import { judgeCommands } from './commands-verdict.ts';
import { allCalls, allCommands } from './integrator.ts';
import { closedByReason, report } from './report.ts';
import { CALM_MS, openStorm } from './storm.ts';
import { judge } from './verdict.ts';

const isFull = process.env['HOOKSWITCH_CHAOS'] === 'full';
/** The full form has another one each time; the one that a run printed gives that run again, as far as sockets allow. */
const SEED = Number(process.env['HOOKSWITCH_CHAOS_SEED'] ?? (isFull ? Math.floor(Math.random() * 1_000_000) : 1));
const SIZE = isFull ? { phones: 200, minutes: 10 } : { phones: 40, minutes: 2 };
const FAULTS = { duplicated: 0.1, reordered: 0.2, lost: 0.02, delayMs: 2_000 };
/** No call lasts as long: what is still shown after it is over by this rule alone. */
const CALL_LIMIT_MS = (SIZE.minutes + 4) * 60_000;
/** So many calls of phones that name no call may fit more than one story: their share, and two where there are few. */
const MOST_AMBIGUOUS = (nameless: number): number => 2 + 0.1 * nameless;
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
      return { shown, ...judge({ phones, shown, truth: witness.calls, sent: path.sent, endsAreDue, now: Date.now() }) };
    };

    await storm.rage(SIZE.minutes * 60_000);
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
    expect.soft(commands.wrong).toEqual([]);
    for (const { ambiguous, nameless } of [during, after])
      expect.soft(ambiguous).toBeLessThanOrEqual(MOST_AMBIGUOUS(nameless));
    // A storm in which nothing went wrong would show nothing.
    expect(goingOn).toBeGreaterThan(0);
    expect(Math.min(path.counts.duplicated, path.counts.reordered, path.counts.lost)).toBeGreaterThan(0);
    expect(
      Math.min(commands.retried, commands.repliesLost, commands.dialsConfirmed, after.equal, after.inferred),
    ).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);
