import type { CallSnapshot, CommandName, Failure, HttpTransport } from '@hookswitch/core';
import type { CallBook } from '../calls/call-book.ts';
import { compareSnapshot } from '../calls/compare-snapshot.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { Command, Instant, LoggedEvent } from '../model.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { CommandStore } from '../store/ports.ts';
import type { LadderResult } from './climb-ladder.ts';
import type { CommandFeed } from './command-feed.ts';
import { failCommand } from './command-record.ts';
import type { Awaited, Confirmations } from './confirmations.ts';
import { brokenHop, NOTHING_ARRIVED } from './event-path-test.ts';
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
  /** From the request to its end, pauses that were asked for not counted. */
  readonly timeoutMs: number;
  readonly now: () => Instant;
  /** A driver that threw, or a store that failed behind somebody's back. */
  readonly onError: (error: unknown, command: Command) => void;
  /** Every change, for metrics and for what follows from a command. */
  readonly onChange: (command: Command, resolved: ResolvedCommand | null) => void;
}

/** A command on its way. */
interface Journey {
  readonly phone: RegisteredPhone;
  readonly resolved: ResolvedCommand;
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
    const run = this.#execute({ command, phone, resolved, awaited: null }).finally(() =>
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
    const { links, timeoutMs } = this.#options;
    const turn = await links.of(phone.phone.id).lane.run({
      urgent: URGENT.has(resolved.name),
      deadlineAt: journey.command.requestedAt + timeoutMs + timeAskedFor(resolved),
      run: (signal) => this.#send(journey, signal),
    });
    if (!turn.ran) return this.change(failCommand(journey.command, turn.failure, this.#options.now()), resolved);
    return this.#conclude(journey, turn.value);
  }

  async #send(journey: Journey, signal: AbortSignal): Promise<LadderResult<unknown>> {
    const { phone, resolved } = journey;
    const { links, registry, onError } = this.#options;
    const refused = removedMeanwhile(registry, phone) ?? links.refusal(phone.phone.id);
    if (refused !== null) return { transport: null, outcome: { status: 'FAILED', failure: refused } };
    const context = links.context(phone, signal);
    try {
      return await runOnPhone(phone, resolved, {
        ...context,
        http: onFirstSend(context.http, () => this.#markSent(journey)),
      });
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
    const { now, links, intake, book, onError } = this.#options;
    const { resolved, phone, awaited } = journey;
    const silent = outcome.status === 'UNKNOWN' || journey.command.sentAt === null;
    const replied: Command = {
      ...journey.command,
      transport,
      callId: resolved.callId,
      repliedAt: silent ? null : now(),
      unreadableSettings: unreadableOf(resolved, outcome),
    };
    if (outcome.status === 'FAILED') {
      awaited?.stop();
      links.recordFailure(phone.phone.id, outcome.failure);
      const failure = resolved.name === 'verifyEventPath' ? brokenHop(outcome.failure) : outcome.failure;
      return this.change(failCommand(replied, failure, now()), resolved);
    }
    if (outcome.status === 'CONFIRMED') {
      awaited?.stop();
      return this.change({ ...replied, status: 'CONFIRMED', changed: outcome.changed, settledAt: now() }, resolved);
    }
    if (outcome.status === 'ACCEPTED' && resolved.name === 'refreshCalls') {
      await intake.notice(phone, compareSnapshot(book.active(phone.phone.id), outcome.value as CallSnapshot));
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

  #settle(command: Command, resolved: ResolvedCommand, proof: LoggedEvent | null): Promise<Command> {
    const settledAt = this.#options.now();
    if (proof !== null) {
      const { sequence } = proof;
      return this.change(
        { ...command, status: 'CONFIRMED', changed: true, confirmedBySequence: sequence, settledAt },
        resolved,
      );
    }
    const broken = resolved.name === 'verifyEventPath';
    return this.change(broken ? failCommand(command, NOTHING_ARRIVED, settledAt) : { ...command, settledAt }, resolved);
  }
}

function unreadableOf({ name }: ResolvedCommand, outcome: LadderResult<unknown>['outcome']): readonly string[] | null {
  if (name !== 'configureActionUrls' || !('value' in outcome)) return null;
  const { value } = outcome;
  return typeof value === 'object' && value !== null && 'unreadable' in value
    ? (value.unreadable as readonly string[])
    : null;
}

function removedMeanwhile(registry: PhoneRegistry, { phone }: RegisteredPhone): Failure | null {
  if (registry.get(phone.id)?.phone.removedAt === null) return null;
  return {
    code: 'PHONE_UNREACHABLE',
    message: 'The phone was removed while the command waited. Nothing was sent.',
    retryable: false,
  };
}

/** Calls `before` once, ahead of the first request. */
function onFirstSend(http: HttpTransport, before: () => Promise<void>): HttpTransport {
  let first: Promise<void> | null = null;
  return {
    async send(request) {
      first ??= before();
      await first;
      return http.send(request);
    },
  };
}

function timeAskedFor(resolved: ResolvedCommand): number {
  if (resolved.name !== 'pressKeys') return 0;
  return resolved.command.keys.reduce((sum, { holdMs, pauseMs }) => sum + (holdMs ?? 0) + (pauseMs ?? 0), 0);
}

function withTimeout(expectation: Expectation, { resolved, command }: Journey): Expectation {
  const { timeoutSeconds } = command.arguments;
  const chosen = resolved.name === 'verifyEventPath' && typeof timeoutSeconds === 'number';
  return chosen ? { ...expectation, windowMs: timeoutSeconds * 1000 } : expectation;
}
