import {
  failed,
  invalidArgument,
  phoneUnauthorized,
  phoneUnreachable,
  type SipReply,
  type SipTransport,
  TransportError,
  unknown,
} from '@hookswitch/core';
import type { SipResponseMessage } from '../../virtual/sip/message.ts';
import type { PhoneCredentials } from '../harness.ts';
import { type AskedSip, askedInfo, askedInvite, askedOf, askedRefer } from './asked.ts';
import { type CallerContent, type CallerDialog, replyOf, SipCaller } from './caller.ts';
import { Conversation, type Wait } from './conversation.ts';
import type { SipLine } from './line.ts';
import { SipFault } from './transactions.ts';

/** What the transport talks to, and how. */
export interface SipTransportOptions {
  /** The way to the phone, and its URI; left out: it has none, and whatever it is asked fails before anything is sent. */
  readonly to: { readonly line: SipLine; readonly uri: string } | undefined;
  readonly login: PhoneCredentials | undefined;
  readonly signal: AbortSignal;
  /** How the time passes that the phone is given to say how a REFER goes on. */
  readonly wait: Wait;
  /** Called before each request is sent. */
  readonly onSend: (request: AskedSip) => void;
}

/** RFC 3261's timers B and F, where a request says nothing else. */
const TIMEOUT_MS = 32_000;
/** The answer to a BYE is not waited for longer. */
const BYE_MS = 1_000;

/** What a transport writes by itself. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'via',
  'from',
  'to',
  'call-id',
  'cseq',
  'contact',
  'route',
  'max-forwards',
  'content-type',
  'content-length',
  'authorization',
  'proxy-authorization',
]);

/**
 * A small transport that keeps the promises of `SipTransport`: it answers challenges, gives credentials to nobody unasked,
 * sends nothing as a new request twice but for a challenge, ends each dialog, and says of each lost response whether the
 * phone may have acted.
 */
export function createSipTransport({ to, login, signal, wait, onSend }: SipTransportOptions): SipTransport {
  const caller = to === undefined ? undefined : new SipCaller(to.line, to.uri, login);

  function prepared(request: AskedSip): SipCaller {
    onSend(request);
    for (const [name, value] of Object.entries(request.headers)) {
      if (OWN_HEADERS.has(name.toLowerCase()) || /[\r\n]/.test(name + value)) {
        const message = `The header ${name} cannot be sent.`;
        throw new TransportError(failed(invalidArgument('command', message)));
      }
    }
    if (caller !== undefined) return caller;
    throw new TransportError(failed(phoneUnreachable('Nothing was sent: the phone of this harness has no SIP URI.')));
  }

  /** A request within a dialog. */
  async function within(dialog: CallerDialog, request: AskedSip, content: CallerContent): Promise<SipReply> {
    prepared(request);
    const time = { signal, timeoutMs: TIMEOUT_MS };
    return replyOf(await usable(dialog.request(request.method, content, time), false));
  }

  return {
    async send(request) {
      const { method, headers, contentType, body, timeoutMs = TIMEOUT_MS } = request;
      const content = { headers, contentType, body, timeoutMs, signal };
      const sent = prepared(askedOf(request)).request(method, content);
      return replyOf(await usable(sent, request.readOnly === true));
    },
    async converse(invitation, talk) {
      const { headers, contentType, body, timeoutMs = TIMEOUT_MS } = invitation;
      const heard = new Conversation(signal, wait);
      const content = { headers, contentType, body, timeoutMs, signal };
      const opened = await caught(prepared(askedInvite(invitation)).invite(content, heard), false);
      if ('refused' in opened) return { refused: replyOf(allowed(opened.refused)) };
      const dialog = opened;
      let isDone = false;
      try {
        const value = await talk({
          reply: replyOf(dialog.response),
          info: (message) => within(dialog, askedInfo(message), message),
          next: heard.next,
          referProgress: heard.referProgress,
          refer: (target) => {
            const asked = askedRefer(target);
            return within(dialog, asked, { headers: asked.headers });
          },
        });
        isDone = true;
        return { value };
      } finally {
        heard.close(isDone);
        await dialog.bye(BYE_MS);
      }
    },
  };
}

/** The response. @throws TransportError where there is none that says anything */
async function usable(sent: Promise<SipResponseMessage>, readOnly: boolean): Promise<SipResponseMessage> {
  return allowed(await caught(sent, readOnly));
}

function allowed(response: SipResponseMessage): SipResponseMessage {
  if (response.status !== 401 && response.status !== 407) return response;
  throw new TransportError(failed(phoneUnauthorized('The phone refused the credentials.')));
}

async function caught<Value>(sent: Promise<Value>, readOnly: boolean): Promise<Value> {
  try {
    return await sent;
  } catch (error) {
    if (!(error instanceof SipFault)) throw error;
    const cause = { cause: error };
    if (!error.sent) throw new TransportError(failed(phoneUnreachable(`Nothing was sent: ${error.message}.`)), cause);
    if (readOnly) {
      throw new TransportError(failed(phoneUnreachable(`The phone did not answer: ${error.message}.`)), cause);
    }
    throw new TransportError(unknown(`No usable response came: ${error.message}.`), cause);
  }
}

const OK: SipReply = { status: 200, reason: 'OK', headers: {}, body: '' };

/** A transport that sends nothing and answers as an obeying phone would: a dry run. */
export function createSipRehearsal(onSend: (request: AskedSip) => void): SipTransport {
  return {
    async send(request) {
      onSend(askedOf(request));
      const { status = 200, body = '' } = request.rehearsal ?? {};
      return { ...OK, status, body, reason: status === 200 ? 'OK' : '' };
    },
    async converse(invitation, talk) {
      onSend(askedInvite(invitation));
      const says = [...(invitation.rehearsal ?? [])];
      const progress = [{ status: 200, reason: 'OK' }];
      const value = await talk({
        reply: OK,
        async info(message) {
          onSend(askedInfo(message));
          return OK;
        },
        async next() {
          const body = says.shift();
          return body === undefined ? null : { contentType: invitation.contentType ?? '', body };
        },
        async refer(target) {
          onSend(askedRefer(target));
          return { ...OK, status: 202, reason: 'Accepted' };
        },
        async referProgress() {
          return progress.shift() ?? null;
        },
      });
      return { value };
    },
  };
}
