import assert from 'node:assert/strict';
import { type Asked, mayAct } from './asked.ts';
import { nameOfMember } from './names.ts';
import type { Relay } from './relay.ts';
import { type LinkOptions, Session } from './session.ts';
import type { SipLine } from './sip/line.ts';
import type { Subject } from './subject.ts';
import { isSip, type MemberTrials, type Trial, type TrialResult } from './trial.ts';

/** The promise of a driver where something goes wrong, tried on one member of a capability. */
export interface FaultCase {
  readonly name: (member: MemberTrials) => string;
  readonly run: <Options>(subject: Subject<Options>, member: MemberTrials) => Promise<void>;
}

/** What is tried, on what, and in which of its steps something goes wrong. */
export interface Attempt<Options> {
  readonly session: Session<Options>;
  readonly trial: Trial;
  readonly member: MemberTrials;
  /** Counted from 0 among the requests of {@link isStep}. */
  readonly step: number;
}

/** Tries it, and asserts what must hold. */
export type Check = <Options>(attempt: Attempt<Options>) => Promise<void>;

/** Which requests are steps. */
export type IsStep = (member: MemberTrials, request: Asked) => boolean;

/** The requests that may change something, or only open a dialog; where the member only reads, all. */
const isStep: IsStep = ({ reads }, { readOnly }) => reads || !readOnly;

/** Finds the first sample that this rung serves, and tries it with the fault in its first step. */
export async function inFirstStep<Options>(
  subject: Subject<Options>,
  member: MemberTrials,
  check: Check,
): Promise<void> {
  const { trial } = await servedSample(subject, member, isStep);
  await using session = await Session.open(subject, trial.situation);
  await check({ session, trial, member, step: 0 });
}

/** The same with the fault in each step, each time on a phone of its own. */
export async function inEachStep<Options>(
  subject: Subject<Options>,
  member: MemberTrials,
  { check, counts = isStep }: { readonly check: Check; readonly counts?: IsStep },
): Promise<void> {
  const { trial, steps } = await servedSample(subject, member, counts);
  for (const step of steps) {
    await using session = await Session.open(subject, trial.situation);
    await check({ session, trial, member, step });
  }
}

async function servedSample<Options>(
  subject: Subject<Options>,
  member: MemberTrials,
  counts: IsStep,
): Promise<{ readonly trial: Trial; readonly steps: readonly number[] }> {
  for (const trial of member.trials) {
    await using session = await Session.open(subject, trial.situation);
    const { scene, asked } = session.rehearsal();
    await trial.run(scene);
    const requests = asked.filter((request) => isStep(member, request));
    const steps = requests.flatMap((request, step) => (counts(member, request) ? [step] : []));
    if (steps.length > 0) return { trial, steps };
  }
  assert.fail(
    `no sample of ${member.member} is served on this rung: the claim is empty. Where the phone has no way for it at all, ` +
      `say notHere() and name "${nameOfMember(member)}" under notHere of the phone`,
  );
}

/** Runs the sample. @returns its outcome, and what was asked */
export async function run<Options>(
  { session, trial }: Attempt<Options>,
  options: LinkOptions,
): Promise<TrialResult & { readonly asked: readonly Asked[] }> {
  const links = session.links(options);
  return { ...(await trial.run(session.scene(links, options.signal))), asked: links.asked };
}

/** A request that was struck, and what was sent before and after it. */
export interface Strike {
  readonly onSend: (request: Asked) => void;
  readonly struck: () => Asked;
  /** Whether one was sent before it for which the phone may have done something. */
  readonly hadActed: () => boolean;
  readonly after: readonly Asked[];
}

/** Calls `strike` before the step of the attempt is sent. */
export function strikeAt<Options>({ member, step }: Attempt<Options>, strike: () => void): Strike {
  const before: Asked[] = [];
  const after: Asked[] = [];
  let count = 0;
  let struck: Asked | undefined;
  return {
    after,
    struck: () => struck ?? assert.fail('the step in which the fault was to happen was not reached'),
    hadActed: () => before.some(mayAct),
    onSend(request) {
      if (struck !== undefined) after.push(request);
      else if (!isStep(member, request) || count++ < step) before.push(request);
      else {
        struck = request;
        strike();
      }
    },
  };
}

/** Where faults of either protocol are made. */
export type FaultMaker = Relay | SipLine;

/** The one of the protocol that the rung claims to speak. */
export function faultsOf<Options>({ session, member }: Attempt<Options>): FaultMaker {
  if (!isSip(member)) return session.relay;
  return session.line ?? assert.fail(`${member.transport} is claimed for a phone that SIP does not reach`);
}
