import { type CommandName, capabilityOf, invalidArgument } from '@hookswitch/core';
import { type CommandRequest, type Explanation, type GivenBy, RequestError } from '../application.ts';
import type { CallBook } from '../calls/call-book.ts';
import { LaneLost } from '../cluster/lane-lost.ts';
import { type LaneRouter, LaneUnreached } from '../cluster/lane-router.ts';
import type { Caller, Command, Instant } from '../model.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { DialPolicy } from '../policy/dial-policy.ts';
import { createRedactor } from '../security/redact.ts';
import type { CommandStore } from '../store/ports.ts';
import { isOvertaken } from '../store/store-away.ts';
import type { PhoneUrlCheck } from '../transport/phone-urls.ts';
import { createRehearsal } from '../transport/rehearsal.ts';
import { picturesOf } from './call-picture.ts';
import type { CallSight } from './call-sight.ts';
import type { CommandExecution } from './command-execution.ts';
import {
  claimOf,
  type Digest,
  failCommand,
  idempotencyConflict,
  isAnswered,
  NEVER_SENT,
  newCommand,
} from './command-record.ts';
import type { Confirmations } from './confirmations.ts';
import { denied, guard } from './guards.ts';
import type { Checked, Given } from './journey.ts';
import { secretValues } from './redact-arguments.ts';
import { resolveCommand } from './resolve-command.ts';
import { ladderFor, runOnPhone } from './run-on-phone.ts';

/** What the service is made of. */
export interface CommandServiceOptions {
  readonly store: CommandStore;
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly execution: CommandExecution;
  readonly confirmations: Confirmations;
  readonly sight: CallSight;
  /** Commands that nobody may give. */
  readonly deny: readonly CommandName[];
  readonly dialling: DialPolicy;
  /** Where a phone's action URLs lead. */
  readonly linkOf: (phoneId: string) => { readonly baseUrl: string; readonly token: string };
  readonly now: () => Instant;
  readonly digest: Digest;
  /** What phones may not be told to fetch. */
  readonly checkUrls: PhoneUrlCheck;
  /** Who does it where several gateways may. Left out: this one. */
  readonly lanes?: LaneRouter | undefined;
}

/** OUT: may it be, can the phone, is it allowed; recorded; queued on the phone's lane; its outcome told. */
export class CommandService {
  readonly #options: CommandServiceOptions;

  constructor(options: CommandServiceOptions) {
    this.#options = options;
  }

  /** Resolves when the phone has replied or the time is over. Whatever is refused is recorded too. */
  async run(phoneId: string, request: CommandRequest, by: GivenBy): Promise<Command> {
    const { store, execution, now, digest, lanes } = this.#options;
    const phone = this.#phone(phoneId);
    const checked = await this.#check({ phone, request, caller: by.caller });
    const given = newCommand(request, { phoneId, now: now() }, by.caller);
    const command = 'refused' in checked ? failCommand(given, checked.refused, now()) : given;
    const claim = claimOf(phoneId, request, { ...by, digest });
    if (lanes === undefined && claim === null && !('refused' in checked)) {
      // Nobody else can have given it: it is written down while it sets out, and nothing is sent before.
      const recorded = store.insert(command, null);
      // Whoever runs it awaits it.
      recorded.catch(() => {});
      const turn = this.#inTurn(phoneId, request, by.caller);
      return execution.start({ command, phone, resolved: checked.resolved, ...turn, recorded });
    }
    const holder = await store.insert(command, claim);
    if (holder === null) {
      if ('refused' in checked) return execution.announce(command);
      const inTurn = this.#inTurn(phoneId, request, by.caller);
      const begin = () => execution.start({ command, phone, resolved: checked.resolved, ...inTurn });
      return lanes === undefined ? begin() : lanes.carry({ command, request, caller: by.caller }, begin);
    }
    if (holder.fingerprint === claim?.fingerprint) {
      const first = await this.#firstOf(holder.id, request, by.caller);
      if (first !== null) return first;
    }
    const conflict = failCommand(given, idempotencyConflict(holder.id), now());
    await store.insert(conflict, null);
    return execution.announce(conflict);
  }

  /**
   * Lights of one phone, each a command of its own, in one request where the phone's first way to lights has room for
   * several. Resolves when the phone has replied to all.
   */
  async runLeds(
    phoneId: string,
    requests: readonly CommandRequest[],
    { caller }: GivenBy,
  ): Promise<readonly Command[]> {
    const { store, execution, now, lanes } = this.#options;
    if (lanes?.isHere(phoneId) === false) {
      return Promise.all(requests.map((request) => this.run(phoneId, request, { caller })));
    }
    const phone = this.#phone(phoneId);
    const given: Given[] = [];
    const asked: CommandRequest[] = [];
    for (const request of requests) {
      const checked = await this.#check({ phone, request, caller });
      const queued = newCommand(request, { phoneId, now: now() }, caller);
      const command = 'refused' in checked ? failCommand(queued, checked.refused, now()) : queued;
      await store.insert(command, null);
      if ('refused' in checked) {
        execution.announce(command);
        continue;
      }
      given.push({ command, phone, resolved: checked.resolved, ...this.#inTurn(phoneId, request, caller) });
      asked.push(request);
    }
    if (lanes === undefined) return execution.startLeds(given);
    return execution.startLeds(given).catch((error: unknown) => {
      if (!LaneLost.is(error) && !isOvertaken(error)) throw error;
      return Promise.all(
        given.flatMap(({ command }, index) => {
          const request = asked[index];
          return request === undefined ? [] : [lanes.carry({ command, request, caller })];
        }),
      );
    });
  }

  /** The command that an idempotency key was used for, once it is answered; null: it is not there any more. */
  async #firstOf(id: string, request: CommandRequest, caller: Caller): Promise<Command | null> {
    const { store, execution, lanes } = this.#options;
    const first = await (execution.reply(id) ?? store.get(id));
    if (first === null || lanes === undefined || isAnswered(first)) return first;
    // Another gateway was asked for it: this one sees to it as well, should that one end.
    return lanes.carry({ command: first, request, caller });
  }

  /** A command that is not recorded yet, for a batch. */
  draft(
    phoneId: string,
    request: CommandRequest,
    { caller, batchId }: GivenBy & { readonly batchId: string },
  ): Command {
    return newCommand(request, { phoneId, batchId, now: this.#options.now() }, caller);
  }

  /** Runs a command that has been recorded as part of a batch. */
  async resume(command: Command, request: CommandRequest, caller: Caller): Promise<Command> {
    const { lanes } = this.#options;
    return lanes === undefined ? this.resumeHere(command, request, caller) : lanes.carry({ command, request, caller });
  }

  /** Runs a command that has been recorded, whoever was asked for it, on a phone that this gateway owns. */
  async resumeHere(command: Command, request: CommandRequest, caller: Caller): Promise<Command> {
    const { execution, now } = this.#options;
    const phone = this.#phone(command.phoneId);
    const checked = await this.#check({ phone, request, caller }).catch((error: unknown) => {
      // What would have been refused before one command was recorded is too late to refuse here.
      if (error instanceof RequestError) return { refused: invalidArgument('command', error.message) };
      throw error;
    });
    if ('refused' in checked) return execution.change(failCommand(command, checked.refused, now()));
    return execution.start({
      command,
      phone,
      resolved: checked.resolved,
      ...this.#inTurn(command.phoneId, request, caller),
    });
  }

  /** What a command would do, without doing it. */
  async explain(phoneId: string, request: CommandRequest, caller: Caller): Promise<Explanation> {
    const { lanes } = this.#options;
    const here = () => this.explainHere(phoneId, request, caller);
    if (lanes === undefined) return here();
    return lanes.ask({ phoneId, kind: 'explain', given: [request, caller] }, here).catch((error: unknown) => {
      if (error instanceof LaneUnreached) return { ...NOT_EXPLAINED, failure: error.failure };
      throw error;
    });
  }

  /** As {@link CommandService.explain}, of a phone that this gateway owns. */
  async explainHere(phoneId: string, request: CommandRequest, caller: Caller): Promise<Explanation> {
    const { links, linkOf, now, execution } = this.#options;
    const phone = this.#phone(phoneId);
    const checked = await this.#check({ phone, request, caller });
    if ('refused' in checked) return { ...NOT_EXPLAINED, failure: checked.refused };
    const { resolved, doubt } = checked;
    const unknown = doubt === null ? null : execution.refusedUnasked(phone, resolved, doubt);
    if (unknown !== null) return { ...NOT_EXPLAINED, failure: unknown };
    const { baseUrl, token } = linkOf(phoneId);
    const rehearsal = createRehearsal(phone.phone);
    const { outcome, transport, skipped } = await runOnPhone(phone, resolved, {
      ...(await links.contextWith(phone, rehearsal, new AbortController().signal)),
      documents: { publish: () => Promise.resolve({ url: `${baseUrl}/d/***` }) },
      clock: { now, sleep: () => Promise.resolve() },
      ...execution.toggles(phoneId),
    });
    const ladder = phone.ladders[capabilityOf(resolved.name, resolved.command)];
    // One transport may have several rungs.
    const rung = transport === null ? undefined : ladder?.[skipped.length];
    return {
      allowed: outcome.status !== 'FAILED',
      failure: outcome.status === 'FAILED' ? outcome.failure : null,
      transport,
      evidence: rung?.evidence ?? null,
      source: rung?.source ?? null,
      skippedTransports: skipped,
      exchanges: rehearsal.exchanges.map(createRedactor([token, ...secretValues(request.arguments)])),
    };
  }

  /** Commands that a crash left open. */
  async recover(): Promise<void> {
    for (const command of await this.#options.store.unsettled()) await this.close(command);
  }

  /** Ends a command whose gateway has: one that was sent is UNKNOWN, one that waited is over. */
  async close(command: Command): Promise<void> {
    const { execution, now } = this.#options;
    if (command.status === 'QUEUED') await execution.change(failCommand(command, NEVER_SENT, now()));
    else {
      const status = command.status === 'SENT' ? 'UNKNOWN' : command.status;
      await execution.change({ ...command, status, unproven: 'GATEWAY_STOPPED', settledAt: now() });
    }
  }

  /** Gives a change of a command to the store, then tells it. */
  change(command: Command): Promise<Command> {
    return this.#options.execution.change(command);
  }

  /** Whether a command is seen through here: it runs, or waits for its proof. */
  isOpen(id: string): boolean {
    return this.#options.execution.isOpen(id);
  }

  #phone(phoneId: string): RegisteredPhone {
    const phone = this.#options.registry.get(phoneId);
    if (phone === null) throw new RequestError('NOT_FOUND', 'There is no phone with this id.');
    return phone;
  }

  /** What is done when the command's turn has come: the same checks, and what is dialled is counted. */
  #inTurn(phoneId: string, request: CommandRequest, caller: Caller): Pick<Given, 'check' | 'take'> {
    const { dialling } = this.#options;
    return {
      check: () => this.#check({ phone: this.#phone(phoneId), request, caller }, 'ITS_TURN'),
      take: (resolved) => dialling.take({ phone: this.#phone(phoneId).phone, resolved, caller }),
    };
  }

  /** All that can be said without the phone. */
  async #check({ phone, request, caller }: Asking, when: 'GIVEN' | 'ITS_TURN' = 'GIVEN'): Promise<Checked> {
    const { book, linkOf, deny, dialling, links, confirmations } = this.#options;
    const resolved = await resolveCommand(request, { phone, book, link: () => linkOf(phone.phone.id) });
    if ('failure' in resolved) return { refused: resolved.failure };
    const found = ladderFor(phone, capabilityOf(resolved.name, resolved.command));
    if ('failure' in found) return { refused: found.failure };
    if (deny.includes(resolved.name)) return { refused: denied(resolved.name) };
    const { id } = phone.phone;
    const fetched = this.#options.checkUrls(resolved.name, request.arguments);
    if (fetched !== null) return { refused: fetched };
    const forbidden = await dialling.judge({ phone: phone.phone, resolved, caller });
    if (forbidden !== null) return { refused: forbidden };
    // What those before it on the lane will do is not known yet, and what was begun on it another gateway knows: it is judged
    // when its turn has come.
    const isEarly = when === 'GIVEN' && (links.of(id).waiting > 0 || this.#options.lanes?.isHere(id) === false);
    const pictures = picturesOf(book.active(id), confirmations.callChanges(id));
    const refused = isEarly ? null : guard(resolved, pictures);
    if (refused === null) return { resolved, doubt: null };
    return (await this.#options.sight.sees(id)) ? { refused } : { resolved, doubt: refused };
  }
}

/** Who wants what of which phone. */
interface Asking {
  readonly phone: RegisteredPhone;
  readonly request: CommandRequest;
  readonly caller: Caller;
}

/** What there is to tell of a command that is refused before the phone's transports are looked at. */
const NOT_EXPLAINED: Explanation = {
  allowed: false,
  failure: null,
  transport: null,
  evidence: null,
  source: null,
  skippedTransports: [],
  exchanges: [],
};
