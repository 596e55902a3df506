import type { CallSnapshot, CommandName, DriverContext, Failure } from '@hookswitch/core';
import { LaneLost } from '../cluster/lane-lost.ts';
import type { Command, Instant, UnprovenReason } from '../model.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import { isOvertaken, isStoreAway } from '../store/store-away.ts';
import { takeSnapshot } from './ask-calls.ts';
import { askForProof } from './ask-for-proof.ts';
import { BusyPhones } from './busy-phones.ts';
import { checkInTurn } from './check-in-turn.ts';
import { type LadderResult, notClimbed } from './climb-ladder.ts';
import type { CommandExecutionOptions } from './command-execution-options.ts';
import { failCommand, NOT_RECORDED, SWITCH_BUSY } from './command-record.ts';
import type { Proof } from './confirmations.ts';
import { brokenHop } from './event-path-test.ts';
import { refusedUnknown } from './guards.ts';
import { begin, type Given, type Journey, timeFor } from './journey.ts';
import type { LaneResult } from './lane.ts';
import { markSent } from './mark-sent.ts';
import { onFirstSend } from './on-first-send.ts';
import { isSilence, unreadableOf } from './read-outcome.ts';
import type { ResolvedCommand } from './resolve-command.ts';
import { runOnPhone } from './run-on-phone.ts';
import { sendLeds } from './send-leds.ts';
import { tellConference } from './tell-conference.ts';

/** Hanging up, rejecting and answering do not wait behind other commands. */
const URGENT: ReadonlySet<CommandName> = new Set(['hangUp', 'hangUpAll', 'reject', 'answer']);

/** Takes recorded commands to their phones, each at most once, and writes down what became of them. */
export class CommandExecution {
  readonly #options: CommandExecutionOptions;
  readonly #running = new Map<string, Promise<Command>>();
  /** Commands that were answered and wait for their proof. */
  readonly #open = new Map<string, Promise<void>>();
  /** Phones of commands that run or wait for their proof. */
  readonly busy = new BusyPhones();

  constructor(options: CommandExecutionOptions) {
    this.#options = options;
  }

  /** Resolves when the phone has replied or the time is over. */
  start(given: Given): Promise<Command> {
    return this.#track(given.command, this.#execute(begin(given)));
  }

  /** Lights of one phone, in one request where the phone takes them so, else one after the other. As {@link start}. */
  startLeds(given: readonly Given[]): Promise<readonly Command[]> {
    const journeys = given.map(begin);
    const turn = this.#sendLeds(journeys);
    let before: Promise<unknown> = turn;
    const runs = journeys.map((journey) => {
      const run = before.then(async () => {
        const sent = await turn;
        if (!sent.ran) return this.change(failCommand(journey.command, sent.failure, this.#options.now()));
        return sent.value === null ? this.#execute(journey) : this.#conclude(journey, sent.value);
      });
      before = run.catch(() => {});
      return this.#track(journey.command, run);
    });
    return Promise.all(runs);
  }

  #track({ id, phoneId }: Command, running: Promise<Command>): Promise<Command> {
    const run = this.busy
      .during(phoneId, running)
      .catch((error: unknown) => {
        this.#options.switches.release(id);
        throw error;
      })
      .finally(() => this.#running.delete(id));
    this.#running.set(id, run);
    return run;
  }

  #sendLeds(journeys: readonly Journey[]): Promise<LaneResult<LadderResult<undefined> | null>> {
    const { links, registry, timeoutMs, now, onError } = this.#options;
    const phoneId = journeys[0]?.command.phoneId ?? '';
    return links.of(phoneId).lane.run({
      deadlineAt: now() + timeoutMs,
      run: (signal) =>
        sendLeds(journeys, {
          links,
          phone: registry.get(phoneId),
          signal,
          around: (context) => onFirstSend(context, () => this.#markSent(...journeys)),
          onError,
        }),
    });
  }

  /** The reply to a command that is running; undefined: none of that id is. */
  reply(id: string): Promise<Command> | undefined {
    return this.#running.get(id);
  }

  /** Whether a command runs here, or waits here for its proof. */
  isOpen(id: string): boolean {
    return this.#running.has(id) || this.#open.has(id);
  }

  /** Resolves when no command runs, and none waits for its proof. */
  async idle(): Promise<void> {
    while (this.#running.size + this.#open.size > 0) {
      await Promise.allSettled([...this.#running.values(), ...this.#open.values()]);
    }
  }

  /** Gives a change to the store, then tells it: what became of a command may be told before it is on disk, all else is on disk. */
  async change(command: Command, resolved: ResolvedCommand | null = null): Promise<Command> {
    const { store, beforeTold, onError } = this.#options;
    await store.update(command);
    if (resolved !== null) await beforeTold(command, resolved).catch((error: unknown) => onError(error, command));
    return this.announce(command, resolved);
  }

  /** Tells a change that the store has. */
  announce(command: Command, resolved: ResolvedCommand | null = null): Command {
    this.#options.feed.publish(command);
    this.#options.switches.note(command, resolved);
    this.#options.onChange(command, resolved);
    return command;
  }

  async #execute(journey: Journey): Promise<Command> {
    try {
      return await this.#attempt(journey);
    } catch (error) {
      // What was never recorded cannot be changed either.
      await journey.recorded;
      if (!isStoreAway(error) || journey.command.sentAt !== null) throw error;
      return this.change(failCommand(journey.command, NOT_RECORDED, this.#options.now()), journey.resolved);
    }
  }

  async #attempt(journey: Journey): Promise<Command> {
    const { phone, resolved } = journey;
    const { links, timeoutMs, now, switches } = this.#options;
    const deadlineAt = now() + timeFor(journey, timeoutMs);
    if (!(await switches.turn(journey.command, resolved, deadlineAt))) {
      await journey.recorded;
      return this.change(failCommand(journey.command, SWITCH_BUSY, now()), resolved);
    }
    const turn = await links.of(phone.phone.id).lane.run({
      urgent: URGENT.has(resolved.name),
      deadlineAt,
      run: async (signal) => {
        const result = await this.#send(journey, signal);
        // Nothing was sent: whoever has the phone now may still do it.
        if (journey.command.sentAt === null && LaneLost.is(signal.reason)) throw signal.reason;
        return result;
      },
    });
    await journey.recorded;
    if (!turn.ran) return this.change(failCommand(journey.command, turn.failure, this.#options.now()), resolved);
    return this.#conclude(journey, turn.value);
  }

  async #send(journey: Journey, signal: AbortSignal): Promise<LadderResult<unknown>> {
    const { links, registry, book, flapGuard, onError, switches, unknownState } = this.#options;
    const phone = registry.get(journey.phone.phone.id) ?? journey.phone;
    const { id } = phone.phone;
    const refused = links.refusal(id);
    if (refused !== null) return notClimbed({ status: 'FAILED', failure: refused });
    journey.phone = phone;
    const checked = await checkInTurn(this.#options, journey, signal);
    if ('refused' in checked) return notClimbed({ status: 'FAILED', failure: checked.refused });
    const { resolved } = checked;
    journey.resolved = resolved;
    journey.calls = book.active(id);
    const context = await links.context(phone, signal);
    const features = switches.stillKnown(id, context.features);
    if (switches.isSo(id, resolved, { features, unknownState })) return notClimbed(CONFIRMED_SO);
    const forbidden = flapGuard(id, resolved) ?? (await journey.take(resolved));
    if (forbidden !== null) return notClimbed({ status: 'FAILED', failure: forbidden });
    const carriers = onFirstSend(context, () => this.#markSent(journey));
    try {
      const result = await runOnPhone(phone, resolved, { ...context, features, ...carriers, ...this.toggles(id) });
      const { outcome, transport } = result;
      if (outcome.status === 'FAILED') links.recordFailure(id, outcome.failure, transport);
      return result;
    } catch (error) {
      if (LaneLost.is(error)) throw error;
      onError(error, journey.command);
      return notClimbed({ status: 'UNKNOWN', reason: 'The driver failed.' });
    }
  }

  /** Why a command would be refused of which the calls as they are known leave a doubt, as far as nobody has to be asked. */
  refusedUnasked({ ladders }: RegisteredPhone, resolved: ResolvedCommand, doubt: Failure): Failure | null {
    const mayAsk = ladders.CALL_SNAPSHOT !== undefined;
    return mayAsk || this.#options.unknownState === 'press' ? null : refusedUnknown(resolved, doubt);
  }

  /** What drivers are told of toggles. */
  toggles(phoneId: string): Pick<DriverContext, 'unknownState' | 'doubtful'> {
    const { switches, unknownState } = this.#options;
    return { unknownState, doubtful: switches.doubts(phoneId) };
  }

  #markSent(...journeys: readonly Journey[]): Promise<void> {
    return markSent(this.#options, journeys, (command, resolved) => this.announce(command, resolved));
  }

  /** Turns an outcome into the command's status, and waits for the proof where there may be one. */
  async #conclude(journey: Journey, { outcome, transport, skipped }: LadderResult<unknown>): Promise<Command> {
    const { now, onError, onUnknown, switches } = this.#options;
    // Whatever the driver made of it: not a byte has left.
    if (journey.overtaken) throw new LaneLost();
    if (journey.unrecorded) return this.change(failCommand(journey.command, NOT_RECORDED, now()), journey.resolved);
    const { resolved, phone, awaited } = journey;
    const silent = journey.command.sentAt === null || isSilence(outcome);
    const replied: Command = {
      ...journey.command,
      transport,
      skippedTransports: skipped,
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
      await takeSnapshot(this.#options, phone, { before: journey.calls, snapshot: outcome.value as CallSnapshot });
      switches.toldCalls(phone.phone.id);
    }
    const open: Command = { ...replied, status: outcome.status };
    if (awaited === null) {
      const unproven = resolved.name === 'refreshCalls' ? null : 'NOT_REPORTABLE';
      return this.change({ ...open, unproven, settledAt: now() }, resolved);
    }
    if (resolved.name === 'verifyEventPath') return this.#settle(open, journey, await awaited.proof);
    const early = awaited.found();
    if (early !== null) return this.#settle(open, journey, early);
    const answered = await this.change(open, resolved);
    askForProof(this.#options, journey, awaited);
    const proven = awaited.proof.then(async (proof) => void (await this.#settle(answered, journey, proof)));
    const settled = this.busy
      .during(phone.phone.id, proven)
      .catch((error: unknown) => {
        switches.release(answered.id);
        // Another gateway has taken the phone over, and has settled it.
        if (!isOvertaken(error)) onError(error, answered);
      })
      .finally(() => this.#open.delete(answered.id));
    this.#open.set(answered.id, settled);
    return answered;
  }

  async #settle(command: Command, journey: Journey, proof: Proof): Promise<Command> {
    const { resolved, expectation, calls } = journey;
    if (resolved.name === 'verifyEventPath') {
      const test = { since: command.sentAt ?? command.requestedAt, proven: typeof proof === 'object' };
      const fault = await this.#options.judgePath(command.phoneId, test);
      if (fault !== null) return this.change(failCommand(command, fault, this.#options.now()), resolved);
    }
    const settledAt = this.#options.now();
    if (typeof proof === 'object') {
      const { sequence } = proof;
      await tellConference(this.#options, journey, proof);
      return this.change(
        { ...command, status: 'CONFIRMED', changed: true, confirmedBySequence: sequence, settledAt },
        resolved,
      );
    }
    const { phoneId } = command;
    // A phone without a call has nothing to tell of one, unless it was to place it.
    const isDue = expectation?.about === 'CALL' && (calls.length > 0 || resolved.name === 'dial');
    if (proof === 'NONE_CAME' && isDue) this.#options.sight.keptSilent(phoneId);
    const unproven = whyUnproven(proof, this.#options.links.of(phoneId).lastEventAt);
    return this.change({ ...command, unproven, settledAt }, resolved);
  }
}

const CONFIRMED_SO = { status: 'CONFIRMED', value: undefined, changed: false } as const;

function whyUnproven(proof: Exclude<Proof, object>, lastEventAt: Instant | null): UnprovenReason {
  if (proof === 'STOPPED') return 'GATEWAY_STOPPED';
  return lastEventAt === null ? 'NEVER_HEARD' : 'NOT_REPORTED';
}
