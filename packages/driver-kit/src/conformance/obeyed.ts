import assert from 'node:assert/strict';
import type { ActionUrlReport, Outcome } from '@hookswitch/core';
import { keepsSecrets } from './secrets.ts';
import { Session } from './session.ts';
import { isDone, long, short, wireText } from './short.ts';
import { EVENT_PATH_FETCH } from './stand-in.ts';
import type { Subject } from './subject.ts';
import type { AskedRequest } from './transport.ts';
import type { MemberTrials, Trial } from './trial.ts';

/**
 * An obeying phone: the dry run tells what will be sent without sending it, exactly that arrives at the phone, the phone
 * is as the command wished, and no secret was told. A rung that says NOT_HERE in the dry run says so again, and sends
 * nothing.
 */
export async function isObeyed<Options>(subject: Subject<Options>, member: MemberTrials, trial: Trial): Promise<void> {
  await using session = await Session.open(subject, trial.situation);
  const rehearsed = session.rehearsal();
  const dry = (await trial.run(rehearsed.scene)).outcome;
  assert.equal(session.relay.requests.count, 0, 'a dry run sends nothing');
  const http = session.transport();
  const scene = session.scene(http);
  const before = await session.phone.observe();
  const { outcome, prove } = await trial.run(scene);
  keepsSecrets(session, http.asked, outcome);
  if (dry.status === 'NOT_HERE' || isRefusal(dry, trial)) {
    assert.equal(short(outcome), short(dry), 'the same answer as in the dry run');
    assert.equal(http.asked.length, 0, 'what cannot be served is said before any traffic');
    return;
  }
  assert.ok(isDone(dry), `the dry run is told of success; it is ${long(dry)}`);
  const mayBeUnknown = member.vanishes && outcome.status === 'UNKNOWN';
  assert.ok(isDone(outcome) || mayBeUnknown, `the phone obeys; the outcome is ${long(outcome)}`);
  if (http.asked.length === 0) assert.deepEqual(outcome, { status: 'CONFIRMED', value: undefined, changed: false });
  assert.deepEqual(http.asked.map(wireText), rehearsed.http.asked.map(wireText), 'as the dry run has shown it');
  arrivedUnchanged(session, http.asked);
  const after = await session.phone.observe();
  const effects = subject.harness.effects?.[nameOfSample(member, trial)];
  if (effects !== undefined) assert.deepEqual(after.effects.slice(before.effects.length), effects, 'its effects');
  await prove({
    before,
    after,
    scene,
    profile: subject.phone,
    reports: session.gateway.reports,
    isReport: (report, event) => nameOf(subject, report) === event,
  });
}

/** `RINGTONE: playRingtone, the first`: the same on each rung. */
export function nameOfSample({ capability, member }: MemberTrials, { name }: Trial): string {
  return `${capability}: ${member}, ${name}`;
}

function isRefusal(outcome: Outcome<unknown>, { mayBeRefused }: Trial): boolean {
  return mayBeRefused && outcome.status === 'FAILED' && outcome.failure.code === 'INVALID_ARGUMENT';
}

/** `CALL INCOMING`, `DEVICE EVENT_PATH_TESTED`, `FEATURE`. */
function nameOf<Options>({ harness, profile }: Subject<Options>, report: ActionUrlReport): string | null {
  if (report.path === EVENT_PATH_FETCH) return 'DEVICE EVENT_PATH_TESTED';
  const event = harness.driver.actionUrls.parse(report, profile)?.event;
  if (event === undefined) return null;
  if (event.type === 'CALL') return `CALL ${event.callEventKind}`;
  return event.type === 'DEVICE' ? `DEVICE ${event.deviceEventKind}` : event.type;
}

function arrivedUnchanged<Options>({ relay }: Session<Options>, asked: readonly AskedRequest[]): void {
  const arrived = relay.requests.all.map(({ method, target, body }) => `${method} ${target}\n${body}`);
  const wanted = asked.map(({ method, target, body }) => `${method} ${target}\n${body ?? ''}`);
  const hidden = asked.some(({ target }) => target.includes('{password}'));
  if (!hidden) assert.deepEqual(withoutRepeats(arrived), withoutRepeats(wanted), 'what arrived is what was asked');
}

/** A request that was challenged arrives twice. */
function withoutRepeats(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => text !== texts[index - 1]);
}
