import assert from 'node:assert/strict';
import type { Interference } from './relay.ts';
import { NOBODY, Session } from './session.ts';
import { isDone, long, short } from './short.ts';
import type { Subject } from './subject.ts';
import type { AskedRequest, TransportOptions } from './transport.ts';
import type { MemberTrials, Trial, TrialResult } from './trial.ts';

/** The promise of a driver where something goes wrong, tried on one member of a capability. */
export interface FaultCase {
  readonly name: (member: MemberTrials) => string;
  readonly run: <Options>(subject: Subject<Options>, member: MemberTrials) => Promise<void>;
}

/** What is tried, on what, and in which of its steps something goes wrong. */
interface Attempt<Options> {
  readonly session: Session<Options>;
  readonly trial: Trial;
  readonly member: MemberTrials;
  /** Counted from 0 among the requests that may change something; where the member only reads, among all. */
  readonly step: number;
}

type Check = <Options>(attempt: Attempt<Options>) => Promise<void>;

/** The requests in which a fault is tried. */
function isStep({ reads }: MemberTrials, { readOnly }: AskedRequest): boolean {
  return reads || !readOnly;
}

/** Finds the first sample that this rung serves, and tries it with the fault in its first step. */
async function inFirstStep<Options>(subject: Subject<Options>, member: MemberTrials, check: Check): Promise<void> {
  const { trial } = await servedSample(subject, member);
  await using session = await Session.open(subject, trial.situation);
  await check({ session, trial, member, step: 0 });
}

/** The same with the fault in each step, each time on a phone of its own. */
async function inEachStep<Options>(subject: Subject<Options>, member: MemberTrials, check: Check): Promise<void> {
  const { trial, steps } = await servedSample(subject, member);
  for (let step = 0; step < steps; step += 1) {
    await using session = await Session.open(subject, trial.situation);
    await check({ session, trial, member, step });
  }
}

async function servedSample<Options>(
  subject: Subject<Options>,
  member: MemberTrials,
): Promise<{ readonly trial: Trial; readonly steps: number }> {
  for (const trial of member.trials) {
    await using session = await Session.open(subject, trial.situation);
    const { scene, http } = session.rehearsal();
    await trial.run(scene);
    const steps = http.asked.filter((request) => isStep(member, request)).length;
    if (steps > 0) return { trial, steps };
  }
  assert.fail(`no sample of ${member.member} is served on this rung: the claim is empty`);
}

async function run<Options>(
  { session, trial }: Attempt<Options>,
  options: Partial<TransportOptions>,
): Promise<TrialResult & { readonly asked: readonly AskedRequest[] }> {
  const http = session.transport(options);
  return { ...(await trial.run(session.scene(http, options.signal))), asked: http.asked };
}

/** Calls `strike` before the step of the attempt is sent, and keeps what is sent after it. */
function strikeAt<Options>(
  { member, step }: Attempt<Options>,
  strike: () => void,
): { readonly onSend: (request: AskedRequest) => void; readonly after: readonly AskedRequest[] } {
  const after: AskedRequest[] = [];
  let count = 0;
  return {
    after,
    onSend(request) {
      if (count > step) after.push(request);
      else if (isStep(member, request)) {
        if (count === step) strike();
        count += 1;
      }
    },
  };
}

function losesReply(interference: Interference): Check {
  return async (tried) => {
    const { relay } = tried.session;
    const { onSend, after } = strikeAt(tried, () => {
      relay.next = interference;
    });
    const { outcome } = await run(tried, { onSend });
    assert.equal(relay.interfered.count, 1, 'the fault has happened');
    const { reads } = tried.member;
    const fine = reads ? ['UNKNOWN', 'FAILED'] : ['UNKNOWN'];
    assert.ok(
      fine.includes(outcome.status),
      `step ${tried.step + 1}: ${fine.join(' or ')}, but it is ${long(outcome)}`,
    );
    const more = after.filter(({ readOnly }) => !readOnly);
    if (!reads) assert.deepEqual(more, [], 'nothing that could change something is sent after it');
  };
}

const unreadableBody: Check = async (tried) => {
  const { relay } = tried.session;
  const { onSend } = strikeAt(tried, () => {
    relay.next = { body: '\u0000<?xml <html>[[{"no":' };
  });
  const { outcome } = await run(tried, { onSend });
  assert.equal(relay.interfered.count, 1, 'the fault has happened');
  // The phone has acted: another rung must not act again.
  assert.notEqual(outcome.status, 'NOT_HERE', long(outcome));
  if (tried.member.reads) assert.ok(!isDone(outcome), `nothing could be read; got ${long(outcome)}`);
};

const REFUSALS = [403, 404, 500, 503] as const;

function refuses(status: number): Check {
  return async (tried) => {
    const { relay } = tried.session;
    const { onSend } = strikeAt(tried, () => {
      relay.refuseWith = status;
    });
    const { outcome } = await run(tried, { onSend });
    assert.ok(!isDone(outcome), `after a ${status}: ${long(outcome)}`);
    if (tried.step === 0 || tried.member.reads) return;
    // The steps before have been done: no other rung may begin anew, and mostly the caller may not, either.
    assert.notEqual(outcome.status, 'NOT_HERE', long(outcome));
    if (outcome.status === 'FAILED' && !tried.member.repeatable)
      assert.equal(outcome.failure.retryable, false, long(outcome));
  };
}

const withoutCredentials: Check = async (tried) => {
  const { outcome, asked } = await run(tried, { credentials: {} });
  assert.equal(short(outcome), 'PHONE_UNAUTHORIZED', long(outcome));
  assert.equal(asked.length, 1, 'one request, and no more');
};

const withWrongCredentials: Check = async (tried) => {
  const names = Object.keys(tried.session.phone.credentials);
  const wrong = names.map((name) => [name, { username: 'somebody', password: 'wrong-password' }]);
  const { outcome, asked } = await run(tried, { credentials: Object.fromEntries(wrong) });
  assert.equal(short(outcome), 'PHONE_UNAUTHORIZED', long(outcome));
  assert.equal(asked.length, 1, 'phones lock themselves: one try');
};

const refusedConnection: Check = async (tried) => {
  const { outcome } = await run(tried, { origin: NOBODY });
  assert.equal(short(outcome), 'PHONE_UNREACHABLE', long(outcome));
};

const aborted: Check = async (tried) => {
  const { relay } = tried.session;
  const controller = new AbortController();
  const { onSend, after } = strikeAt(tried, () => {
    relay.next = { delivery: 'never' };
  });
  const ended = run(tried, { onSend, signal: controller.signal });
  await relay.interfered.waitForCount(1, { what: 'the request that gets no reply', timeoutMs: 4000 });
  controller.abort();
  const { outcome } = await ended;
  assert.ok(!isDone(outcome), `nobody knows what became of it; got ${long(outcome)}`);
  if (!tried.member.reads) assert.equal(outcome.status, 'UNKNOWN', long(outcome));
  assert.deepEqual(after, [], 'nothing is sent after it');
};

/** What must hold on every rung when something goes wrong. */
export const FAULT_CASES: readonly FaultCase[] = [
  {
    name: ({ reads }) => (reads ? 'fails when a reply is lost' : 'is UNKNOWN when a reply is lost, in any step'),
    run: (subject, member) => inEachStep(subject, member, losesReply({ delivery: 'empty' })),
  },
  {
    name: ({ reads }) => (reads ? 'fails when a reply is no HTTP' : 'is UNKNOWN when a reply is no HTTP, in any step'),
    run: (subject, member) => inEachStep(subject, member, losesReply({ delivery: 'malformed' })),
  },
  {
    name: ({ reads }) =>
      reads ? 'tells nothing out of an unreadable body' : 'does not pass on to another rung when a body is unreadable',
    run: (subject, member) => inEachStep(subject, member, unreadableBody),
  },
  ...REFUSALS.map((status) => ({
    name: () => `is not accepted when the phone answers ${status}, in any step`,
    run: <Options>(subject: Subject<Options>, member: MemberTrials) => inEachStep(subject, member, refuses(status)),
  })),
  {
    name: () => 'is PHONE_UNAUTHORIZED without credentials',
    run: (subject, member) => inFirstStep(subject, member, withoutCredentials),
  },
  {
    name: () => 'is PHONE_UNAUTHORIZED with wrong credentials, tried once',
    run: (subject, member) => inFirstStep(subject, member, withWrongCredentials),
  },
  {
    name: () => 'is PHONE_UNREACHABLE when the connection is refused',
    run: (subject, member) => inFirstStep(subject, member, refusedConnection),
  },
  {
    name: () => 'sends nothing once it is aborted, and ends',
    run: (subject, member) => inFirstStep(subject, member, aborted),
  },
];
