import assert from 'node:assert/strict';
import { CAPABILITIES, type Capability, NAMED_KEYS, NUMBERED_KEYS, type Outcome } from '@hookswitch/core';
import { mayAct } from './asked.ts';
import { faultCasesOn } from './faults.ts';
import { hintOn } from './hints.ts';
import { nameOfMember, nameOfSample, nameOnRung } from './names.ts';
import { isObeyed, isRefusal, isToBeRefused } from './obeyed.ts';
import type { ConformanceTest } from './runner.ts';
import { Session } from './session.ts';
import { isDone, long } from './short.ts';
import type { Subject } from './subject.ts';
import { type MemberTrials, rungsOf, type Trial, trialsOn } from './trial.ts';

/**
 * The cases of all capabilities that the driver claims for a phone.
 * @throws TypeError where the harness declares a member as not here that no rung has
 */
export function claimedTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  const names = CAPABILITIES.flatMap((capability) =>
    membersByRung(subject, capability).flatMap((members) => members.map(nameOfMember)),
  );
  const strange = subject.phone.notHere?.find((name) => !names.includes(name));
  if (strange !== undefined) throw new TypeError(`${subject.phone.name} has no "${strange}" that could be not here.`);
  return CAPABILITIES.flatMap((capability) => [...rungTests(subject, capability), ...servedTests(subject, capability)]);
}

function rungTests<Options>(subject: Subject<Options>, capability: Capability): readonly ConformanceTest[] {
  return membersByRung(subject, capability).flatMap((members) =>
    members.flatMap((member) => {
      const name = nameOfMember(member);
      if (subject.phone.notHere?.includes(name) === true) return notHereTests(subject, name, member);
      const obeyed = member.trials.map((trial) => ({
        name: `${name}, ${trial.name}`,
        run: () => isObeyed(subject, member, trial),
      }));
      const faults = faultCasesOn(member, subject.harness).map((fault) => ({
        kind: 'FAULT' as const,
        name: `${name} ${fault.name(member)}`,
        run: () => fault.run(subject, member),
      }));
      return [...obeyed, ...faults];
    }),
  );
}

/**
 * The names of the samples that are tried on a phone, as `ConformanceHarness.effects` has them.
 */
export function sampleNames<Options>(subject: Subject<Options>): readonly string[] {
  return CAPABILITIES.flatMap((capability) =>
    membersByRung(subject, capability).flatMap((members) =>
      members.flatMap((member) =>
        member.trials.flatMap((trial) => [nameOfSample(member, trial), nameOnRung(member, trial)]),
      ),
    ),
  );
}

function notHereTests<Options>(
  subject: Subject<Options>,
  name: string,
  member: MemberTrials,
): readonly ConformanceTest[] {
  return member.trials.map((trial) => ({
    name: `${name}, ${trial.name}, is not here`,
    run: async () => {
      await using session = await Session.open(subject, trial.situation);
      const { outcome } = await trial.run(session.scene(session.links()));
      assert.equal(outcome.status, 'NOT_HERE', long(outcome));
      assert.equal(session.traffic, 0, 'said before any traffic');
    },
  }));
}

/** The members of each rung. */
function membersByRung<Options>(
  { ladders }: Subject<Options>,
  capability: Capability,
): readonly (readonly MemberTrials[])[] {
  const rungs = rungsOf(ladders[capability]);
  return rungs.map((_, place) => trialsOn(capability, rungs, place));
}

/** Whether the phone has no way at all for a part of a capability, as the harness declares, though it has one for another part. */
function isNowhere<Options>(
  { phone }: Subject<Options>,
  rungs: readonly (readonly MemberTrials[])[],
): (place: number) => boolean {
  const nowhere = (place: number): boolean =>
    rungs.every((members) => {
      const member = members[place];
      return member === undefined || phone.notHere?.includes(nameOfMember(member));
    });
  const places = (rungs[0] ?? []).map((_, place) => place);
  return (place) => nowhere(place) && !places.every(nowhere);
}

/**
 * Each sample is served by some rung: a ladder may not end in NOT_HERE for what everybody may ask, but for a member that
 * is declared to be not here on all of them.
 */
function servedTests<Options>(subject: Subject<Options>, capability: Capability): readonly ConformanceTest[] {
  const rungs = membersByRung(subject, capability);
  const [best] = rungs;
  if (best === undefined) return [];
  const nowhere = isNowhere(subject, rungs);
  return best.flatMap(({ member, trials }, place) =>
    (nowhere(place) ? [] : trials).map((trial, index) => ({
      name: `${capability}: ${member}, ${trial.name}: some rung serves it`,
      run: () =>
        isServed(
          subject,
          rungs.flatMap((members): readonly Way[] => {
            const member = members[place];
            const way = member?.trials[index];
            return member === undefined || way === undefined ? [] : [{ member, trial: way }];
          }),
        ),
    })),
  );
}

/** A sample on one rung. */
interface Way {
  readonly member: MemberTrials;
  readonly trial: Trial;
}

async function isServed<Options>(subject: Subject<Options>, ways: readonly Way[]): Promise<void> {
  const said: Outcome<unknown>[] = [];
  let hint = '';
  for (const { member, trial } of ways) {
    await using session = await Session.open(subject, trial.situation);
    const { outcome } = await trial.run(session.rehearsal().scene);
    const refused = isRefusal(subject, member, { trial, outcome });
    if (isToBeRefused(subject, member, trial))
      assert.ok(
        !isDone(outcome),
        `it is declared to be refused, and is served: take "${nameOfSample(member, trial)}" out of refuses of the phone`,
      );
    if (isDone(outcome) || refused) return;
    said.push(outcome);
    hint += hintOn(outcome, member, trial);
    // Only NOT_HERE leads on to the next rung.
    if (outcome.status !== 'NOT_HERE') break;
  }
  assert.fail(`no rung serves it: ${said.map(long).join('; ')}${hint}`);
}

/** Keys of the common vocabulary, the first and a far one of each family that is counted. */
const KEYS = [
  ...'0123456789*#',
  ...NAMED_KEYS,
  ...NUMBERED_KEYS.flatMap((family) => [`${family}_1`, `${family}_9999`]),
  'NO_SUCH_KEY',
  'othervendor:KEY',
];

/** Each key is pressed by one request, beside those that only read or log in, or refused before any traffic. */
export function keyTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  return rungsOf(subject.ladders.PRESS_KEYS).flatMap((rung) =>
    KEYS.map((key) => ({
      name: `PRESS_KEYS over ${rung.transport}: the key ${key} is pressed, or refused before any traffic`,
      run: async () => {
        await using session = await Session.open(subject, 'IDLE');
        const { scene, asked } = session.rehearsal();
        const outcome = await rung.pressKeys({ keys: [{ key }] }, scene.context);
        if (isDone(outcome)) {
          assert.equal(asked.filter(mayAct).length, 1, 'one request beside those that are readOnly');
          assert.ok(!/_9999$|NO_SUCH_KEY|othervendor/.test(key), 'no phone has that key');
          return;
        }
        assert.equal(outcome.status === 'FAILED' && outcome.failure.code, 'INVALID_ARGUMENT', long(outcome));
        assert.equal(asked.length, 0, 'a refused key causes no traffic');
      },
    })),
  );
}
