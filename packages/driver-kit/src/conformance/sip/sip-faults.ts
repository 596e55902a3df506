import assert from 'node:assert/strict';
import { isAskedBySip } from '../asked.ts';
import {
  type Attempt,
  type Check,
  type FaultCase,
  type IsStep,
  inEachStep,
  inFirstStep,
  run,
  strikeAt,
} from '../attempt.ts';
import { isDone, long } from '../short.ts';
import type { MemberTrials } from '../trial.ts';
import type { SipInterference } from './interference.ts';
import type { SipLine } from './line.ts';

/** A case that only some rungs have. */
export interface SipFaultCase extends FaultCase {
  readonly concerns: (member: MemberTrials) => boolean;
}

const isInfo: IsStep = (_, request) => isAskedBySip(request) && request.method === 'INFO';

function lineOf<Options>({ session, member }: Attempt<Options>): SipLine {
  return session.line ?? assert.fail(`${member.transport} is claimed for a phone that SIP does not reach`);
}

/** The phone takes a request within the dialog, and never says what became of it. */
function saysNothing(then: Extract<SipInterference, { readonly says: unknown }>['says']): Check {
  return async (tried) => {
    const line = lineOf(tried);
    const controller = new AbortController();
    const strike = strikeAt(tried, () => {
      line.next = { says: then };
    });
    const ended = run(tried, { onSend: strike.onSend, signal: controller.signal });
    await line.interfered.waitForCount(1, { what: 'the request within the dialog', timeoutMs: 4000 });
    if (then === 'nothing') controller.abort();
    const { outcome } = await ended;
    assert.ok(!isDone(outcome), `nobody knows what became of it; got ${long(outcome)}`);
    if (!tried.member.reads) assert.equal(outcome.status, 'UNKNOWN', long(outcome));
    const more = strike.after.filter(({ readOnly }) => !readOnly);
    assert.deepEqual(more, [], 'nothing is sent after it');
  };
}

/** Somebody between it and the phone asks for a login. */
const behindProxy: Check = async (tried) => {
  const { credentials } = tried.session.phone.sip ?? {};
  const login = credentials ?? { username: 'conformance', password: 'conformance-proxy' };
  lineOf(tried).ask(407, login);
  const { outcome, asked } = await run(tried, { sipLogin: login });
  assert.ok(isDone(outcome) || (tried.member.vanishes && outcome.status === 'UNKNOWN'), long(outcome));
  for (const { headers } of asked) assert.ok(!('Proxy-Authorization' in headers), "the login is the transport's");
};

const always = (): boolean => true;
const talksInDialog = ({ transport }: MemberTrials): boolean => transport === 'UACSTA';

/** What must hold on rungs that speak SIP, beside what must hold on all. */
export const SIP_FAULT_CASES: readonly SipFaultCase[] = [
  {
    name: () => 'is obeyed behind a proxy that asks for credentials',
    concerns: always,
    run: (subject, member) => inFirstStep(subject, member, behindProxy),
  },
  {
    name: ({ reads }) =>
      `${reads ? 'fails' : 'is UNKNOWN'} when the phone ends the dialog without having said what became of it`,
    concerns: talksInDialog,
    run: (subject, member) => inEachStep(subject, member, { check: saysNothing('BYE'), counts: isInfo }),
  },
  {
    name: ({ reads }) => `${reads ? 'fails' : 'is UNKNOWN'} when it is aborted while it waits for the phone's INFO`,
    concerns: talksInDialog,
    run: (subject, member) => inEachStep(subject, member, { check: saysNothing('nothing'), counts: isInfo }),
  },
];
