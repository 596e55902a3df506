import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Failure } from '@hookswitch/core';
import type { CommandRequest } from '../application.ts';
import { failCommand, isAnswered } from '../commands/command-record.ts';
import type { Caller, Command, Instant } from '../model.ts';
import type { CommandStore } from '../store/ports.ts';
import { isOvertaken, isStoreAway } from '../store/store-away.ts';
import type { KeyedQuestion, LaneCalls, LaneQuestion } from './lane-calls.ts';
import { LaneLost } from './lane-lost.ts';

/** A command that is recorded, and what was asked for. */
export interface Errand {
  readonly command: Command;
  readonly request: CommandRequest;
  readonly caller: Caller;
}

/** Sees to it that what is to be done on a phone is done by the one gateway that owns its lane. */
export interface LaneRouter {
  /** Whether that is this one now. */
  isHere(phoneId: string): boolean;
  /**
   * Sees a recorded command through, whoever does it. Resolves when the phone has replied or nothing will come of it: where
   * nobody took it in time it is failed, and then nobody does.
   * @param begin does it here, where it was checked and recorded just now
   */
  carry(errand: Errand, begin?: () => Promise<Command>): Promise<Command>;
  /** Resolves when nothing is under way, or after that time. */
  idle(graceMs: number): Promise<void>;
  /** What only the owner can answer. @throws LaneUnreached where nobody answers in time */
  ask<Value>(question: LaneQuestion, here: () => Promise<Value>): Promise<Value>;
}

/** What the router is made of. */
export interface LaneRouterOptions {
  readonly isHere: (phoneId: string) => boolean;
  readonly calls: LaneCalls;
  readonly store: Pick<CommandStore, 'get'>;
  /** Runs a recorded command here; each but once at a time. */
  readonly runHere: (errand: Errand, begin?: () => Promise<Command>) => Promise<Command>;
  /** Writes a change of a command and tells it. */
  readonly change: (command: Command) => Promise<Command>;
  /** So long a command waits for somebody to take it, and a question for its answer. */
  readonly timeoutMs: number;
  readonly now: () => Instant;
  /** Milliseconds of a clock that only runs forward. */
  readonly ticks: () => number;
}

/** No gateway that reaches the phone answered in time. */
export class LaneUnreached extends Error {
  readonly failure: Failure = {
    code: 'PHONE_UNREACHABLE',
    message: 'No gateway that reaches the phone answered. Ask again; see /health/ready of the gateways.',
    retryable: true,
  };

  constructor() {
    super('no gateway that reaches the phone answered');
    this.name = 'LaneUnreached';
  }
}

const NOT_TAKEN: Failure = {
  code: 'COMMAND_EXPIRED',
  message: 'No gateway that reaches the phone took it in time. Nothing was sent; give it again.',
  retryable: true,
};

/** Before it is tried again. */
const PAUSE_MS = 100;
/** So long behind its time a command that was sent may still be answered by its owner, or by who takes the phone over. */
const LATE_MS = 30_000;

/** @returns a router; what it has under way ends by itself */
export function createLaneRouter(options: LaneRouterOptions): LaneRouter {
  const { isHere, calls, store, runHere, change, timeoutMs, now, ticks } = options;

  /** The command, if it is answered. Where the store does not tell: null until its time is over. */
  const answered = async (id: string, isOver: boolean): Promise<Command | null> => {
    try {
      const command = await store.get(id);
      return command !== null && isAnswered(command) ? command : null;
    } catch (error) {
      if (isOver || !isStoreAway(error)) throw error;
      return null;
    }
  };
  /** Once this is written nobody takes it any more. @returns null: somebody has taken it */
  const expire = async (command: Command): Promise<Command | null> => {
    try {
      return await change(failCommand(command, NOT_TAKEN, now()));
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      return null;
    }
  };
  /** @returns null: it went elsewhere, or nobody answered */
  const attempt = async <Value>(question: KeyedQuestion, here: () => Promise<Value>): Promise<Value | null> => {
    if (!isHere(question.phoneId)) return calls.ask<Value>(question);
    try {
      return await here();
    } catch (error) {
      if (!LaneLost.is(error) && !isOvertaken(error)) throw error;
      return null;
    }
  };

  const carry: LaneRouter['carry'] = async (errand, begin) => {
    const { command, request, caller } = errand;
    const { id, phoneId } = command;
    const question: KeyedQuestion = { phoneId, kind: 'command', given: [id, request, caller], key: id };
    const deadline = ticks() + timeoutMs + waitOf(request);
    let first = begin;
    for (;;) {
      // What was recorded just now its owner need not read, unless it has it already.
      const asked = first === undefined ? question : { ...question, given: [...question.given, command] };
      const done = await attempt(asked, () => runHere(errand, first));
      first = undefined;
      if (done !== null) return done;
      const isOver = ticks() >= deadline;
      const found = (await answered(id, isOver)) ?? (isOver ? await expire(command) : null);
      if (found !== null) return found;
      if (ticks() >= deadline + LATE_MS) return (await store.get(id)) ?? command;
      await pause(PAUSE_MS);
    }
  };
  const underWay = new Set<Promise<unknown>>();

  return {
    isHere,
    carry(errand, begin) {
      const carried = carry(errand, begin).finally(() => underWay.delete(carried));
      underWay.add(carried);
      return carried;
    },
    async idle(graceMs) {
      const over = new AbortController();
      const late = pause(graceMs, undefined, { signal: over.signal }).catch(() => {});
      await Promise.race([Promise.allSettled(underWay), late]);
      over.abort();
    },
    async ask(question, here) {
      // One question, however often it is asked: who is at it already answers that one.
      const asked: KeyedQuestion = { ...question, key: randomUUID() };
      const deadline = ticks() + timeoutMs;
      for (;;) {
        const answer = await attempt(asked, here);
        if (answer !== null) return answer;
        if (ticks() >= deadline) throw new LaneUnreached();
        await pause(PAUSE_MS);
      }
    },
  };
}

/** How much longer than others the caller lets a command take. */
function waitOf({ arguments: { timeoutSeconds } }: CommandRequest): number {
  return typeof timeoutSeconds === 'number' ? timeoutSeconds * 1000 : 0;
}
