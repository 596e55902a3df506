import type { Msg, Subscription } from '@nats-io/transport-node';
import { RequestError } from '../application.ts';
import type { SecretBox } from '../security/secret-box.ts';
import { isOvertaken, isStoreAway } from '../store/store-away.ts';
import type { Bus } from './bus.ts';
import { LaneLost } from './lane-lost.ts';
import type { PhoneSet } from './ownership.ts';
import { openBody, sealBody } from './sealed-body.ts';

/** What is asked of the gateway that owns a phone's lane. */
export interface LaneQuestion {
  readonly phoneId: string;
  readonly kind: string;
  readonly given: readonly unknown[];
}

/** A question that may be asked again: with the same key, while it is being answered, it is the same. */
export interface KeyedQuestion extends LaneQuestion {
  readonly key: string;
}

/** Answers the questions of one kind. */
export type LaneAnswerer = (phoneId: string, given: readonly unknown[]) => Promise<unknown>;

/** Questions between gateways: asked of whoever owns the phone's lane, answered for those that are this gateway's own. */
export interface LaneCalls {
  /** @returns null: nobody who has the lane answered. @throws RequestError, and whatever else the owner's work threw */
  ask<Value>(question: KeyedQuestion): Promise<Value | null>;
  /** Answers nothing any more. */
  close(): void;
}

/** What carries the questions. */
export interface LaneCallsOptions {
  readonly bus: Bus;
  readonly secretBox: SecretBox;
  readonly leases: {
    laneOf(phoneId: string): string | null;
    accepts(phoneId: string): boolean;
    /** The leases that this gateway has now. */
    readonly held: readonly string[];
    onGained(listener: (phones: PhoneSet) => void): () => void;
    onLost(listener: (phones: PhoneSet) => void): () => void;
  };
  readonly answerers: Readonly<Record<string, LaneAnswerer>>;
  readonly onError: (error: unknown) => void;
}

/** What the owner made of a question. */
type Answer =
  | { readonly value: unknown }
  | { readonly elsewhere: true }
  | { readonly refused: { readonly code: RequestError['code']; readonly message: string } }
  | { readonly failed: string };

/** Then it is asked again: who died does not say so. An owner that is at it already goes on, and answers that one. */
const ATTEMPT_MS = 2_000;

/** Subscribes to what is asked of the leases that this gateway has. */
export function createLaneCalls(options: LaneCallsOptions): LaneCalls {
  const { bus, secretBox, leases, onError } = options;
  const subjectOf = (lane: string) => `${bus.stream}.lane.${lane}`;
  const subscribed = new Map<string, Subscription>();
  const answering = new Map<string, Promise<Answer>>();
  let closed = false;

  const receive = async (message: Msg): Promise<void> => {
    const { subject } = message;
    const asked = openBody<KeyedQuestion>(secretBox, subject, message.data);
    const running = answering.get(asked.key) ?? answer(options, asked).finally(() => answering.delete(asked.key));
    answering.set(asked.key, running);
    message.respond(sealBody(secretBox, subject, await running));
  };
  const follow = (): void => {
    const held = new Set(closed ? [] : leases.held);
    for (const [lane, subscription] of subscribed) {
      if (held.has(lane)) continue;
      subscription.unsubscribe();
      subscribed.delete(lane);
    }
    for (const lane of held) {
      if (subscribed.has(lane)) continue;
      const callback = (error: Error | null, message: Msg): void => {
        if (error === null) receive(message).catch(onError);
        else onError(error);
      };
      subscribed.set(lane, bus.connection.subscribe(subjectOf(lane), { callback }));
    }
  };
  const stops = [leases.onGained(follow), leases.onLost(follow)];
  follow();

  return {
    async ask<Value>(question: KeyedQuestion): Promise<Value | null> {
      const lane = leases.laneOf(question.phoneId);
      if (lane === null || !bus.isConnected) return null;
      const subject = subjectOf(lane);
      const reply = await bus.connection
        .request(subject, sealBody(secretBox, subject, question), { timeout: ATTEMPT_MS })
        // Nobody is there, or nobody answered: either way it is not known what became of it.
        .catch(() => null);
      return reply === null ? null : takeValue<Value>(openBody<Answer>(secretBox, subject, reply.data));
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
      follow();
    },
  };
}

async function answer(
  { leases, answerers }: LaneCallsOptions,
  { phoneId, kind, given }: KeyedQuestion,
): Promise<Answer> {
  const answerer = answerers[kind];
  if (answerer === undefined) return { failed: `The gateway that owns the phone does not know "${kind}".` };
  if (!leases.accepts(phoneId)) return { elsewhere: true };
  try {
    return { value: await answerer(phoneId, given) };
  } catch (error) {
    if (LaneLost.is(error) || isOvertaken(error) || isStoreAway(error)) return { elsewhere: true };
    if (error instanceof RequestError) return { refused: { code: error.code, message: error.message } };
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

function takeValue<Value>(answer: Answer): Value | null {
  if ('elsewhere' in answer) return null;
  if ('refused' in answer) throw new RequestError(answer.refused.code, answer.refused.message);
  if ('failed' in answer) throw new Error(`the gateway that owns the phone failed: ${answer.failed}`);
  return answer.value as Value;
}
