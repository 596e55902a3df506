import {
  failed,
  phoneUnreachable,
  type SipInvitation,
  type SipReply,
  type SipRequest,
  type SipTransport,
  TransportError,
} from '@hookswitch/core';
import type { CredentialsSource, SipOutcome, SipResponse, SipUserAgent, TargetOptions } from '@hookswitch/sip';
import { allowEventsOf } from './allow-events.ts';
import { createConversation } from './sip-conversation.ts';
import type { SipLine } from './sip-line.ts';
import { healthOf, replyOf, type SipHealth, toReply } from './sip-outcome.ts';
import { findWay, type SipTarget, type SipWayOptions } from './sip-way.ts';

/** Called with each response or fault, for reachability, metrics and logs. */
export type SipObserver = (seen: {
  readonly method: string;
  /** Of the final response; null: none came. */
  readonly status: number | null;
  /** Why none came, e.g. `lost TIMEOUT`; null: one came. */
  readonly fault: string | null;
  readonly health: SipHealth;
  /** The events that the phone named when it took the request; null: none. */
  readonly allowEvents: readonly string[] | null;
  readonly durationMs: number;
}) => void;

/** What a transport needs beside its target. */
export interface SipTransportOptions {
  readonly line: SipLine;
  readonly way: Omit<SipWayOptions, 'family' | 'trustOf'>;
  readonly credentials: CredentialsSource;
  readonly signal: AbortSignal;
  /** The longest wait for one final response where the request says nothing else. */
  readonly timeoutMs: number;
  readonly observe: SipObserver;
}

/** What every request of one command on one phone is sent with. */
type Prepared = { readonly agent: SipUserAgent; readonly target: TargetOptions };

/** The SIP transport of one command on one phone: finds the way to it, and says of each request what became of it. */
export function createSipTransport(target: SipTarget, options: SipTransportOptions): SipTransport {
  const { line, signal, credentials, observe, timeoutMs } = options;

  const prepare = async (
    message: Pick<SipRequest & SipInvitation, 'headers' | 'body' | 'contentType' | 'timeoutMs'>,
  ): Promise<Prepared> => {
    const agent = await line.agent().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new TransportError(failed(phoneUnreachable(`SIP could not be started: ${why}. Nothing was sent.`)));
    });
    const way = await findWay(
      target,
      { ...options.way, family: line.family, trustOf: (host) => line.trustOf(host) },
      signal,
    );
    const { headers, body, contentType } = message;
    return {
      agent,
      target: { ...way, headers, body, contentType, credentials, signal, timeoutMs: message.timeoutMs ?? timeoutMs },
    };
  };

  /** Tells the observer, whatever it comes to. */
  const observed = async <Outcome extends SipOutcome | Opened>(
    method: string,
    run: () => Promise<Outcome>,
  ): Promise<Outcome> => {
    const started = performance.now();
    const outcome = await run();
    observe({ method, ...seenOf(outcome), durationMs: performance.now() - started });
    return outcome;
  };

  return {
    async send(request) {
      const { agent, target: to } = await prepare(request);
      const outcome = await observed(request.method, () => agent.request({ ...to, method: request.method }));
      return replyOf(outcome, request.readOnly === true);
    },
    async converse(invitation, talk) {
      const { agent, target: to } = await prepare(invitation);
      const heard = createConversation(signal);
      const outcome = await observed('INVITE', () =>
        agent.openDialog({ ...to, onInfo: heard.takeInfo, onNotify: heard.takeNotify, onEnd: () => heard.end() }),
      );
      if (outcome.kind !== 'open') return { refused: replyOf(outcome, false) };
      const { dialog, response } = outcome;
      const within = async (method: string, run: () => Promise<SipOutcome>): Promise<SipReply> =>
        replyOf(await observed(method, run), false);
      let done = false;
      try {
        const value = await talk({
          reply: toReply(response),
          info: (message) => within('INFO', () => dialog.info({ ...message, signal, timeoutMs })),
          refer: (referTo) => within('REFER', () => dialog.refer(referTo, { signal, timeoutMs })),
          next: (own) => heard.next(own),
          referProgress: (withinMs) => heard.referProgress(withinMs),
        });
        done = true;
        return { value };
      } finally {
        heard.close(done);
        // Without the command's signal: the dialog ends also where the command's time is over.
        if (dialog.ended === undefined) await withinTime(observed('BYE', () => dialog.bye()));
      }
    },
  };
}

/** The phone's lane does not wait longer for the answer to a BYE; it goes on by itself. */
const BYE_MS = 1_000;

async function withinTime(bye: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, BYE_MS);
  await Promise.race([bye, late.promise]);
  clearTimeout(timer);
}

type Opened = { readonly kind: 'open'; readonly response: SipResponse };

function seenOf(outcome: SipOutcome | Opened): Omit<Parameters<SipObserver>[0], 'method' | 'durationMs'> {
  if (outcome.kind === 'open') {
    return { status: 200, fault: null, health: 'answered', allowEvents: allowEventsOf(outcome.response) };
  }
  const health = healthOf(outcome);
  if (outcome.kind === 'answered') {
    return { status: outcome.status, fault: null, health, allowEvents: allowEventsOf(outcome.response) };
  }
  const reason = 'reason' in outcome ? ` ${outcome.reason}` : '';
  return { status: null, fault: `${outcome.kind}${reason}`, health, allowEvents: null };
}
