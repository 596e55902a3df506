import assert from 'node:assert/strict';
import { mayAct } from './asked.ts';
import { type Check, type FaultCase, faultsOf, inEachStep, inFirstStep, run, strikeAt } from './attempt.ts';
import type { ConformanceHarness, PhoneRefusal } from './harness.ts';
import { unknownSettingHint } from './hints.ts';
import { isDone, long, short } from './short.ts';
import { SIP_FAULT_CASES } from './sip/sip-faults.ts';
import { isSip, type MemberTrials } from './trial.ts';
import { isUnknownSetting, unknownSettingCase } from './unknown-setting.ts';

/** A body that no parser reads. */
const UNREADABLE = '\u0000<?xml <html>[[{"no":';

function losesReply(interference: { readonly delivery: 'empty' | 'malformed' | 'reset' }): Check {
  return async (tried) => {
    const faults = faultsOf(tried);
    const strike = strikeAt(tried, () => {
      faults.next = interference;
    });
    const { outcome } = await run(tried, { onSend: strike.onSend });
    assert.equal(faults.interfered.count, 1, 'the fault has happened');
    const { reads, repeatable } = tried.member;
    const fine = reads || !mayAct(strike.struck()) ? ['UNKNOWN', 'FAILED'] : ['UNKNOWN'];
    assert.ok(
      fine.includes(outcome.status),
      `step ${tried.step + 1}: ${fine.join(' or ')}, but it is ${long(outcome)}`,
    );
    if (outcome.status === 'FAILED' && strike.hadActed() && !reads && !repeatable)
      assert.equal(outcome.failure.retryable, false, long(outcome));
    const more = strike.after.filter(({ readOnly }) => !readOnly);
    if (!reads) assert.deepEqual(more, [], 'nothing that could change something is sent after it');
  };
}

const unreadableBody: Check = async (tried) => {
  const faults = faultsOf(tried);
  const strike = strikeAt(tried, () => {
    faults.next = { body: UNREADABLE };
  });
  const { outcome } = await run(tried, { onSend: strike.onSend });
  assert.equal(faults.interfered.count, 1, 'the fault has happened');
  // The phone has acted: another rung must not act again.
  assert.notEqual(outcome.status, 'NOT_HERE', long(outcome));
  // Where it prepares the phone for a request that reads, that one is unharmed.
  const prepares = !strike.struck().readOnly && strike.after.some(({ readOnly }) => readOnly);
  if (tried.member.reads && !prepares) assert.ok(!isDone(outcome), `nothing could be read; got ${long(outcome)}`);
};

/** @param at what it must be where nothing was done before it; undefined: anything but success */
function refuses(status: number, at?: string): Check {
  return async (tried) => {
    const faults = faultsOf(tried);
    const strike = strikeAt(tried, () => {
      faults.refuseWith = status;
    });
    const { outcome } = await run(tried, { onSend: strike.onSend });
    assert.ok(!isDone(outcome), `after a ${status}: ${long(outcome)}${unknownSettingHint(tried.member, status)}`);
    if (!strike.hadActed() || tried.member.reads) {
      if (at !== undefined) assert.equal(short(outcome), at, long(outcome));
      return;
    }
    // The steps before have been done: no other rung may begin anew, and mostly the caller may not, either.
    assert.notEqual(outcome.status, 'NOT_HERE', long(outcome));
    if (outcome.status === 'FAILED' && !tried.member.repeatable)
      assert.equal(outcome.failure.retryable, false, long(outcome));
  };
}

const WRONG = { username: 'somebody', password: 'wrong-password' };

const withoutCredentials: Check = async (tried) => {
  tried.session.line?.ask(401, WRONG);
  const { outcome, asked } = await run(tried, { credentials: {}, sipLogin: null });
  assert.equal(short(outcome), 'PHONE_UNAUTHORIZED', long(outcome));
  assert.equal(asked.length, 1, 'one request, and no more');
};

const withWrongCredentials: Check = async (tried) => {
  const names = Object.keys(tried.session.phone.credentials);
  const credentials = Object.fromEntries(names.map((name) => [name, WRONG]));
  tried.session.line?.ask(401, { username: 'conformance', password: 'another-password' });
  const { outcome, asked } = await run(tried, { credentials, sipLogin: WRONG });
  assert.equal(short(outcome), 'PHONE_UNAUTHORIZED', long(outcome));
  assert.equal(asked.length, 1, 'phones lock themselves: one try');
};

const refusedConnection: Check = async (tried) => {
  const { outcome } = await run(tried, { nobody: true });
  assert.equal(short(outcome), 'PHONE_UNREACHABLE', long(outcome));
};

/** @param reason with which its signal aborts */
const aborted =
  (reason: DOMException): Check =>
  async (tried) => {
    const faults = faultsOf(tried);
    const controller = new AbortController();
    const strike = strikeAt(tried, () => {
      faults.next = { delivery: 'never' };
    });
    const ended = run(tried, { onSend: strike.onSend, signal: controller.signal });
    const happened = faults.interfered.waitForCount(1, { what: 'the request that gets no reply', timeoutMs: 4000 });
    // Where it ends by itself nobody has to wait for more.
    await Promise.race([happened, ended]);
    assert.equal(faults.interfered.count, 1, 'the fault has happened');
    controller.abort(reason);
    const { outcome } = await ended;
    assert.ok(!isDone(outcome), `nobody knows what became of it; got ${long(outcome)}`);
    if (!tried.member.reads && mayAct(strike.struck())) assert.equal(outcome.status, 'UNKNOWN', long(outcome));
    assert.deepEqual(strike.after, [], 'nothing is sent after it');
  };

/** Its time was over before it began. */
const abortedBefore: Check = async (tried) => {
  const { outcome } = await run(tried, { signal: AbortSignal.abort() });
  assert.ok(!isDone(outcome), long(outcome));
  assert.equal(tried.session.traffic, 0, 'nothing is sent');
};

/** The phone answers with its own words for no, under a status of success. */
const refusedInWords =
  ({ status, headers = {}, body = '' }: Omit<PhoneRefusal, 'name'>): Check =>
  async (tried) => {
    const strike = strikeAt(tried, () => {
      tried.session.relay.refuseWith = { status, headers, body };
    });
    const { outcome } = await run(tried, { onSend: strike.onSend });
    assert.ok(!isDone(outcome), `the phone said no; got ${long(outcome)}${unknownSettingHint(tried.member, status)}`);
    // The steps before have been done: mostly they may not be done again.
    const again = strike.hadActed() && !tried.member.reads && !tried.member.repeatable;
    if (again && outcome.status === 'FAILED') assert.equal(outcome.failure.retryable, false, long(outcome));
  };

const inEach =
  (check: Check): FaultCase['run'] =>
  (subject, member) =>
    inEachStep(subject, member, { check });
const inFirst =
  (check: Check): FaultCase['run'] =>
  (subject, member) =>
    inFirstStep(subject, member, check);

/** Replies that get lost. */
function lossCases(protocol: 'HTTP' | 'SIP'): readonly FaultCase[] {
  return [
    {
      name: ({ reads }) => (reads ? 'fails when a reply is lost' : 'is UNKNOWN when a reply is lost, in any step'),
      run: inEach(losesReply({ delivery: 'empty' })),
    },
    {
      name: ({ reads }) =>
        reads ? `fails when a reply is no ${protocol}` : `is UNKNOWN when a reply is no ${protocol}, in any step`,
      run: inEach(losesReply({ delivery: 'malformed' })),
    },
  ];
}

const unreadableCase: FaultCase = {
  name: ({ reads }) =>
    reads ? 'tells nothing out of an unreadable body' : 'does not pass on to another rung when a body is unreadable',
  run: (subject, member) =>
    // What the answer to an INVITE carries need not be read.
    inEachStep(subject, member, { check: unreadableBody, counts: (_, { method }) => method !== 'INVITE' }),
};

/** What must hold on every rung, whatever it speaks. */
const EVERYWHERE: readonly FaultCase[] = [
  { name: () => 'is PHONE_UNAUTHORIZED without credentials', run: inFirst(withoutCredentials) },
  { name: () => 'is PHONE_UNAUTHORIZED with wrong credentials, tried once', run: inFirst(withWrongCredentials) },
  { name: () => 'is PHONE_UNREACHABLE when the connection is refused', run: inFirst(refusedConnection) },
  {
    name: () => 'sends nothing once it is aborted, and ends',
    run: inFirst(aborted(new DOMException('It is cancelled.', 'AbortError'))),
  },
  {
    name: () => 'sends nothing once its deadline has passed, and ends',
    run: inFirst(aborted(new DOMException('Its time is over.', 'TimeoutError'))),
  },
  { name: () => 'sends nothing when its time was over before', run: inFirst(abortedBefore) },
];

/** Where a phone sends who is not to use HTTP, or not this phone: to somewhere that nobody follows. */
const ELSEWHERE = { status: 302, headers: { location: 'https://192.0.2.77/elsewhere' } };

/** Refusals by a status alone. */
const REFUSED_WITH = [403, 404, 500, 503] as const;

const HTTP_CASES: readonly FaultCase[] = [
  ...lossCases('HTTP'),
  {
    name: ({ reads }) => (reads ? 'fails when the connection is reset' : 'is UNKNOWN when the connection is reset'),
    run: inFirst(losesReply({ delivery: 'reset' })),
  },
  { name: () => 'is not accepted when the phone sends it elsewhere (302)', run: inFirst(refusedInWords(ELSEWHERE)) },
  unreadableCase,
];

function refusedWith(status: number): FaultCase {
  return { name: () => `is not accepted when the phone answers ${status}, in any step`, run: inEach(refuses(status)) };
}

const SIP_CASES: readonly FaultCase[] = [
  ...lossCases('SIP'),
  unreadableCase,
  // RFC 3261, 3265 and 3903: the phone does not know the request, or what it carries. It has done nothing.
  ...[404, 405, 415, 420, 481, 489, 501].map((status) => ({
    name: () => `is NOT_HERE when the phone answers ${status}, and not once something was done`,
    run: inEach(refuses(status, 'NOT_HERE')),
  })),
  ...[403, 486, 500, 503, 603].map((status) => ({
    name: () => `is PHONE_REJECTED when the phone answers ${status}, in any step`,
    run: inEach(refuses(status, 'PHONE_REJECTED')),
  })),
  ...EVERYWHERE,
];

/**
 * What must hold on a rung when something goes wrong.
 * @param harness the vendor's own ways to say no over HTTP
 */
export function faultCasesOn(
  member: MemberTrials,
  { refusals = [], unknownSetting }: Pick<ConformanceHarness<unknown>, 'refusals' | 'unknownSetting'>,
): readonly FaultCase[] {
  if (isSip(member)) return [...SIP_CASES, ...SIP_FAULT_CASES.filter(({ concerns }) => concerns(member))];
  const leftOut = member.capability === 'READ_SETTINGS' ? unknownSetting : undefined;
  const said = refusals
    .filter(({ transports }) => transports?.includes(member.transport) ?? true)
    .filter((refusal) => !isUnknownSetting(refusal, leftOut))
    .map((refusal) => ({
      name: () => `is not accepted when the phone says no: ${refusal.name}`,
      run: inEach(refusedInWords(refusal)),
    }));
  return [
    ...HTTP_CASES,
    ...REFUSED_WITH.filter((status) => !isUnknownSetting({ status }, leftOut)).map(refusedWith),
    ...(leftOut === undefined ? [] : [unknownSettingCase(leftOut)]),
    ...EVERYWHERE,
    ...said,
  ];
}
