import assert from 'node:assert/strict';
import { CAPABILITIES, type Driver, type Ladders, type Outcome, type StandardResult } from '@hookswitch/core';
import type { ConformanceTest } from './runner.ts';
import { Session } from './session.ts';
import { isDone, long } from './short.ts';
import { type Subject, secretOptions, subjectOf } from './subject.ts';
import { rungsOf, type Trial, trialsOn } from './trial.ts';

/** What no schema takes that knows the values it takes. */
const NO_VALUE = 'no such value, surely';

/** A value that an option may have: the phone is spoken to otherwise than with another. */
interface Dialect {
  readonly option: string;
  readonly value: string;
}

/**
 * The cases of each dialect that the driver says it knows: every value of an option whose values are counted, as its schema
 * tells them (Standard JSON Schema), or `true` and `false`. In a dry run each command is served or refused in every one.
 */
export function dialectTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  return dialectsOf(subject.harness.driver).map((dialect) => ({
    name: `the dialect ${dialect.option}=${dialect.value}: each command is served or refused`,
    run: () => isSpoken(subject, dialect),
  }));
}

function dialectsOf<Options>(driver: Driver<Options>): readonly Dialect[] {
  const secrets = secretOptions(driver);
  const known = enumeratedValues(driver);
  return Object.keys(driver.options.descriptions)
    .filter((option) => !secrets.includes(option))
    .flatMap((option) => {
      const values = known[option] ?? (isFlag(driver, option) ? ['true', 'false'] : []);
      return values.map((value) => ({ option, value }));
    });
}

function accepts<Options>({ options }: Driver<Options>, given: Readonly<Record<string, string>>): boolean {
  const result: StandardResult<Options> | Promise<StandardResult<Options>> =
    options.schema['~standard'].validate(given);
  return !(result instanceof Promise) && result.issues === undefined;
}

function isFlag<Options>(driver: Driver<Options>, option: string): boolean {
  const takes = (value: string): boolean => accepts(driver, { [option]: value });
  return takes('true') && takes('false') && !takes(NO_VALUE);
}

/** By option, where the schema tells them. */
function enumeratedValues<Options>({ options }: Driver<Options>): Readonly<Record<string, readonly string[]>> {
  const standard: object = options.schema['~standard'];
  const jsonSchema: unknown = 'jsonSchema' in standard ? standard.jsonSchema : undefined;
  const input: unknown = Reflect.get(Object(jsonSchema), 'input');
  if (typeof input !== 'function') return {};
  const schema: unknown = Reflect.apply(input, jsonSchema, [{ target: 'draft-2020-12' }]);
  const properties = Object.entries<unknown>(Object(Reflect.get(Object(schema), 'properties')));
  return Object.fromEntries(
    properties.flatMap(([name, property]) => {
      const values: unknown = Reflect.get(Object(property), 'enum');
      return Array.isArray(values) ? [[name, values.filter((value) => typeof value === 'string')]] : [];
    }),
  );
}

async function isSpoken<Options>(subject: Subject<Options>, { option, value }: Dialect): Promise<void> {
  const { harness, phone } = subject;
  const spoken = subjectOf(harness, { ...phone, options: { ...phone.options, [option]: value } });
  const ladders: Ladders = spoken.ladders;
  // A dry run goes nowhere: one phone will do, whatever it is configured for.
  await using session = await Session.open(spoken, 'TALKING');
  for (const capability of CAPABILITIES) {
    const rungs = rungsOf(ladders[capability]);
    const trials = rungs.flatMap((_, place) => trialsOn(capability, rungs, place).flatMap((member) => member.trials));
    for (const trial of trials) await isSound(session, trial, `${capability}, ${trial.name}`);
  }
}

const STATUSES: readonly Outcome<unknown>['status'][] = ['ACCEPTED', 'CONFIRMED', 'UNKNOWN', 'NOT_HERE', 'FAILED'];

async function isSound<Options>(session: Session<Options>, trial: Trial, name: string): Promise<void> {
  const { scene, asked } = session.rehearsal();
  const { outcome } = await trial.run(scene);
  assert.ok(STATUSES.includes(outcome.status), `${name}: ${long(outcome)}`);
  if (outcome.status === 'NOT_HERE' || outcome.status === 'FAILED') return;
  assert.ok(isDone(outcome), `${name}: the dry run is told of success; it is ${long(outcome)}`);
  for (const request of asked) {
    if ('target' in request) assert.match(request.target, /^\/[^\s#]*$/, `${name}: a target in origin form`);
  }
}
