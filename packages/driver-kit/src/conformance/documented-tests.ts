import assert from 'node:assert/strict';
import type { CallWatcher, KnownCall, Outcome, ParsedReport } from '@hookswitch/core';
import { isAlike } from './alike.ts';
import { type Asked, wireText } from './asked.ts';
import type {
  DocumentedCommand,
  DocumentedDevice,
  DocumentedDiagnosis,
  DocumentedEvent,
  DocumentedModel,
  DocumentedPhone,
  DocumentedSettings,
  DocumentedTelling,
  DocumentedWays,
} from './documented.ts';
import { type Answering, byOrder, byWords, contextOf } from './documented-phone.ts';
import type { ConformanceHarness } from './harness.ts';
import type { ConformanceTest } from './runner.ts';
import { long, short } from './short.ts';
import { type Subject, subjectOf } from './subject.ts';
import { labelsOf, rungsOf } from './trial.ts';

/** The cases of what the vendor's documents say, one for each row; none where the harness has no rows. */
export function documentedTests<Options>(harness: ConformanceHarness<Options>): readonly ConformanceTest[] {
  const { models, commands, events, settings, ways, tellings, devices, diagnoses, commandKeys } =
    harness.documented ?? {};
  const of = (name: string, run: () => Promise<void>): ConformanceTest => ({ name: `documented: ${name}`, run });
  return [
    ...(models ?? []).map((row) => of(`the model ${row.model}`, async () => isModel(harness, row))),
    ...(models === undefined ? [] : [of('no other model', async () => noOtherModel(harness, models))]),
    ...(settings ?? []).map((row) => of(row.name, async () => hasSettings(harness, row))),
    ...(events ?? []).map((row) => of(eventName(row), async () => isEvent(harness, row))),
    ...(ways ?? []).map((row) => of(`${row.capability} of ${row.name}`, async () => hasWays(harness, row))),
    ...(tellings ?? []).map((row) => of(row.name, () => isTold(harness, row))),
    ...(devices ?? []).map((row) => of(row.name, async () => isKnown(harness, row))),
    ...(diagnoses ?? []).map((row) => of(row.name, () => isFound(harness, row))),
    ...(commands ?? []).map((row) => of(row.name, () => isSent(harness, row))),
    ...(commandKeys ?? []).map((key) =>
      of(`${key} is a key that is a command`, async () => assert.ok(harness.driver.isCommandKey(key))),
    ),
  ];
}

function subjectFor<Options>(harness: ConformanceHarness<Options>, phone: DocumentedPhone): Subject<Options> {
  const [like] = harness.phones;
  const { options = {}, reachableBy = { http: true, sip: true }, allowEvents } = phone;
  const { allowEvents: _, ...rest } = like;
  const told = allowEvents === undefined ? {} : { allowEvents };
  return subjectOf(harness, { ...rest, ...phone, options, reachableBy, ...told });
}

function isModel<Options>(harness: ConformanceHarness<Options>, row: DocumentedModel): void {
  const { driver } = harness;
  const { model, functionKeys, keys } = row;
  assert.deepEqual(
    driver.models.filter((one) => one.model === model),
    [{ model, functionKeys }],
  );
  if (keys === undefined) return;
  const { profile } = subjectFor(harness, { model, firmware: null });
  assert.deepEqual([...(driver.keysOf?.(profile) ?? [])].toSorted(), [...keys].toSorted(), 'its keys');
}

function noOtherModel<Options>({ driver }: ConformanceHarness<Options>, models: readonly DocumentedModel[]): void {
  const known = new Set(models.map(({ model }) => model));
  assert.deepEqual(
    driver.models.filter(({ model }) => !known.has(model)),
    [],
  );
}

function hasSettings<Options>(harness: ConformanceHarness<Options>, { phone, settings }: DocumentedSettings): void {
  const { actionUrls } = harness.driver;
  const has = actionUrls.settingsFor(subjectFor(harness, phone).profile).map(({ setting }) => setting);
  assert.deepEqual(has.toSorted(), settings.toSorted());
}

function hasWays<Options>(harness: ConformanceHarness<Options>, { phone, capability, ways }: DocumentedWays): void {
  const rungs = rungsOf(subjectFor(harness, phone).ladders[capability]);
  assert.deepEqual(
    rungs.map(({ transport, evidence }) => `${transport} ${evidence}`),
    ways,
  );
}

function eventName({ setting, name, means }: DocumentedEvent): string {
  const kind: unknown = Reflect.get(Object(means), 'callEventKind') ?? Reflect.get(Object(means), 'type');
  return `${setting}${name === undefined ? '' : `, ${name},`} is ${String(kind)}`;
}

function isEvent<Options>(harness: ConformanceHarness<Options>, row: DocumentedEvent): void {
  const { setting, fills = {}, reads = {}, body, means, report: beside } = row;
  const { profile } = subjectFor(harness, row.phone);
  const { settingsFor, parse } = harness.driver.actionUrls;
  const found = settingsFor(profile).find((one) => one.setting === setting);
  assert.ok(found !== undefined, 'the driver knows the setting');
  // The longest name first: `$remote` begins `$remote_display`.
  const names = Object.keys(fills).toSorted((one, other) => other.length - one.length);
  const rawQuery = names.reduce((query, name) => query.replaceAll(name, fills[name] ?? ''), found.query);
  const report = parse({ path: found.path, rawQuery, ...(body === undefined ? {} : { body }) }, profile);
  assert.ok(report !== null, 'the driver reads it');
  isAlike(report.event, means, 'event');
  isAlike(report, beside, 'report');
  const told = report.variables.map(({ value }) => value);
  const strange = Object.keys(reads).filter((name) => !Object.hasOwn(fills, name));
  assert.deepEqual(strange, [], 'what is read stands in fills, too');
  if (body !== undefined) return;
  const wanted = names.map((name) => reads[name] ?? fills[name]);
  const what =
    'each variable that the phone fills in; where it escapes, name what is to be read under reads of the row';
  assert.deepEqual(told.toSorted(), wanted.toSorted(), what);
}

function isKnown<Options>({ driver }: ConformanceHarness<Options>, row: DocumentedDevice): void {
  const { mac = null, model = null, replies = [], is } = row;
  const found = driver.identify({
    mac,
    model,
    replies: replies.map(({ target, status = 200, headers = {}, body = '' }) => ({
      target,
      status,
      headers,
      text: body,
    })),
  });
  isAlike(found, is, 'it');
}

/** Runs what a driver does with a phone that answers as the row says. */
function contextFor<Options>(
  subject: Subject<Options>,
  answering: Answering,
  { calls = [], features = [] }: Pick<DocumentedCommand, 'calls' | 'features'> = {},
) {
  const known = calls.map(knownCall);
  const asked: Asked[] = [];
  const published: string[] = [];
  const context = contextOf(subject, {
    answering,
    calls: known,
    features,
    onSend: (one) => void asked.push(one),
    onPublish: (document) => void published.push(document),
  });
  return { context, asked, known, published };
}

function knownCall(
  { state, direction = 'INCOMING', ids = {} }: NonNullable<DocumentedCommand['calls']>[number],
  index: number,
): KnownCall {
  const party = { number: `200${index + 3}`, uri: `sip:200${index + 3}@pbx.example`, displayName: null };
  const local = { number: '1001', uri: 'sip:1001@pbx.example', displayName: null };
  return { id: `call-${index}`, state, direction, remote: party, local, muted: false, vendorIds: ids };
}

async function isSent<Options>(harness: ConformanceHarness<Options>, row: DocumentedCommand): Promise<void> {
  const subject = subjectFor(harness, row.phone);
  const { capability, member, command, exchange, outcome: wanted = 'ACCEPTED', value } = row;
  const rungs = rungsOf(subject.ladders[capability]);
  const labels = labelsOf(rungs);
  const rung = rungs[row.rung === undefined ? 0 : labels.indexOf(row.rung)];
  assert.ok(rung !== undefined, `${capability} has the ways ${labels.join(', ')}`);
  const { context, asked, known, published } = contextFor(subject, byOrder(exchange), row);
  const args = command === undefined ? [context] : [command(known), context];
  const outcome: Outcome<unknown> = await Reflect.apply(Reflect.get(rung, member), rung, args);
  const sent = asked.map(wireText);
  const lines = exchange.map((one) => (typeof one === 'string' ? one : one.sends));
  assert.equal(sent.length, lines.length, `as many requests: ${sent.join('\n\n')}; ${long(outcome)}`);
  for (const [place, text] of sent.entries()) {
    const has = new Set(text.split('\n'));
    const missing = (lines[place] ?? '').split('\n').filter((line) => !has.has(line));
    assert.deepEqual(missing, [], `stands in:\n${text}`);
  }
  assert.equal(short(outcome), wanted, long(outcome));
  const { publishes = [] } = row;
  assert.equal(published.length, publishes.length, `as many documents: ${published.join('\n')}`);
  for (const [place, words] of publishes.entries())
    assert.ok(published[place]?.includes(words), `${words} in ${published[place]}`);
  const message = outcome.status === 'FAILED' ? outcome.failure.message : '';
  assert.ok(message.toLowerCase().includes((row.says ?? '').toLowerCase()), `its message: ${message}`);
  if (row.retryAfterMs !== undefined) {
    const failure: unknown = outcome.status === 'FAILED' ? outcome.failure : undefined;
    assert.equal(Reflect.get(Object(failure), 'retryAfterMs'), row.retryAfterMs, `when to try again: ${long(outcome)}`);
  }
  if ('value' in outcome) isAlike(outcome.value, value, 'value');
}

async function isFound<Options>(harness: ConformanceHarness<Options>, row: DocumentedDiagnosis): Promise<void> {
  const subject = subjectFor(harness, row.phone);
  const { context } = contextFor(subject, byWords(row.answers));
  const findings = await harness.driver.diagnose({ ...context, phone: subject.profile });
  const codes = findings.map(({ severity, code }) => `${severity} ${code}`);
  for (const code of row.finds) assert.ok(codes.includes(code), `${code} among ${codes.join(', ')}`);
  for (const code of row.findsNot ?? []) assert.ok(!codes.includes(code), `${code} is not among ${codes.join(', ')}`);
}

async function isTold<Options>(harness: ConformanceHarness<Options>, row: DocumentedTelling): Promise<void> {
  const subject = subjectFor(harness, row.phone);
  const monitor = harness.driver.monitor?.(subject.profile) ?? assert.fail('the phone is not listened to');
  const { context } = contextFor(subject, byWords([{ to: 'INVITE', says: [...row.agrees, row.body] }]));
  const reports: ParsedReport[] = [];
  const asked: true[] = [];
  const watcher: CallWatcher = {
    askEveryMs: 600_000,
    enough: new AbortController().signal,
    listening: () => {},
    report: async (report) => void reports.push(report),
    unsure: () => void asked.push(true),
  };
  await monitor.watch({ ...context, phone: subject.profile }, watcher);
  assert.equal(reports.length, row.means.length, `as many events: ${JSON.stringify(reports)}`);
  for (const [place, { event }] of reports.entries()) isAlike(event, row.means[place], 'event');
  assert.equal(asked.length > 0, row.isUnsure ?? false, 'whether the phone has to be asked for its calls');
}
