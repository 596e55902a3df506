import assert from 'node:assert/strict';
import { CAPABILITIES, type Capability } from '@hookswitch/core';
import type { Recording } from './recording.ts';
import { Replay } from './replay.ts';
import type { ConformanceTest } from './runner.ts';
import type { Subject } from './subject.ts';
import { rungsOf, trialsOn } from './trial.ts';

/** A member of a rung, with the rung that it is to be called on. */
interface Place {
  readonly name: string;
  readonly isVerified: boolean;
  readonly call: (args: readonly unknown[]) => unknown;
}

/** A member by its names, as cases have it: `DIAL over HTTP: dial`. */
function placeName({ capability, rung, member }: Pick<Recording, 'capability' | 'rung' | 'member'>): string {
  return `${capability} over ${rung}: ${member}`;
}

/**
 * The cases of what real phones have proved: each recording of this phone is repeated by the driver, and whatever says
 * VERIFIED has one.
 * @throws TypeError where a recording is of a member that the driver does not claim for the phone
 */
export function recordingTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  const places = new Map(CAPABILITIES.flatMap((name) => placesOf(subject, name)).map((place) => [place.name, place]));
  const { model, firmware } = subject.phone;
  const own = (subject.harness.recordings ?? []).filter((one) => one.model === model && one.firmware === firmware);
  const replays = own.map((recording) => {
    const place = places.get(placeName(recording));
    if (place === undefined)
      throw new TypeError(`${subject.phone.name} has no "${placeName(recording)}" to be recorded.`);
    return { name: `the recording "${recording.name}" is repeated`, run: () => isRepeated(subject, place, recording) };
  });
  const verified = [...places.values()].filter(({ isVerified }) => isVerified);
  const proofs = verified.map(({ name }) => ({
    name: `${name} is VERIFIED by a recording of this model and firmware`,
    run: async () =>
      assert.ok(
        own.some((one) => placeName(one) === name),
        `no recording of ${model} with ${firmware}`,
      ),
  }));
  return [...replays, ...proofs];
}

function placesOf<Options>({ ladders }: Subject<Options>, capability: Capability): readonly Place[] {
  const rungs = rungsOf(ladders[capability]);
  return rungs.flatMap((rung, at) =>
    trialsOn(capability, rungs, at).map((trials) => ({
      name: placeName({ ...trials, capability }),
      isVerified: rung.evidence === 'VERIFIED',
      call: (args) => Reflect.apply(Reflect.get(rung, trials.member), rung, args),
    })),
  );
}

async function isRepeated<Options>(subject: Subject<Options>, place: Place, recording: Recording): Promise<void> {
  const replay = new Replay(recording);
  const context = replay.context(subject);
  const outcome = await place.call('command' in recording ? [recording.command, context] : [context]);
  assert.deepEqual(replay.left, [], 'requests of the recording that the driver did not send');
  const status = typeof outcome === 'object' && outcome !== null && 'status' in outcome ? outcome.status : outcome;
  assert.ok(
    status === 'ACCEPTED' || status === 'CONFIRMED',
    `the phone obeyed, and the driver says ${JSON.stringify(outcome)}`,
  );
  for (const { path, rawQuery, vendorEvent, event } of recording.reports ?? []) {
    const read = subject.harness.driver.actionUrls.parse({ path, rawQuery }, subject.profile);
    const told = { vendorEvent: read?.vendorEvent ?? null, event: read?.event ?? null };
    assert.deepEqual(JSON.parse(JSON.stringify(told)), { vendorEvent, event }, `what was reported as ${path}`);
  }
}
