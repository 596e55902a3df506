import assert from 'node:assert/strict';
import { wireText } from './asked.ts';
import { type Check, type FaultCase, inEachStep, run, strikeAt } from './attempt.ts';
import { UNKNOWN_SETTING } from './cases.table.ts';
import type { UnknownSettingReply } from './harness.ts';
import { isToBeRefused } from './obeyed.ts';
import { isDone, long } from './short.ts';

/** Whether a reply is the one that means a setting which the phone does not know. */
export function isUnknownSetting(
  reply: { readonly status: number; readonly body?: string },
  declared: UnknownSettingReply | undefined,
): boolean {
  if (declared === undefined || reply.status !== declared.status) return false;
  return declared.body === undefined || declared.body === (reply.body ?? '');
}

/** Whether a name stands in a text as a whole: another one may begin or end with it. */
function hasWord(text: string, name: string): boolean {
  const around = text.split(name);
  return around.some((before, place) => {
    const after = around[place + 1];
    return after !== undefined && !/[\w.-]$/.test(before) && !/^[\w.-]/.test(after);
  });
}

/** The name of the setting that a request asks for is in it, and is not in what was read; what the others ask for is. */
function leavesOut(reply: UnknownSettingReply): Check {
  return async (tried) => {
    const { relay, subject } = tried.session;
    const strike = strikeAt(tried, () => {
      relay.refuseWith = reply;
    });
    const { outcome } = await run(tried, {
      onSend: (request) => {
        relay.refuseWith = undefined;
        strike.onSend(request);
      },
    });
    const text = wireText(strike.struck());
    const asksFor = (name: string): boolean => hasWord(text, name) || hasWord(text, encodeURIComponent(name));
    const { readable } = subject.harness.samples;
    if (!asksFor(readable) && !asksFor(UNKNOWN_SETTING)) {
      assert.ok(
        !isDone(outcome),
        `step ${tried.step + 1} asks for no setting, and its ${reply.status} is a failure: ${long(outcome)}`,
      );
      return;
    }
    assert.ok('value' in outcome, `a setting that the phone does not know is left out; got ${long(outcome)}`);
    assert.ok(Array.isArray(outcome.value), 'a list of settings');
    const names = outcome.value.map((setting: unknown): unknown => Reflect.get(Object(setting), 'name'));
    assert.deepEqual(
      names,
      asksFor(readable) ? [] : [readable],
      'all that is known, and not what it was told not to be',
    );
  };
}

/** The case that a setting which the phone does not know is left out, for phones that have a reply of their own for it. */
export function unknownSettingCase(reply: UnknownSettingReply): FaultCase {
  const check = leavesOut(reply);
  return {
    name: () => `leaves out a setting to which the phone says that it does not know it (${reply.status})`,
    run: async (subject, member) => {
      const [byName] = member.trials;
      if (byName === undefined || isToBeRefused(subject, member, byName)) return;
      await inEachStep(subject, { ...member, trials: [byName] }, { check });
    },
  };
}
