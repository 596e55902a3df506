import assert from 'node:assert/strict';
import type { Interference } from './relay.ts';
import { Session } from './session.ts';
import { isDone, long, short } from './short.ts';
import type { Subject } from './subject.ts';
import type { AskedRequest, TransportOptions } from './transport.ts';
import type { MemberTrials, Trial, TrialResult } from './trial.ts';

/** The promise of a driver where something goes wrong, tried on one member of a capability. */
export interface FaultCase {
  readonly name: (member: MemberTrials) => string;
  readonly run: <Options>(subject: Subject<Options>, member: MemberTrials) => Promise<void>;
}

/** What was tried, on what. */
interface Attempt<Options> {
  readonly session: Session<Options>;
  readonly trial: Trial;
}

/** Opens a session for the first sample that this rung serves. */
async function attempt<Options>(
  subject: Subject<Options>,
  member: MemberTrials,
  check: (attempt: Attempt<Options>) => Promise<void>,
): Promise<void> {
  for (const trial of member.trials) {
    await using session = await Session.open(subject, trial.situation);
    const { scene, http } = session.rehearsal();
    await trial.run(scene);
    if (http.asked.length === 0) continue;
    await check({ session, trial });
    return;
  }
  assert.fail(`no sample of ${member.member} is served on this rung: the claim is empty`);
}

async function run<Options>(
  { session, trial }: Attempt<Options>,
  options: Partial<TransportOptions>,
): Promise<TrialResult> {
  return trial.run(session.scene(session.transport(options), options.signal));
}

/** Interferes with the first request that may change something; with the first of all where the member only reads. */
function interfereOnce<Options>(
  { session }: Attempt<Options>,
  { reads }: MemberTrials,
  interference: Interference,
): { readonly onSend: (request: AskedRequest) => void; readonly after: readonly AskedRequest[] } {
  const after: AskedRequest[] = [];
  let armed = false;
  return {
    after,
    onSend(request) {
      if (armed) after.push(request);
      else if (reads || !request.readOnly) {
        armed = true;
        session.relay.next = interference;
      }
    },
  };
}

async function losesReply<Options>(
  subject: Subject<Options>,
  member: MemberTrials,
  interference: Interference,
): Promise<void> {
  await attempt(subject, member, async (tried) => {
    const { onSend, after } = interfereOnce(tried, member, interference);
    const { outcome } = await run(tried, { onSend });
    assert.equal(tried.session.relay.interfered.count, 1, 'the fault has happened');
    const fine = member.reads ? ['UNKNOWN', 'FAILED'] : ['UNKNOWN'];
    assert.ok(fine.includes(outcome.status), `expected ${fine.join(' or ')}, got ${long(outcome)}`);
    const more = after.filter(({ readOnly }) => !readOnly);
    if (!member.reads) assert.deepEqual(more, [], 'nothing that could change something is sent after it');
  });
}

const REFUSALS = [403, 404, 500, 503] as const;

/** What must hold on every rung when something goes wrong. */
export const FAULT_CASES: readonly FaultCase[] = [
  {
    name: ({ reads }) => (reads ? 'fails when its reply is lost' : 'is UNKNOWN when its reply is lost'),
    run: (subject, member) => losesReply(subject, member, { delivery: 'empty' }),
  },
  {
    name: ({ reads }) => (reads ? 'fails when its reply is no HTTP' : 'is UNKNOWN when its reply is no HTTP'),
    run: (subject, member) => losesReply(subject, member, { delivery: 'malformed' }),
  },
  {
    name: ({ reads }) =>
      reads
        ? 'tells nothing out of an unreadable body'
        : 'says nothing that may lead to a second try when the body is unreadable',
    run: (subject, member) =>
      attempt(subject, member, async (tried) => {
        const { onSend } = interfereOnce(tried, member, { body: '\u0000<?xml <html>[[{"no":' });
        const { outcome } = await run(tried, { onSend });
        assert.equal(tried.session.relay.interfered.count, 1, 'the fault has happened');
        // The phone has acted: another rung must not act again.
        assert.notEqual(outcome.status, 'NOT_HERE', long(outcome));
        if (member.reads) assert.ok(!isDone(outcome), `nothing could be read; got ${long(outcome)}`);
      }),
  },
  {
    name: () => `is not accepted when the phone answers ${REFUSALS.join(', ')}`,
    run: (subject, member) =>
      attempt(subject, member, async (tried) => {
        for (const status of REFUSALS) {
          tried.session.relay.refuseWith = status;
          const { outcome } = await run(tried, {});
          assert.ok(!isDone(outcome), `after a ${status}: ${long(outcome)}`);
        }
      }),
  },
  {
    name: () => 'is PHONE_UNAUTHORIZED without credentials',
    run: (subject, member) =>
      attempt(subject, member, async (tried) => {
        const { outcome } = await run(tried, { credentials: {} });
        assert.equal(short(outcome), 'PHONE_UNAUTHORIZED', long(outcome));
        assert.equal(tried.session.relay.requests.count, 1, 'one request, and no more');
      }),
  },
  {
    name: () => 'is PHONE_UNAUTHORIZED with wrong credentials, tried once',
    run: (subject, member) =>
      attempt(subject, member, async (tried) => {
        const names = Object.keys(tried.session.phone.credentials);
        const wrong = names.map((name) => [name, { username: 'somebody', password: 'wrong-password' }]);
        const { outcome } = await run(tried, { credentials: Object.fromEntries(wrong) });
        assert.equal(short(outcome), 'PHONE_UNAUTHORIZED', long(outcome));
        assert.ok(tried.session.relay.requests.count <= 2, 'phones lock themselves: one try');
      }),
  },
  {
    name: () => 'is PHONE_UNREACHABLE when the connection is refused',
    run: (subject, member) =>
      attempt(subject, member, async (tried) => {
        await tried.session.relay.stop();
        const { outcome } = await run(tried, {});
        assert.equal(short(outcome), 'PHONE_UNREACHABLE', long(outcome));
      }),
  },
  {
    name: () => 'sends nothing once it is aborted, and ends',
    run: (subject, member) =>
      attempt(subject, member, async (tried) => {
        const controller = new AbortController();
        const { onSend } = interfereOnce(tried, member, { delivery: 'never' });
        const ended = run(tried, { onSend, signal: controller.signal });
        await tried.session.relay.interfered.waitForCount(1, { what: 'the request that gets no reply' });
        const before = tried.session.relay.requests.count;
        controller.abort();
        const { outcome } = await ended;
        assert.ok(!isDone(outcome), `nobody knows what became of it; got ${long(outcome)}`);
        if (!member.reads) assert.equal(outcome.status, 'UNKNOWN', long(outcome));
        await tried.session.phone.observe();
        assert.equal(tried.session.relay.requests.count, before, 'nothing is sent after it');
      }),
  },
];
