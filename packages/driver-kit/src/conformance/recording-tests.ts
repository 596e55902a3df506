import assert from 'node:assert/strict';
import { CAPABILITIES, type Capability, type DriverContext, type HttpTransport } from '@hookswitch/core';
import type { RecordedHttp, Recording } from './recording.ts';
import type { ConformanceTest } from './runner.ts';
import { createSipRehearsal } from './sip/sip-transport.ts';
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
  const left = [...recording.exchanges];
  const context = replayContext(subject, left);
  const outcome = await place.call('command' in recording ? [recording.command, context] : [context]);
  assert.deepEqual(
    left.map(({ request }) => `${request.method} ${request.target}`),
    [],
    'requests of the recording that the driver did not send',
  );
  const status = typeof outcome === 'object' && outcome !== null && 'status' in outcome ? outcome.status : outcome;
  assert.ok(
    status === 'ACCEPTED' || status === 'CONFIRMED',
    `the phone obeyed, and the driver says ${JSON.stringify(outcome)}`,
  );
}

function replayContext<Options>({ profile }: Subject<Options>, left: RecordedHttp[]): DriverContext<Options> {
  return {
    phone: profile,
    calls: [],
    features: [],
    http: replayTransport(left),
    sip: createSipRehearsal(() => assert.fail('a recording has HTTP only')),
    documents: { publish: () => assert.fail('a recording has no documents') },
    clock: { now: () => 0, sleep: async () => {} },
    log: { debug: () => {}, warn: () => {} },
    signal: new AbortController().signal,
  };
}

/** Answers with what the phone answered, as long as the driver asks for what the phone was asked. */
function replayTransport(left: RecordedHttp[]): HttpTransport {
  return {
    async send({ method, target, headers = {}, body = '' }) {
      const next = left.shift();
      assert.ok(next !== undefined, `${method} ${target} is not in the recording`);
      const { request, reply } = next;
      const wanted = { method: request.method, target: request.target, body: request.body ?? '' };
      assert.deepEqual({ method, target, body }, wanted, 'the request that was recorded');
      const given = lowerCased(headers);
      for (const [name, value] of Object.entries(lowerCased(request.headers))) assert.equal(given[name], value, name);
      const bytes = Buffer.from(
        reply.bodyBase64 ?? reply.body ?? '',
        reply.bodyBase64 === undefined ? 'utf8' : 'base64',
      );
      return { status: reply.status, headers: lowerCased(reply.headers), bytes, text: bytes.toString('utf8') };
    },
  };
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
