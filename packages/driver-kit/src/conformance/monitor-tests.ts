import assert from 'node:assert/strict';
import {
  type CallMonitor,
  type CallWatcher,
  EVIDENCE,
  type Outcome,
  type ParsedReport,
  TRANSPORTS,
  TransportError,
} from '@hookswitch/core';
import { Recorder } from '../virtual/index.ts';
import { isSoundReport } from './action-url-tests.ts';
import type { ConformanceTest } from './runner.ts';
import { keepsSecrets } from './secrets.ts';
import { type LinkOptions, Session, sleep } from './session.ts';
import { isDone, long } from './short.ts';
import type { Subject } from './subject.ts';

/** How long a phone may take to agree, and to tell of a call. */
const PATIENCE_MS = 4000;
/** So seldom that no case waits for it. */
const SELDOM_MS = 600_000;

/** The cases of a driver that listens to a phone for its calls; none where it does not listen to this one. */
export function monitorTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  const monitor = subject.harness.driver.monitor?.(subject.profile) ?? null;
  if (monitor === null) return [];
  const of = (name: string, run: () => Promise<void>): ConformanceTest => ({
    name: `the monitor of calls ${name}`,
    run,
  });
  return [
    of('is whole, and has its source', async () => isWhole(monitor)),
    of('is the same when it is asked for again', async () => isStable(subject, monitor)),
    of('tells of a call that comes in, and ends when it is enough', () => tells(subject, monitor)),
    of('does not go on as if a report had been stored that was not', () => isNotStored(subject, monitor)),
    of('ends when it is enough before anything was told', () => isEnough(subject, monitor)),
    of('ends when it is aborted', () => isAborted(subject, monitor)),
    of('ends when nobody is there, and was never listening', () => nobodyIsThere(subject, monitor)),
    of('ends when the credentials are wrong, and was never listening', () => isRefused(subject, monitor)),
  ];
}

function isWhole<Options>({ transport, evidence, source, watch }: CallMonitor<Options>): void {
  assert.ok(TRANSPORTS.includes(transport), transport);
  assert.ok(EVIDENCE.includes(evidence), evidence);
  assert.notEqual(source.trim(), '', 'where it is known from');
  assert.equal(typeof watch, 'function');
}

function isStable<Options>({ harness, profile }: Subject<Options>, monitor: CallMonitor<Options>): void {
  const { watch: _, ...again } = harness.driver.monitor?.(profile) ?? assert.fail('there was one before');
  const { watch: __, ...first } = monitor;
  assert.deepEqual(again, first);
}

/** A gateway that listens, and what it was told. */
class Listening implements CallWatcher {
  readonly askEveryMs = SELDOM_MS;
  readonly started = new Recorder<true>();
  readonly reports = new Recorder<ParsedReport>();
  readonly #enough = new AbortController();
  readonly #stores: boolean;

  constructor(stores = true) {
    this.#stores = stores;
  }

  get enough(): AbortSignal {
    return this.#enough.signal;
  }

  end(): void {
    this.#enough.abort();
  }

  listening(): void {
    this.started.record(true);
  }

  async report(report: ParsedReport): Promise<void> {
    this.reports.record(report);
    if (!this.#stores) throw new Error('It could not be stored.');
  }

  unsure(): void {}
}

/** What became of listening: its outcome, or what it has thrown. */
type Ended = { readonly outcome: Outcome } | { readonly error: unknown };

interface Watched<Options> {
  readonly session: Session<Options>;
  readonly watcher: Listening;
  readonly links?: LinkOptions;
}

/** Listens until it ends. Never rejects. */
async function watched<Options>(
  monitor: CallMonitor<Options>,
  { session, watcher, links: options = {} }: Watched<Options>,
): Promise<Ended> {
  const over = new AbortController();
  const signal = options.signal === undefined ? over.signal : AbortSignal.any([over.signal, options.signal]);
  const links = session.links({ ...options, signal });
  const { context } = session.scene(links, signal);
  // Its waits are limits, not pauses between steps: they take their time, and end with it.
  const clock = { now: () => Date.now(), sleep: (ms: number) => sleep(ms, signal) };
  try {
    const outcome = await monitor.watch({ ...context, clock, phone: session.subject.profile }, watcher);
    keepsSecrets(session, links.asked, outcome);
    return { outcome };
  } catch (error) {
    return { error };
  } finally {
    over.abort();
  }
}

function started(watcher: Listening): Promise<unknown> {
  return watcher.started.waitForCount(1, { what: 'the phone to agree', timeoutMs: PATIENCE_MS });
}

async function tells<Options>(subject: Subject<Options>, monitor: CallMonitor<Options>): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  const watcher = new Listening();
  const ended = watched(monitor, { session, watcher });
  await started(watcher);
  await session.phone.callIn();
  const { event } = await watcher.reports.waitFor(
    ({ event: told }) => told.type === 'CALL' && told.callEventKind === 'INCOMING',
    { what: 'the call that comes in', timeoutMs: PATIENCE_MS },
  );
  for (const report of watcher.reports.all) isSoundReport(report);
  assert.ok(event.type === 'CALL' && Object.keys(event.call.vendorIds).length > 0, 'the call has an identifier');
  watcher.end();
  const end = await ended;
  assert.ok('outcome' in end && isDone(end.outcome), `it was enough: ${inWords(end)}`);
  assert.equal(watcher.started.count, 1, 'it says once that it listens');
}

async function isNotStored<Options>(subject: Subject<Options>, monitor: CallMonitor<Options>): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  const watcher = new Listening(false);
  const ended = watched(monitor, { session, watcher });
  await started(watcher);
  await session.phone.callIn();
  const over = new AbortController();
  const late = sleep(PATIENCE_MS, over.signal).then(
    () => null,
    () => null,
  );
  const end = await Promise.race([ended, late]);
  over.abort();
  watcher.end();
  await ended;
  assert.ok(end !== null, 'it goes on listening');
  assert.ok(!('outcome' in end && isDone(end.outcome)), `it has to end otherwise: ${inWords(end)}`);
  assert.equal(watcher.reports.count, 1, 'nothing is told after it');
}

async function isEnough<Options>(subject: Subject<Options>, monitor: CallMonitor<Options>): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  const watcher = new Listening();
  const ended = watched(monitor, { session, watcher });
  await started(watcher);
  watcher.end();
  const end = await ended;
  assert.ok('outcome' in end && isDone(end.outcome), inWords(end));
  assert.equal(watcher.reports.count, 0, 'no call, no report');
}

async function isAborted<Options>(subject: Subject<Options>, monitor: CallMonitor<Options>): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  const controller = new AbortController();
  const watcher = new Listening();
  const ended = watched(monitor, { session, watcher, links: { signal: controller.signal } });
  await started(watcher);
  controller.abort();
  await ended;
}

async function nobodyIsThere<Options>(subject: Subject<Options>, monitor: CallMonitor<Options>): Promise<void> {
  await fails(subject, monitor, { nobody: true });
}

async function isRefused<Options>(subject: Subject<Options>, monitor: CallMonitor<Options>): Promise<void> {
  await fails(subject, monitor, { credentials: {}, sipLogin: null });
}

async function fails<Options>(
  subject: Subject<Options>,
  monitor: CallMonitor<Options>,
  links: LinkOptions,
): Promise<void> {
  await using session = await Session.open(subject, 'IDLE');
  session.line?.ask(401, { username: 'somebody', password: 'another-password' });
  const watcher = new Listening();
  const end = await watched(monitor, { session, watcher, links });
  assert.equal(watcher.started.count, 0, 'the phone has not agreed');
  if ('outcome' in end) assert.ok(!isDone(end.outcome), inWords(end));
  else assert.ok(TransportError.is(end.error), `only the transport's own error may pass: ${end.error}`);
}

function inWords(end: Ended): string {
  return 'outcome' in end ? long(end.outcome) : String(end.error);
}
