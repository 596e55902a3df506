import { actionUrlTests } from './action-url-tests.ts';
import { dialectTests } from './dialect-tests.ts';
import { documentedTests } from './documented-tests.ts';
import { driverTests } from './driver-tests.ts';
import { handleTests } from './handle-tests.ts';
import type { ConformanceHarness } from './harness.ts';
import { monitorTests } from './monitor-tests.ts';
import { packageTests } from './package-tests.ts';
import { phoneTests } from './phone-tests.ts';
import { postedTests } from './posted-tests.ts';
import { recordingTests } from './recording-tests.ts';
import { claimedTests, keyTests, sampleNames } from './rung-tests.ts';
import type { CaseKind, ConformanceRunner, ConformanceTest } from './runner.ts';
import { type Subject, subjectOf } from './subject.ts';
import { togetherTests } from './together-tests.ts';

/** What the suite has declared. */
export interface ConformanceSummary {
  /** How many cases: assert it, so that none goes missing unseen. */
  readonly count: number;
  /** `group: case`, in order. */
  readonly names: readonly string[];
}

/** What became of the cases of a suite that was run to its end. */
export interface SuiteResult {
  readonly count: number;
  readonly failed: Readonly<Record<CaseKind, number>>;
  /** What those that failed have thrown, by `group: case`. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** The cases of the driver, or of one of its phones. */
interface Group {
  readonly name: string;
  readonly tests: readonly (ConformanceTest & { readonly kind: CaseKind })[];
}

/** Who makes cases of a phone, and of which kind they are. */
type Maker = readonly [kind: CaseKind, make: <Options>(subject: Subject<Options>) => readonly ConformanceTest[]];

const MAKERS: readonly Maker[] = [
  ['PHONE', phoneTests],
  ['ACTION_URL', actionUrlTests],
  ['ACTION_URL', postedTests],
  ['COMMAND', keyTests],
  ['COMMAND', claimedTests],
  ['COMMAND', togetherTests],
  ['COMMAND', dialectTests],
  ['COMMAND', handleTests],
  ['MONITOR', monitorTests],
  ['RECORDING', recordingTests],
];

function ofKind(kind: CaseKind, tests: readonly ConformanceTest[]): Group['tests'] {
  return tests.map((test) => ({ kind, ...test }));
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
  const perPhone = subjects.map((subject) => ({
    name: subject.phone.name,
    tests: MAKERS.flatMap(([kind, make]) => ofKind(kind, make(subject))),
  }));
  const name = `the ${driver.name} driver`;
  const count = (): number => countIn(groups);
  const ofDriver = [
    ...ofKind('DRIVER', driverTests(harness)),
    ...ofKind('DOCUMENTED', documentedTests(harness)),
    ...ofKind('PACKAGE', packageTests(harness, count)),
  ];
  const groups = [{ name, tests: ofDriver }, ...perPhone];
  return groups;
}

function countIn(groups: readonly Group[]): number {
  return groups.reduce((count, { tests }) => count + tests.length, 0);
}

/** How many cases the suite has for a driver. */
export function countCases<Options>(harness: ConformanceHarness<Options>): number {
  return countIn(groupsOf(harness));
}

/** What costs least and tells most first. For the last three a phone has to run. */
const IN_ORDER: readonly CaseKind[] = [
  ...(['DRIVER', 'DOCUMENTED', 'PACKAGE', 'ACTION_URL', 'RECORDING'] as const),
  ...(['MONITOR', 'PHONE', 'COMMAND'] as const),
];
const QUICK = IN_ORDER.slice(0, -3);

/** A case that has failed. */
export interface FirstFailure {
  /** `group: case`. */
  readonly name: string;
  readonly kind: CaseKind;
}

/**
 * Runs cases until one fails, but for those in which something goes wrong on the way.
 * @param quick only those for which no phone has to run
 * @returns null: none has failed
 */
export async function firstFailure<Options>(
  harness: ConformanceHarness<Options>,
  quick = false,
): Promise<FirstFailure | null> {
  const groups = groupsOf(harness);
  for (const wanted of quick ? QUICK : IN_ORDER) {
    for (const { name: group, tests } of groups) {
      for (const { name, kind, run } of tests) {
        if (kind !== wanted) continue;
        const failed = await run().then(
          () => false,
          () => true,
        );
        if (failed) return { name: `${group}: ${name}`, kind };
      }
    }
  }
  return null;
}

/** Runs all cases, one after the other, without a runner. */
export async function runSuite<Options>(harness: ConformanceHarness<Options>): Promise<SuiteResult> {
  const failures = new Map<string, unknown>();
  const failed = {
    PACKAGE: 0,
    DRIVER: 0,
    DOCUMENTED: 0,
    PHONE: 0,
    ACTION_URL: 0,
    COMMAND: 0,
    FAULT: 0,
    RECORDING: 0,
    MONITOR: 0,
  };
  let count = 0;
  for (const group of groupsOf(harness)) {
    for (const { name, kind, run } of group.tests) {
      count += 1;
      await run().catch((error: unknown) => {
        failures.set(`${group.name}: ${name}`, error);
        failed[kind] += 1;
      });
    }
  }
  return { count, failed, failures };
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
