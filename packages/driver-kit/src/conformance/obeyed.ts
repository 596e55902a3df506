import assert from 'node:assert/strict';
import type { ActionUrlReport, Outcome } from '@hookswitch/core';
import { headerOf } from '../virtual/sip/message.ts';
import { type Asked, isAskedBySip, wireText } from './asked.ts';
import { CHOSEN_HINT, hinted, hintOn, refusesHint } from './hints.ts';
import { nameOfSample, nameOnRung } from './names.ts';
import { nameOfEvent } from './posted-tests.ts';
import { keepsSecrets } from './secrets.ts';
import { Session } from './session.ts';
import { isDone, long, short } from './short.ts';
import { EVENT_PATH_FETCH } from './stand-in.ts';
import type { Subject } from './subject.ts';
import { isSip, type MemberTrials, type Trial } from './trial.ts';

/**
 * An obeying phone: the dry run tells what will be sent without sending it, exactly that arrives at the phone, the phone
 * is as the command wished, and no secret was told. A rung that says NOT_HERE in the dry run says so again, and sends
 * nothing. Of some samples only the phone may know whether it takes them: it may refuse those.
 */
export async function isObeyed<Options>(subject: Subject<Options>, member: MemberTrials, trial: Trial): Promise<void> {
  await using session = await Session.open(subject, trial.situation);
  const rehearsed = session.rehearsal();
  const dry = (await trial.run(rehearsed.scene)).outcome;
  assert.equal(session.traffic, 0, 'a dry run sends nothing');
  const links = session.links();
  const { asked } = links;
  const scene = session.scene(links);
  const before = await session.phone.observe();
  const { outcome, prove } = await trial.run(scene);
  keepsSecrets(session, asked, outcome);
  if (dry.status === 'NOT_HERE' || isRefusal(subject, member, { trial, outcome: dry })) {
    assert.equal(short(outcome), short(dry), 'the same answer as in the dry run');
    assert.equal(asked.length, 0, 'what cannot be served is said before any traffic');
    return;
  }
  assert.ok(isDone(dry), `the dry run is told of success; it is ${long(dry)}${hintOn(dry, member, trial)}`);
  const mayBeUnknown = member.vanishes && outcome.status === 'UNKNOWN';
  const mayBeRejected = trial.mayBeRejected && short(outcome) === 'PHONE_REJECTED';
  const hint = refusesHint(member, trial);
  assert.ok(
    isDone(outcome) || mayBeUnknown || mayBeRejected,
    `the phone obeys; the outcome is ${long(outcome)}${hint}`,
  );
  if (asked.length === 0) assert.deepEqual(outcome, { status: 'CONFIRMED', value: undefined, changed: false });
  const shown = shownBy(subject);
  await hinted(CHOSEN_HINT, async () =>
    assert.deepEqual(asked.map(shown), rehearsed.asked.map(shown), 'as the dry run has shown it'),
  );
  for (const request of asked) speaksAsClaimed(member, request);
  arrivedUnchanged(session, asked);
  const after = await session.phone.observe();
  const { effects: declared = {} } = subject.harness;
  const effects = declared[nameOnRung(member, trial)] ?? declared[nameOfSample(member, trial)];
  if (effects !== undefined) assert.deepEqual(after.effects.slice(before.effects.length), effects, 'its effects');
  await hinted(hint, () =>
    prove({
      before,
      after,
      scene,
      profile: subject.phone,
      reports: session.gateway.reports,
      isReport: (report, event) => nameOf(subject, report) === event,
    }),
  );
}

/** A request as text, without what the phone itself has chosen: no dry run can know that. */
function shownBy<Options>({ harness: { chosenByPhone = [] } }: Subject<Options>): (asked: Asked) => string {
  return (asked) => chosenByPhone.reduce((text, part) => text.replace(new RegExp(part, 'g'), '*'), wireText(asked));
}

/** Whether a phone is declared to have no way to serve a sample. */
export function isToBeRefused<Options>({ phone }: Subject<Options>, member: MemberTrials, trial: Trial): boolean {
  return phone.refuses?.includes(nameOfSample(member, trial)) === true;
}

/** Whether it is an outcome by which a driver may refuse a sample. */
export function isRefusal<Options>(
  subject: Subject<Options>,
  member: MemberTrials,
  { trial, outcome }: { readonly trial: Trial; readonly outcome: Outcome<unknown> },
): boolean {
  const may = trial.mayBeRefused || isToBeRefused(subject, member, trial);
  return may && outcome.status === 'FAILED' && outcome.failure.code === 'INVALID_ARGUMENT';
}

/** What the transports of SIP send; those that are not named here send HTTP. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  SIP_NOTIFY: ['NOTIFY'],
  SIP_MESSAGE: ['MESSAGE'],
  SIP_INVITE: ['INVITE', 'REFER', 'INFO'],
  UACSTA: ['INVITE', 'INFO'],
};

/** The answer to a command names its transport: the rung must speak that one, and nothing else. */
function speaksAsClaimed({ transport }: MemberTrials, asked: Asked): void {
  assert.equal(isAskedBySip(asked), isSip({ transport }), `${transport} is claimed; it sends ${wireText(asked)}`);
  if (!isAskedBySip(asked)) return;
  assert.ok(METHODS[transport]?.includes(asked.method), `${transport} is claimed; it sends ${asked.method}`);
  if (transport === 'UACSTA') assert.match(asked.contentType ?? '', /^application\/csta\+xml\b/, 'uaCSTA');
}

/** `CALL INCOMING`, `DEVICE EVENT_PATH_TESTED`, `FEATURE`. */
function nameOf<Options>({ harness, profile }: Subject<Options>, report: ActionUrlReport): string | null {
  if (report.path === EVENT_PATH_FETCH) return 'DEVICE EVENT_PATH_TESTED';
  const event = harness.driver.actionUrls.parse(report, profile)?.event;
  return event === undefined ? null : nameOfEvent(event);
}

function arrivedUnchanged<Options>({ relay, line }: Session<Options>, asked: readonly Asked[]): void {
  const http = asked.flatMap((one) => (isAskedBySip(one) ? [] : [one]));
  const arrived = relay.requests.all.map(({ method, target, body }) => `${method} ${target}\n${body}`);
  const wanted = http.map(({ method, target, body }) => `${method} ${target}\n${body ?? ''}`);
  const hidden = http.some(({ target }) => target.includes('{password}'));
  if (!hidden) assert.deepEqual(withoutRepeats(arrived), withoutRepeats(wanted), 'what arrived is what was asked');
  const sip = asked.filter(isAskedBySip);
  const names = new Set(sip.flatMap(({ headers }) => Object.keys(headers)));
  const bySip = (line?.requests.all ?? []).map((request) => {
    const headers = [...names, 'Content-Type'].map((name) => headerOf(request, name.toLowerCase()));
    return [request.method, ...headers, request.body].join('\n');
  });
  const wantedBySip = sip.map(({ method, headers, contentType = '', body = '' }) =>
    [method, ...[...names].map((name) => headers[name] ?? ''), contentType, body].join('\n'),
  );
  assert.deepEqual(withoutRepeats(bySip), withoutRepeats(wantedBySip), 'what arrived by SIP is what was asked');
}

/** A request that was challenged arrives twice. */
function withoutRepeats(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => text !== texts[index - 1]);
}
