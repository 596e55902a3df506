import type {
  CallWatcher,
  DriverContext,
  HttpReply,
  ReferProgress,
  SipConversation,
  SipReply,
  SipTransport,
} from '@hookswitch/core';
import type { Rpc } from './rpc.ts';
import type { WireContext } from './wire-context.ts';
import { Aborted } from './wire-error.ts';

/** A context in the worker: what a driver does to the world is done by the gateway's thread. */
export interface WorkerContext {
  readonly context: DriverContext;
  abort(): void;
  /** Runs the driver's part of a dialog that the gateway has opened. */
  talk(conversation: number, reply: SipReply): Promise<void>;
  /** What a monitor is given. */
  watcher(askEveryMs: number): CallWatcher;
  /** A monitor has been told that it is enough. */
  enough(): void;
}

/** @param mayLog false: the driver has said too much lately */
export function createWorkerContext(rpc: Rpc, wire: WireContext, mayLog: () => boolean): WorkerContext {
  const { id, now, aborted, ...data } = wire;
  const over = new AbortController();
  const enough = new AbortController();
  const abort = (): void => over.abort(new Error('the time of the command is over'));
  if (aborted) abort();
  const ask = async <Reply>(method: string, args: object, signal?: AbortSignal): Promise<Reply> => {
    try {
      return (await rpc.call(method, { context: id, ...args }, signal)) as Reply;
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      if (!(error instanceof Aborted)) throw error;
      abort();
      throw over.signal.reason;
    }
  };
  const { sip, talk } = dialogs(ask);
  // Between two words of the gateway its time goes on by this thread's own clock.
  let told = { now, at: performance.now() };
  const log = (level: 'debug' | 'warn') => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    if (!mayLog()) return;
    const line = { context: id, level, message: String(message) };
    try {
      rpc.note('log', { ...line, fields });
    } catch {
      rpc.note('log', { ...line, fields: { fields: 'left out: they cannot leave the worker' } });
    }
  };
  return {
    context: {
      ...data,
      http: { send: (request) => ask<HttpReply>('http.send', { request }) },
      sip,
      documents: { publish: (document) => ask<{ readonly url: string }>('documents.publish', { document }) },
      clock: {
        now: () => Math.round(told.now + performance.now() - told.at),
        async sleep(ms) {
          told = { now: await ask<number>('clock.sleep', { ms }), at: performance.now() };
        },
      },
      log: { debug: log('debug'), warn: log('warn') },
      signal: over.signal,
    },
    abort,
    talk,
    watcher: (askEveryMs) => ({
      listening: () => rpc.note('watcher.listening', { context: id }),
      report: (report) => ask<void>('watcher.report', { report }),
      unsure: () => rpc.note('watcher.unsure', { context: id }),
      askEveryMs,
      enough: enough.signal,
    }),
    enough: () => enough.abort(new Error('it is enough')),
  };
}

type Ask = <Reply>(method: string, args: object, signal?: AbortSignal) => Promise<Reply>;

/** Dialogs are opened by the gateway, which calls back with each that the phone has accepted. */
function dialogs(ask: Ask): { readonly sip: SipTransport; readonly talk: WorkerContext['talk'] } {
  const talks = new Map<number, (conversation: SipConversation) => Promise<void>>();
  let last = 0;
  return {
    sip: {
      send: (request) => ask<SipReply>('sip.send', { request }),
      async converse(invitation, talk) {
        last += 1;
        const conversation = last;
        let said: { readonly value: Awaited<ReturnType<typeof talk>> } | { readonly error: unknown } | null = null;
        talks.set(conversation, async (proxy) => {
          try {
            said = { value: await talk(proxy) };
          } catch (error) {
            said = { error };
            throw error;
          }
        });
        try {
          const refused = await ask<SipReply | null>('sip.converse', { conversation, invitation });
          if (refused !== null) return { refused };
        } catch (error) {
          // What the driver threw itself comes back as what it was.
          throw thrownIn(said) ?? error;
        } finally {
          talks.delete(conversation);
        }
        return saidIn(said);
      },
    },
    async talk(conversation, reply) {
      const talk = talks.get(conversation);
      if (talk === undefined) throw new Error('nobody waits for that dialog');
      await talk(conversationOf(ask, conversation, reply));
    },
  };
}

type Said<Value> = { readonly value: Value } | { readonly error: unknown } | null;

function thrownIn(said: Said<unknown>): unknown {
  return said !== null && 'error' in said ? said.error : null;
}

function saidIn<Value>(said: Said<Value>): { readonly value: Value } {
  if (said === null || !('value' in said)) throw new Error('the dialog was over before anything was said');
  return said;
}

function conversationOf(ask: Ask, conversation: number, reply: SipReply): SipConversation {
  return {
    reply,
    info: (message) => ask<SipReply>('sip.info', { conversation, message }),
    next: (signal) => ask<Awaited<ReturnType<SipConversation['next']>>>('sip.next', { conversation }, signal),
    refer: (target) => ask<SipReply>('sip.refer', { conversation, target }),
    referProgress: (withinMs) => ask<ReferProgress | null>('sip.referProgress', { conversation, withinMs }),
  };
}
