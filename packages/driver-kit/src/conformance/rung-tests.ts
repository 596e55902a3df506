import assert from 'node:assert/strict';
import { CAPABILITIES, type Capability, NAMED_KEYS, NUMBERED_KEYS, type Outcome } from '@hookswitch/core';
import { FAULT_CASES } from './faults.ts';
import { isObeyed, nameOfSample } from './obeyed.ts';
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
    membersByRung(subject, capability).flatMap(({ transport, members }) =>
      members.map(({ member }) => `${capability} over ${transport}: ${member}`),
    ),
  );
  const strange = subject.phone.notHere?.find((name) => !names.includes(name));
  if (strange !== undefined) throw new TypeError(`${subject.phone.name} has no "${strange}" that could be not here.`);
  return CAPABILITIES.flatMap((capability) => [...rungTests(subject, capability), ...servedTests(subject, capability)]);
}

function rungTests<Options>(subject: Subject<Options>, capability: Capability): readonly ConformanceTest[] {
  return membersByRung(subject, capability).flatMap(({ transport, members }) =>
    members.flatMap((member) => {
      const name = `${capability} over ${transport}: ${member.member}`;
      if (subject.phone.notHere?.includes(name) === true) return notHereTests(subject, name, member);
      const obeyed = member.trials.map((trial) => ({
        name: `${name}, ${trial.name}`,
        run: () => isObeyed(subject, member, trial),
      }));
      const faults = FAULT_CASES.map((fault) => ({
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
    membersByRung(subject, capability).flatMap(({ members }) =>
      members.flatMap((member) => member.trials.map((trial) => nameOfSample(member, trial))),
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
      const { outcome } = await trial.run(session.scene(session.transport()));
      assert.equal(outcome.status, 'NOT_HERE', long(outcome));
      assert.equal(session.relay.requests.count, 0, 'said before any traffic');
    },
  }));
}

interface RungMembers {
  readonly transport: string;
  readonly members: readonly MemberTrials[];
}

/** Two rungs may have the same transport: they are counted. */
function membersByRung<Options>({ ladders }: Subject<Options>, capability: Capability): readonly RungMembers[] {
  const rungs = rungsOf(ladders[capability]);
  return rungs.map((rung, index) => {
    const before = rungs.slice(0, index).filter(({ transport }) => transport === rung.transport).length;
    return {
      transport: before === 0 ? rung.transport : `${rung.transport} (${before + 1})`,
      members: trialsOn(capability, rung),
    };
  });
}

/** Each sample is served by some rung: a ladder may not end in NOT_HERE for what everybody may ask. */
function servedTests<Options>(subject: Subject<Options>, capability: Capability): readonly ConformanceTest[] {
  const rungs = membersByRung(subject, capability);
  const [best] = rungs;
  if (best === undefined) return [];
  return best.members.flatMap(({ member, trials }, place) =>
    trials.map((trial, index) => ({
      name: `${capability}: ${member}, ${trial.name}: some rung serves it`,
      run: () =>
        isServed(
          subject,
          rungs.flatMap(({ members }) => members[place]?.trials[index] ?? []),
        ),
    })),
  );
}

async function isServed<Options>(subject: Subject<Options>, ways: readonly Trial[]): Promise<void> {
  const said: Outcome<unknown>[] = [];
  for (const trial of ways) {
    await using session = await Session.open(subject, trial.situation);
    const { outcome } = await trial.run(session.rehearsal().scene);
    const refused = outcome.status === 'FAILED' && outcome.failure.code === 'INVALID_ARGUMENT' && trial.mayBeRefused;
    if (isDone(outcome) || refused) return;
    said.push(outcome);
    // Only NOT_HERE leads on to the next rung.
    if (outcome.status !== 'NOT_HERE') break;
  }
  assert.fail(`no rung serves it: ${said.map(long).join('; ')}`);
}

/** Keys of the common vocabulary, the first and a far one of each family that is counted. */
const KEYS = [
  ...'0123456789*#',
  ...NAMED_KEYS,
  ...NUMBERED_KEYS.flatMap((family) => [`${family}_1`, `${family}_9999`]),
  'NO_SUCH_KEY',
  'othervendor:KEY',
];

/** Each key is pressed by one request, or refused before any traffic. */
export function keyTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  return rungsOf(subject.ladders.PRESS_KEYS).flatMap((rung) =>
    KEYS.map((key) => ({
      name: `PRESS_KEYS over ${rung.transport}: the key ${key} is pressed, or refused before any traffic`,
      run: async () => {
        await using session = await Session.open(subject, 'IDLE');
        const { scene, http } = session.rehearsal();
        const outcome = await rung.pressKeys({ keys: [{ key }] }, scene.context);
        if (isDone(outcome)) {
          assert.equal(http.asked.length, 1, 'one request');
          assert.ok(!/_9999$|NO_SUCH_KEY|othervendor/.test(key), 'no phone has that key');
          return;
        }
        assert.equal(outcome.status === 'FAILED' && outcome.failure.code, 'INVALID_ARGUMENT', long(outcome));
        assert.equal(http.asked.length, 0, 'a refused key causes no traffic');
      },
    })),
  );
}
