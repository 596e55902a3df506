import assert from 'node:assert/strict';
import type { Commands, LedsTogether, Rung } from '@hookswitch/core';
import { faultCasesOn } from './faults.ts';
import { nameOnRung } from './names.ts';
import { isObeyed } from './obeyed.ts';
import type { ConformanceTest } from './runner.ts';
import type { Sample } from './sample.ts';
import { Session } from './session.ts';
import { isDone, long } from './short.ts';
import type { Subject } from './subject.ts';
import { type MemberTrials, rungsOf, trialOf, trialsOn } from './trial.ts';

const LIGHTS: readonly Commands['setLed'][] = [
  { key: 'FUNCTION_1', light: 'ON' },
  { key: 'FUNCTION_2', light: 'ON' },
];

/** Asks as a gateway does, which gives together what was taken, and nothing else. */
async function setTogether({ takes, setLeds }: LedsTogether, context: Parameters<LedsTogether['setLeds']>[1]) {
  for (const light of LIGHTS) assert.equal(await takes(light), true, `it takes ${light.key}`);
  return setLeds(LIGHTS, context);
}

const TWO_LIGHTS: Sample<LedsTogether, undefined> = {
  name: 'two lights',
  situation: 'IDLE',
  run: (together, { context }) => setTogether(together, context),
  proof: ({ before, after }) => {
    const changed = Object.keys(after.lights).filter((key) => after.lights[key] !== before.lights[key]);
    assert.equal(changed.length, LIGHTS.length, `each light has changed; it was ${changed.join(', ') || 'none'}`);
  },
};

/** The cases of rungs of LED that have room for several lights in one request: those of any member, and that it is one. */
export function togetherTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  const rungs = rungsOf(subject.ladders.LED);
  return rungs.flatMap((rung, place) => {
    const member = togetherOn(rungs, place);
    const [trial] = member?.trials ?? [];
    if (member === undefined || trial === undefined) return [];
    const name = nameOnRung(member, trial);
    const faults = faultCasesOn(member, subject.harness).map((fault) => ({
      kind: 'FAULT' as const,
      name: `LED over ${member.rung}: setLeds ${fault.name(member)}`,
      run: () => fault.run(subject, member),
    }));
    return [
      { name, run: () => isObeyed(subject, member, trial) },
      { name: `${name}, are one request`, run: () => isOneRequest(subject, rung) },
      ...faults,
    ];
  });
}

function togetherOn(rungs: readonly Rung<'LED'>[], place: number): MemberTrials | undefined {
  const together = rungs[place]?.together;
  const [alone] = trialsOn('LED', rungs, place);
  if (together === undefined || alone === undefined) return undefined;
  return { ...alone, member: 'setLeds', trials: [trialOf(TWO_LIGHTS, together)] };
}

async function isOneRequest<Options>(subject: Subject<Options>, { together }: Rung<'LED'>): Promise<void> {
  assert.ok(together !== undefined, 'it is there');
  await using session = await Session.open(subject, 'IDLE');
  const { scene, asked } = session.rehearsal();
  const outcome = await setTogether(together, scene.context);
  assert.ok(isDone(outcome), long(outcome));
  assert.equal(asked.length, 1, 'one request for all');
}
