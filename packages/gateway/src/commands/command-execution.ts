import type { CallSnapshot, CommandName, DriverContext } from '@hookswitch/core';
import type { CallBook } from '../calls/call-book.ts';
import { compareSnapshot } from '../calls/compare-snapshot.ts';
import type { JudgePath } from '../event-path/judge-path.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { Call, Command, Instant, LoggedEvent } from '../model.ts';
import type { Carriers, PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import { aroundSip } from '../sip/around-sip.ts';
import type { CommandStore } from '../store/ports.ts';
import type { FlapGuard } from '../wishes/flap-guard.ts';
import type { LadderResult } from './climb-ladder.ts';
import type { CommandFeed } from './command-feed.ts';
import { failCommand } from './command-record.ts';
import type { Awaited, Confirmations } from './confirmations.ts';
import { brokenHop } from './event-path-test.ts';
import { type Expectation, expectationOf } from './expectations.ts';
import type { ResolvedCommand } from './resolve-command.ts';
import { runOnPhone } from './run-on-phone.ts';

/** What commands are run with. */
export interface CommandExecutionOptions {
  readonly store: CommandStore;
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly intake: EventIntake;
  readonly confirmations: Confirmations;
  readonly feed: CommandFeed;
  /** Refuses commands that turn a switch in a circle. */
  readonly flapGuard: FlapGuard;
  /** Names the broken hop after a test of the event path. */
  readonly judgePath: JudgePath;
  /** From the request to its end, pauses that were asked for not counted. */
  readonly timeoutMs: number;
  readonly now: () => Instant;
  /** A driver that threw, or a store that failed behind somebody's back. */
  readonly onError: (error: unknown, command: Command) => void;
  /** Why nobody knows what became of a command: for the log, since a client is told no more than UNKNOWN. */
  readonly onUnknown: (reason: string, command: Command) => void;
  /** Every change, for metrics and for what follows from a command. */
  readonly onChange: (command: Command, resolved: ResolvedCommand | null) => void;
}

/** A command on its way. */
interface Journey {
  readonly resolved: ResolvedCommand;
  /** As it is when its turn comes: it may have changed while the command waited. */
  phone: RegisteredPhone;
  /** The phone's calls when it was asked. */
  calls: readonly Call[];
  command: Command;
  /** Who waits for the event that proves the effect; null: nobody, or nothing was sent yet. */
  awaited: Awaited | null;
}

/** Hanging up, rejecting and answering do not wait behind other commands. */
const URGENT: ReadonlySet<CommandName> = new Set(['hangUp', 'hangUpAll', 'reject', 'answer']);

/** Takes recorded commands to their phones, each at most once, and writes down what became of them. */
export class CommandExecution {
  readonly #options: CommandExecutionOptions;
  readonly #running = new Map<string, Promise<Command>>();

  constructor(options: CommandExecutionOptions) {
    this.#options = options;
  }

  /** Resolves when the phone has replied or the time is over. */
  start(command: Command, phone: RegisteredPhone, resolved: ResolvedCommand): Promise<Command> {
    const run = this.#execute({ command, phone, resolved, calls: [], awaited: null }).finally(() =>
      this.#running.delete(command.id),
    );
    this.#running.set(command.id, run);
    return run;
  }

  /** The reply to a command that is running; undefined: none of that id is. */
  reply(id: string): Promise<Command> | undefined {
    return this.#running.get(id);
  }

  /** Writes a change to the store, then tells it. */
  async change(command: Command, resolved: ResolvedCommand | null = null): Promise<Command> {
    await this.#options.store.update(command);
    return this.announce(command, resolved);
  }

  /** Tells a change that is in the store already. */
  announce(command: Command, resolved: ResolvedCommand | null = null): Command {
    this.#options.feed.publish(command);
    this.#options.onChange(command, resolved);
    return command;
  }

  async #execute(journey: Journey): Promise<Command> {
    const { phone, resolved } = journey;
    const { links, timeoutMs, now } = this.#options;
    const turn = await links.of(phone.phone.id).lane.run({
      urgent: URGENT.has(resolved.name),
      deadlineAt: now() + timeFor(journey, timeoutMs),
      run: (signal) => this.#send(journey, signal),
    });
    if (!turn.ran) return this.change(failCommand(journey.command, turn.failure, this.#options.now()), resolved);
    return this.#conclude(journey, turn.value);
  }

  async #send(journey: Journey, signal: AbortSignal): Promise<LadderResult<unknown>> {
    const { resolved } = journey;
    const { links, registry, book, flapGuard, onError } = this.#options;
    const phone = registry.get(journey.phone.phone.id) ?? journey.phone;
    const { id } = phone.phone;
    const refused = links.refusal(id) ?? flapGuard(id, resolved);
    if (refused !== null) return { transport: null, outcome: { status: 'FAILED', failure: refused } };
    journey.phone = phone;
    journey.calls = book.active(id);
    const context = await links.context(phone, signal);
    const carriers = onFirstSend(context, () => this.#markSent(journey));
    try {
      const result = await runOnPhone(phone, resolved, { ...context, ...carriers });
      const { outcome, transport } = result;
      if (outcome.status === 'FAILED') links.recordFailure(id, outcome.failure, transport);
      return result;
    } catch (error) {
      onError(error, journey.command);
      return { transport: null, outcome: { status: 'UNKNOWN', reason: 'The driver failed.' } };
    }
  }

  /** On disk before a byte leaves: after a crash it is known that the phone may have acted. */
  async #markSent(journey: Journey): Promise<void> {
    const { confirmations, now } = this.#options;
    const { resolved, phone, command } = journey;
    journey.command = await this.change({ ...command, status: 'SENT', sentAt: now() }, resolved);
    const expectation = expectationOf(resolved);
    if (expectation !== null) journey.awaited = confirmations.await(phone.phone.id, withTimeout(expectation, journey));
  }

  /** Turns an outcome into the command's status, and waits for the proof where there may be one. */
  async #conclude(journey: Journey, { outcome, transport }: LadderResult<unknown>): Promise<Command> {
    const { now, intake, book, onError, onUnknown } = this.#options;
    const { resolved, phone, awaited } = journey;
    const silent = journey.command.sentAt === null || isSilence(outcome);
    const replied: Command = {
      ...journey.command,
      transport,
      callId: resolved.callId,
      repliedAt: silent ? null : now(),
      unreadableSettings: unreadableOf(resolved, outcome),
    };
    if (outcome.status === 'FAILED') {
      awaited?.stop();
      const failure = resolved.name === 'verifyEventPath' ? brokenHop(outcome.failure) : outcome.failure;
      return this.change(failCommand(replied, failure, now()), resolved);
    }
    if (outcome.status === 'UNKNOWN') onUnknown(outcome.reason, replied);
    if (outcome.status === 'CONFIRMED') {
      awaited?.stop();
      return this.change({ ...replied, status: 'CONFIRMED', changed: outcome.changed, settledAt: now() }, resolved);
    }
    if (outcome.status === 'ACCEPTED' && resolved.name === 'refreshCalls') {
      const known = { before: journey.calls, now: book.active(phone.phone.id) };
      await intake.notice(phone, compareSnapshot(known, outcome.value as CallSnapshot));
    }
    const open: Command = { ...replied, status: outcome.status };
    if (awaited === null) return this.change({ ...open, settledAt: now() }, resolved);
    if (resolved.name === 'verifyEventPath') return this.#settle(open, resolved, await awaited.proof);
    const early = awaited.found();
    if (early !== null) return this.#settle(open, resolved, early);
    const answered = await this.change(open, resolved);
    awaited.proof
      .then((proof) => this.#settle(answered, resolved, proof))
      .catch((error: unknown) => onError(error, answered));
    return answered;
  }

  async #settle(command: Command, resolved: ResolvedCommand, proof: LoggedEvent | null): Promise<Command> {
    if (resolved.name === 'verifyEventPath') {
      const test = { since: command.sentAt ?? command.requestedAt, proven: proof !== null };
      const fault = await this.#options.judgePath(command.phoneId, test);
      if (fault !== null) return this.change(failCommand(command, fault, this.#options.now()), resolved);
    }
    const settledAt = this.#options.now();
    if (proof !== null) {
      const { sequence } = proof;
      return this.change(
        { ...command, status: 'CONFIRMED', changed: true, confirmedBySequence: sequence, settledAt },
        resolved,
      );
    }
    return this.change({ ...command, settledAt }, resolved);
  }
}

function unreadableOf({ name }: ResolvedCommand, outcome: LadderResult<unknown>['outcome']): readonly string[] | null {
  if (name !== 'configureActionUrls' || !('value' in outcome)) return null;
  const { value } = outcome;
  return typeof value === 'object' && value !== null && 'unreadable' in value
    ? (value.unreadable as readonly string[])
    : null;
}

/** Whether no reply came. */
function isSilence(outcome: LadderResult<unknown>['outcome']): boolean {
  if (outcome.status === 'FAILED') return outcome.failure.code === 'PHONE_UNREACHABLE';
  return outcome.status === 'UNKNOWN';
}

/** Calls `before` once, ahead of the first request. */
function onFirstSend({ http, sip, signal }: DriverContext, before: () => Promise<void>): Carriers {
  let first: Promise<void> | null = null;
  const after = async <Reply>(send: () => Promise<Reply>): Promise<Reply> => {
    // The command has been answered by then: nothing must change it any more.
    signal.throwIfAborted();
    first ??= before();
    await first;
    return send();
  };
  return { http: { send: (request) => after(() => http.send(request)) }, sip: aroundSip(sip, after) };
}

/** How long a command may take: pauses between keys that were asked for come on top. */
function timeFor(journey: Journey, timeoutMs: number): number {
  const { resolved } = journey;
  if (resolved.name === 'refreshCalls') return chosenMs(journey) ?? timeoutMs;
  if (resolved.name !== 'pressKeys') return timeoutMs;
  return resolved.command.keys.reduce((sum, { holdMs, pauseMs }) => sum + (holdMs ?? 0) + (pauseMs ?? 0), timeoutMs);
}

function withTimeout(expectation: Expectation, journey: Journey): Expectation {
  if (journey.resolved.name !== 'verifyEventPath') return expectation;
  return { ...expectation, windowMs: chosenMs(journey) ?? expectation.windowMs };
}

function chosenMs({ command }: Journey): number | null {
  const { timeoutSeconds } = command.arguments;
  return typeof timeoutSeconds === 'number' ? timeoutSeconds * 1000 : null;
}
