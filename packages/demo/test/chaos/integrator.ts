import type { CommandName } from '@hookswitch/core';
import type { Application, Gateway } from '@hookswitch/gateway';
import { encodeId } from '../../../gateway/src/graphql/ids.ts';
import type { Call, Command } from '../../../gateway/src/model.ts';
import type { Random } from '../support/random.ts';
import type { FleetPhone } from './fleet.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** A command as it was given, once or again with the same key. */
export interface Given {
  readonly phone: FleetPhone;
  readonly name: CommandName;
  /** The number that it names; null: none. */
  readonly number: string | null;
  /** Nobody else was ever given that number. */
  readonly isAlias: boolean;
  /** A transfer by way of a consultation. */
  readonly isAttended: boolean;
  readonly replyWasToBeLost: boolean;
  /** The phone's reply to a request of it, or of the gateway's own at that time, was lost. */
  replyWasLost: boolean;
  /** The phone was restarted while it ran. */
  wasRestarted: boolean;
  /** Nobody waits for an answer any more. */
  isOver: boolean;
  /** Answers to the client: all of them must name one command. */
  readonly answers: { readonly id: string; readonly status: string }[];
  timesGiven: number;
  /** Requests with a login that the phone got while it ran: one without has only been asked for it. */
  requests: readonly string[];
  /** What the client was told instead of an answer. */
  readonly errors: string[];
}

/** A program that works with the gateway's API, sees what the gateway shows, and asks again where no answer comes. */
export interface Integrator {
  readonly given: readonly Given[];
  /** Does something that fits what the gateway shows of that phone; nothing where a command runs there already. */
  act(phone: FleetPhone): void;
  /** How many clients wait for an answer. */
  readonly waiting: number;
}

/** What an integrator works with. */
export interface IntegratorOptions {
  readonly gateway: Gateway;
  readonly apiKey: string;
  readonly time: SimulatedTime;
  readonly chanceOf: (phone: FleetPhone) => Random;
  /** A number that leads to somebody else's phone: its own, or one that was never named before and begins with 7. */
  readonly newNumber: (from: FleetPhone) => string;
  /** How many commands lose their phone's reply. Probability. */
  readonly lostReplies: number;
  /** How many commands are given again with the same key. Probability. */
  readonly retries: number;
}

interface Wish {
  readonly name: CommandName;
  readonly command: Readonly<Record<string, unknown>>;
  readonly number?: string;
}

/** @returns an integrator that gives one command at a time to each phone */
export function createIntegrator(options: IntegratorOptions): Integrator {
  const { gateway, time, chanceOf, newNumber } = options;
  const given: Given[] = [];
  const busy = new Set<string>();
  let waiting = 0;

  const ask = async (one: Given, request: Request): Promise<void> => {
    one.timesGiven += 1;
    const answer = await time.track(give(options, request));
    if ('error' in answer) one.errors.push(answer.error);
    else one.answers.push(answer);
  };
  const carryOut = async (one: Given, wish: Wish): Promise<void> => {
    const { phone } = one.phone;
    const random = chanceOf(one.phone);
    const request = { phoneId: one.phone.node, wish, key: `wish-${one.phone.number}-${given.length}` };
    const from = phone.requests.count;
    if (one.replyWasToBeLost) phone.faults.dropReplyAfterActing = 1;
    const again = random.chance(options.retries)
      ? random.pick(['at once', 'later', 'after hanging up'] as const)
      : null;
    const laterMs = random.between(200, 4_000);
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, laterMs));
    if (again === 'at once') await Promise.all([ask(one, request), ask(one, request)]);
    else if (again === 'after hanging up') {
      const connection = new AbortController();
      const first = ask(one, { ...request, signal: connection.signal });
      setTimeout(() => connection.abort(), 0);
      await first;
      await pause();
      await ask(one, request);
    } else await ask(one, request);
    if (again === 'later') {
      await pause();
      await ask(one, request);
    }
    one.replyWasLost = one.replyWasToBeLost && phone.faults.dropReplyAfterActing === 0;
    phone.faults.dropReplyAfterActing = 0;
    one.requests = phone.requests.all
      .slice(from)
      .filter(({ headers }) => headers['authorization'] !== undefined)
      .map(({ method, target, body }) => `${method} ${target} ${body}`);
  };

  return {
    given,
    get waiting() {
      return waiting;
    },
    act(phone) {
      if (busy.has(phone.id)) return;
      const random = chanceOf(phone);
      const wish = wishFor(gateway.application.calls.active(phone.id), random, () => newNumber(phone));
      if (wish === null) return;
      const one: Given = {
        phone,
        name: wish.name,
        number: wish.number ?? null,
        isAlias: wish.number?.startsWith('7') ?? false,
        isAttended: wish.command['kind'] === 'ATTENDED',
        replyWasToBeLost: random.chance(options.lostReplies),
        replyWasLost: false,
        wasRestarted: false,
        isOver: false,
        answers: [],
        timesGiven: 0,
        requests: [],
        errors: [],
      };
      given.push(one);
      busy.add(phone.id);
      waiting += 1;
      void carryOut(one, wish).finally(() => {
        one.isOver = true;
        waiting -= 1;
        busy.delete(phone.id);
      });
    },
  };
}

/** What a program would do that sees these calls. */
function wishFor(calls: readonly Call[], random: Random, newNumber: () => string): Wish | null {
  const [first, second] = calls;
  if (first === undefined) {
    const number = newNumber();
    return { name: 'dial', command: { to: number }, number };
  }
  const callId = encodeId('Call', first.id);
  if (second !== undefined) {
    const held = calls.find(({ state }) => state === 'HELD');
    const other = calls.find((call) => call !== held);
    if (held === undefined || other === undefined || random.chance(0.4)) return { name: 'hangUp', command: { callId } };
    const consulting = other.consultationForId === held.id;
    if (consulting) return { name: random.chance(0.7) ? 'completeTransfer' : 'cancelTransfer', command: {} };
    return { name: 'hangUp', command: { callId: encodeId('Call', other.id) } };
  }
  if (first.state === 'RINGING')
    return random.chance(0.8) ? { name: 'answer', command: { callId } } : { name: 'reject', command: { callId } };
  if (first.state === 'DIALING') return random.chance(0.3) ? { name: 'hangUp', command: { callId } } : null;
  if (first.state === 'HELD')
    return random.chance(0.7)
      ? { name: 'setHold', command: { callId, held: false } }
      : { name: 'hangUp', command: { callId } };
  const dice = random.next();
  if (dice < 0.4) return { name: 'hangUp', command: { callId } };
  if (dice < 0.7) return { name: 'setHold', command: { callId, held: true } };
  const number = newNumber();
  const kind = dice < 0.85 ? 'BLIND' : 'ATTENDED';
  return { name: 'transfer', command: { callId, to: number, kind }, number };
}

interface Request {
  readonly phoneId: string;
  readonly wish: Wish;
  readonly key: string;
  readonly signal?: AbortSignal;
}

type Answer = { readonly id: string; readonly status: string } | { readonly error: string };

/** Gives a command over HTTP. */
async function give({ gateway, apiKey }: IntegratorOptions, { phoneId, wish, key, signal }: Request): Promise<Answer> {
  const type = `${wish.name.charAt(0).toUpperCase()}${wish.name.slice(1)}Command`;
  const query = `mutation ($id: ID!, $command: ${type}${NEEDED.has(wish.name) ? '!' : ''}, $key: String!) {
    result: ${wish.name}(phoneId: $id, command: $command, idempotencyKey: $key) { id status }
  }`;
  try {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query, variables: { id: phoneId, command: wish.command, key } }),
      ...(signal === undefined ? {} : { signal }),
    });
    const { data, errors } = (await response.json()) as {
      data?: { result: { id: string; status: string } | null } | null;
      errors?: readonly { readonly message: string }[];
    };
    return data?.result ?? { error: errors?.map(({ message }) => message).join('; ') ?? `HTTP ${response.status}` };
  } catch (error) {
    return { error: error instanceof Error ? error.name : String(error) };
  }
}

const NEEDED: ReadonlySet<CommandName> = new Set(['dial', 'setHold', 'transfer']);

/** All commands that the gateway knows of. */
export async function allCommands(application: Application): Promise<readonly Command[]> {
  return pages((after) => application.commands.list({}, { first: 500, after }));
}

/** All calls that the gateway knows of. */
export async function allCalls(application: Application): Promise<readonly Call[]> {
  return pages((after) => application.calls.list({}, { first: 500, after }));
}

async function pages<Item>(
  read: (after: string | undefined) => Promise<{
    readonly items: readonly { readonly node: Item; readonly cursor: string }[];
    readonly hasNextPage: boolean;
  }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let after: string | undefined; ; ) {
    const { items, hasNextPage } = await read(after);
    all.push(...items.map(({ node }) => node));
    after = items.at(-1)?.cursor;
    if (!hasNextPage || after === undefined) return all;
  }
}
