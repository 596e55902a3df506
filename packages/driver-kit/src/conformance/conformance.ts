import { actionUrlTests } from './action-url-tests.ts';
import { driverTests } from './driver-tests.ts';
import type { ConformanceHarness } from './harness.ts';
import { phoneTests } from './phone-tests.ts';
import { postedTests } from './posted-tests.ts';
import { recordingTests } from './recording-tests.ts';
import { claimedTests, keyTests, sampleNames } from './rung-tests.ts';
import type { ConformanceRunner, ConformanceTest } from './runner.ts';
import { subjectOf } from './subject.ts';
import { togetherTests } from './together-tests.ts';

/** What the suite has declared. */
export interface ConformanceSummary {
  /** How many cases: assert it, so that none goes missing unseen. */
  readonly count: number;
  /** `group: case`, in order. */
  readonly names: readonly string[];
}

interface Group {
  readonly name: string;
  readonly tests: readonly ConformanceTest[];
}

function groupsOf<Options>(harness: ConformanceHarness<Options>): readonly Group[] {
  const { driver, phones } = harness;
  const subjects = phones.map((phone) => subjectOf(harness, phone));
  const samples = new Set(subjects.flatMap(sampleNames));
  const strange = Object.keys(harness.effects ?? {}).find((name) => !samples.has(name));
  if (strange !== undefined) throw new TypeError(`No phone has a sample called "${strange}".`);
  const stray = harness.recordings?.find(
    ({ model, firmware }) => !phones.some((phone) => phone.model === model && phone.firmware === firmware),
  );
  if (stray !== undefined) throw new TypeError(`No phone is a ${stray.model} with ${stray.firmware}: "${stray.name}".`);
  const perPhone = subjects.map((subject) => {
    const tests = [
      ...[phoneTests, actionUrlTests, postedTests],
      ...[keyTests, claimedTests, togetherTests, recordingTests],
    ].flatMap((make) => make(subject));
    return { name: subject.phone.name, tests };
  });
  return [{ name: `the ${driver.name} driver`, tests: driverTests(harness) }, ...perPhone];
}

/**
 * Declares the conformance suite for a driver. The cases are made from what the driver claims for each phone of the
 * harness: every claimed capability is tried on each of its rungs over real HTTP, with and without faults.
 * @throws TypeError where the driver refuses the options of the harness, two cases have one name, or the harness names
 * a sample, a member or a phone that there is not
 */
export function conformance<Options>(
  { describe, it }: ConformanceRunner,
  harness: ConformanceHarness<Options>,
): ConformanceSummary {
  const groups = groupsOf(harness);
  const names = groups.flatMap(({ name, tests }) => tests.map((test) => `${name}: ${test.name}`));
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new TypeError(`Two cases are called "${twice}".`);
  for (const { name, tests } of groups) {
    describe(name, () => {
      for (const test of tests) it(test.name, test.run);
    });
  }
  return { count: names.length, names };
}
