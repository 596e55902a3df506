import { type DriverContext, type HttpReply, type SipConversation, TransportError } from '@hookswitch/core';
import { aroundSip } from '../../sip/around-sip.ts';
import {
  httpRequest,
  logLine,
  publishedDocument,
  referTarget,
  sipInfo,
  sipInvitation,
  sipRequest,
  waitMs,
} from './request-schemas.ts';
import type { WireContext } from './wire-context.ts';
import { Aborted } from './wire-error.ts';

/** A request that a driver makes of its context. */
export interface ContextRequest {
  readonly method: string;
  /** As it came from the worker. */
  readonly args: object;
  /** The dialog that it is for, if it is for one. */
  readonly conversation: number | null;
  /** Aborts where the driver does not want the answer any more. */
  readonly signal: AbortSignal;
}

/** A context of the gateway's that a driver in a worker works with. */
export interface ServedContext {
  readonly wire: WireContext;
  /** Does what the driver asks for. */
  serve(request: ContextRequest): Promise<unknown>;
  log(line: unknown): void;
  /** Whether the phone may have done something for it. */
  mayHaveActed(): boolean;
  /** Resolves when nothing of it is on its way any more. */
  settled(): Promise<void>;
}

/** What a context is served with. */
export interface ServeOptions {
  readonly id: number;
  /** Has the driver talk in a dialog that the phone has accepted. */
  readonly talk: (conversation: number, reply: SipConversation['reply']) => Promise<void>;
}

/** Requests that one command may have on their way at once. */
const MOST_AT_ONCE = 64;

/** Serves a context to a driver in a worker. The context stays here; only data goes over. */
export function serveContext(context: DriverContext, { id, talk }: ServeOptions): ServedContext {
  const { phone, calls, features, unknownState, doubtful, documents, clock, log, signal } = context;
  const dialogs = new Map<number, SipConversation>();
  const onTheirWay = new Set<Promise<unknown>>();
  let acted = false;
  const step = async <Reply>(send: () => Promise<Reply>, harmless: boolean): Promise<Reply> => {
    const before = acted;
    // From now on: the worker may be gone before the reply is there.
    if (!harmless) acted = true;
    try {
      return await send();
    } catch (error) {
      // It surely did nothing.
      if (TransportError.is(error) && error.outcome.status === 'FAILED' && !before) acted = false;
      throw error;
    }
  };
  const sip = aroundSip(context.sip, (send, { harmless }) => step(send, harmless));
  const dialogOf = (conversation: number | null): SipConversation => {
    const dialog = conversation === null ? undefined : dialogs.get(conversation);
    if (dialog === undefined) throw new Error('that dialog is over');
    return dialog;
  };

  const converse = (conversation: number | null, invitation: unknown) => {
    if (conversation === null) throw new Error('a dialog needs a number');
    return sip.converse(sipInvitation.parse(invitation), async (dialog) => {
      dialogs.set(conversation, dialog);
      try {
        await talk(conversation, dialog.reply);
      } finally {
        dialogs.delete(conversation);
      }
    });
  };

  const requests: Readonly<Record<string, (request: ContextRequest) => Promise<unknown>>> = {
    async 'http.send'({ args }) {
      const request = httpRequest.parse(Reflect.get(args, 'request'));
      return copyOf(await step(() => context.http.send(request), request.readOnly === true));
    },
    'sip.send': ({ args }) => sip.send(sipRequest.parse(Reflect.get(args, 'request'))),
    async 'sip.converse'({ args, conversation }) {
      const result = await converse(conversation, Reflect.get(args, 'invitation'));
      return 'refused' in result ? result.refused : null;
    },
    'sip.info': ({ args, conversation }) => dialogOf(conversation).info(sipInfo.parse(Reflect.get(args, 'message'))),
    'sip.next': ({ conversation, signal: unwanted }) => dialogOf(conversation).next(unwanted),
    'sip.refer': ({ args, conversation }) =>
      dialogOf(conversation).refer(referTarget.parse(Reflect.get(args, 'target'))),
    'sip.referProgress': ({ args, conversation }) =>
      dialogOf(conversation).referProgress(waitMs.parse(Reflect.get(args, 'withinMs'))),
    async 'clock.sleep'({ args }) {
      await clock.sleep(waitMs.parse(Reflect.get(args, 'ms')));
      return clock.now();
    },
    'documents.publish': ({ args }) => documents.publish(publishedDocument.parse(Reflect.get(args, 'document'))),
  };

  return {
    wire: { id, phone, calls, features, unknownState, doubtful, now: clock.now(), aborted: signal.aborted },
    async serve(request) {
      const does = requests[request.method];
      if (does === undefined) throw new Error(`a context has no ${request.method}`);
      if (onTheirWay.size >= MOST_AT_ONCE) throw new Error('too many requests at once');
      const reply = (async () => does(request))();
      onTheirWay.add(reply);
      try {
        return await reply;
      } catch (error) {
        if (signal.aborted && error === signal.reason) throw new Aborted();
        throw error;
      } finally {
        onTheirWay.delete(reply);
      }
    },
    log(line) {
      const parsed = logLine.safeParse(line);
      if (parsed.success) log[parsed.data.level](parsed.data.message, parsed.data.fields);
    },
    mayHaveActed: () => acted,
    async settled() {
      await Promise.allSettled(onTheirWay);
    },
  };
}

/** Without what stands beside it in memory: a view would take its whole buffer with it. */
function copyOf({ status, headers, bytes, text, authentication, challenge }: HttpReply): HttpReply {
  return {
    status,
    headers: { ...headers },
    bytes: Uint8Array.from(bytes),
    text,
    ...(authentication === undefined ? {} : { authentication }),
    ...(challenge === undefined ? {} : { challenge }),
  };
}
