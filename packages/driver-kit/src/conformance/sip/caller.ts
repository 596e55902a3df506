import type { SipReply } from '@hookswitch/core';
import { authorizationFor, type Challenge, challengeIn } from '../../virtual/client-authorization.ts';
import { uriIn } from '../../virtual/sip/address.ts';
import { joinedHeaders, token } from '../../virtual/sip/client.ts';
import {
  headerOf,
  headersOf,
  type SipField,
  type SipMessage,
  type SipRequestMessage,
  type SipResponseMessage,
  serializeSipMessage,
} from '../../virtual/sip/message.ts';
import { responseTo } from '../../virtual/sip/response.ts';
import type { PhoneCredentials } from '../harness.ts';
import type { DialogRequest } from './inbox.ts';
import type { SipLine } from './line.ts';
import { ClientTransactions, SipFault } from './transactions.ts';

/** What a request carries. */
export interface CallerContent {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly contentType?: string | undefined;
  readonly body?: string | undefined;
}

/** By which header a challenge is answered. */
const LOGINS: Readonly<Record<number, string>> = { 401: 'Authorization', 407: 'Proxy-Authorization' };

/** What stays the same in all requests of one dialog, or in one request and its answers to challenges. */
interface Thread {
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly routes: readonly string[];
  sequence: number;
}

/** How long a request may take. */
export interface CallerTime {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** A dialog that the phone accepted. */
export interface CallerDialog {
  readonly response: SipResponseMessage;
  readonly ended: boolean;
  request(method: string, content: CallerContent, time: CallerTime): Promise<SipResponseMessage>;
  /** Ends it; waits no longer than that. */
  bye(timeoutMs: number): Promise<void>;
}

/** Hears what the phone sends within a dialog. */
export interface DialogListener {
  take(method: 'INFO' | 'NOTIFY', request: DialogRequest): void;
  /** The dialog is over. */
  end(): void;
}

class OpenDialog implements CallerDialog {
  readonly response: SipResponseMessage;
  readonly thread: Thread;
  readonly #caller: SipCaller;
  ended = false;
  /** What the phone sent, by the number in CSeq, with the answer once there is one. */
  readonly heard = new Map<string, Buffer | undefined>();
  listener: DialogListener | undefined;

  constructor(caller: SipCaller, response: SipResponseMessage, invited: Thread) {
    this.#caller = caller;
    this.response = response;
    this.thread = {
      ...invited,
      uri: uriIn(headersOf(response, 'contact')[0] ?? invited.uri),
      to: headerOf(response, 'to'),
      routes: headersOf(response, 'record-route').toReversed(),
    };
  }

  async request(method: string, content: CallerContent, time: CallerTime): Promise<SipResponseMessage> {
    if (this.ended) throw new SipFault('the dialog has ended', false);
    return this.#caller.ask(this.thread, method, { ...content, ...time });
  }

  async bye(timeoutMs: number): Promise<void> {
    if (this.ended) return;
    this.end();
    // The dialog ends also where the command's time is over, and where the phone does not answer.
    const time = { signal: new AbortController().signal, timeoutMs };
    await this.#caller.ask(this.thread, 'BYE', time).catch(() => {});
  }

  end(): void {
    this.ended = true;
    this.listener?.end();
  }
}

/**
 * The calling side of the suite: as much of RFC 3261 as a gateway needs that sends requests and opens short dialogs. It
 * shares its messages with the virtual phones, and nothing with the gateway's user agent.
 */
export class SipCaller {
  readonly #line: SipLine;
  readonly #uri: string;
  readonly #login: PhoneCredentials | undefined;
  readonly #transactions: ClientTransactions;
  readonly #dialogs = new Map<string, OpenDialog>();

  constructor(line: SipLine, uri: string, login: PhoneCredentials | undefined) {
    this.#line = line;
    this.#uri = uri;
    this.#login = login;
    this.#transactions = new ClientTransactions(
      (bytes) => line.send(bytes),
      () => line.transport === 'udp',
    );
    line.listener = {
      receive: (message, reply) => this.#receive(message, reply),
      expire: (branch) => this.#transactions.expire(branch),
      refused: () => this.#transactions.refused(),
    };
  }

  /** Sends a request outside of any dialog. Rejects with a {@link SipFault} where no final response comes. */
  request(method: string, content: CallerContent & CallerTime): Promise<SipResponseMessage> {
    return this.ask(this.#thread(), method, content);
  }

  /** Opens a dialog. @returns the response, where the phone does not accept */
  async invite(
    content: CallerContent & CallerTime,
    listener: DialogListener,
  ): Promise<CallerDialog | { readonly refused: SipResponseMessage }> {
    const thread = this.#thread();
    const response = await this.ask(thread, 'INVITE', content);
    if (response.status >= 300) return { refused: response };
    const dialog = new OpenDialog(this, response, thread);
    dialog.listener = listener;
    this.#dialogs.set(thread.callId, dialog);
    return dialog;
  }

  /** Sends a request of a thread, and answers each kind of challenge once. */
  async ask(thread: Thread, method: string, content: CallerContent & CallerTime): Promise<SipResponseMessage> {
    const challenges = new Map<number, Challenge>();
    for (let count = 1; ; count += 1) {
      const headers = { ...content.headers };
      for (const [status, challenge] of challenges) {
        const made = { method, target: thread.uri, nonceCount: count };
        if (this.#login !== undefined) headers[LOGINS[status] ?? ''] = authorizationFor(challenge, this.#login, made);
      }
      const response = await this.#sendOnce(thread, method, { ...content, headers });
      const { status } = response;
      if (!(status in LOGINS) || challenges.has(status) || this.#login === undefined) return response;
      const challenge = challengeIn(headerOf(response, status === 401 ? 'www-authenticate' : 'proxy-authenticate'));
      if (challenge?.scheme !== 'digest') return response;
      challenges.set(status, challenge);
    }
  }

  #thread(): Thread {
    const own = `<sip:conformance@${this.#line.ownAddress}>;tag=${token()}`;
    return { uri: this.#uri, from: own, to: `<${this.#uri}>`, callId: token(), routes: [], sequence: 0 };
  }

  async #sendOnce(thread: Thread, method: string, content: CallerContent & CallerTime): Promise<SipResponseMessage> {
    const { signal, timeoutMs } = content;
    const branch = `z9hG4bK${token()}`;
    thread.sequence += 1;
    const sequence = thread.sequence;
    const bytes = this.#bytes(thread, { method, branch, sequence, ...content });
    if (method !== 'INVITE') return this.#transactions.exchange({ method, branch, bytes, signal, timeoutMs });
    let isAwaited = true;
    const onFinal = (response: SipResponseMessage): void => {
      this.#acknowledge(thread, response, { branch, sequence });
      // Nobody waits for that call any more.
      if (!isAwaited && response.status < 300) void new OpenDialog(this, response, thread).bye(timeoutMs);
    };
    try {
      return await this.#transactions.exchange({ method, branch, bytes, signal, timeoutMs, onFinal });
    } catch (error) {
      isAwaited = false;
      if (error instanceof SipFault && error.sent) {
        this.#line.send(this.#bytes(thread, { method: 'CANCEL', branch, sequence }));
      }
      throw error;
    }
  }

  /** Of a refusal in the INVITE's transaction, of an acceptance in one of its own (RFC 3261 sections 17.1.1.3, 13.2.2.4). */
  #acknowledge(
    thread: Thread,
    response: SipResponseMessage,
    { branch, sequence }: { readonly branch: string; readonly sequence: number },
  ): void {
    const accepted = response.status < 300;
    const uri = accepted ? uriIn(headersOf(response, 'contact')[0] ?? thread.uri) : thread.uri;
    const own = accepted ? `z9hG4bK${token()}` : branch;
    const within = { ...thread, uri, to: headerOf(response, 'to') };
    this.#line.send(this.#bytes(within, { method: 'ACK', branch: own, sequence }));
  }

  #bytes(
    thread: Thread,
    message: CallerContent & { readonly method: string; readonly branch: string; readonly sequence: number },
  ): Buffer {
    const { method, branch, sequence, headers = {}, contentType, body } = message;
    const { ownAddress, transport } = this.#line;
    const hasContact = method === 'INVITE' || method === 'NOTIFY' || method === 'REFER' || method === 'INFO';
    const fields: readonly SipField[] = [
      ['Via', `SIP/2.0/${transport.toUpperCase()} ${ownAddress};branch=${branch};rport`],
      ['Max-Forwards', '70'],
      ...thread.routes.map((route): SipField => ['Route', route]),
      ['From', thread.from],
      ['To', thread.to],
      ['Call-ID', thread.callId],
      ['CSeq', `${sequence} ${method}`],
      ...(hasContact ? [['Contact', `<sip:conformance@${ownAddress};transport=${transport}>`] as const] : []),
      ...Object.entries(headers),
      ...(contentType === undefined ? [] : [['Content-Type', contentType] as const]),
    ];
    return serializeSipMessage(`${method} ${thread.uri} SIP/2.0`, fields, body);
  }

  #receive(message: SipMessage | undefined, reply: (bytes: Buffer) => void): void {
    if (message === undefined) this.#transactions.receiveGarbage();
    else if (message.kind === 'response') this.#transactions.receive(message);
    else if (message.method !== 'ACK') this.#hear(message, reply);
  }

  /** What the phone sends within a dialog: each message is taken once, also where it is sent again. */
  #hear(request: SipRequestMessage, reply: (bytes: Buffer) => void): void {
    const { method } = request;
    const dialog = this.#dialogs.get(headerOf(request, 'call-id'));
    const sequence = headerOf(request, 'cseq');
    if (dialog?.heard.has(sequence)) {
      const given = dialog.heard.get(sequence);
      if (given !== undefined) reply(given);
      return;
    }
    const peer = { transport: this.#line.transport, address: '', port: 0, send: () => {} } as const;
    let isAnswered = false;
    const answer = (status: number): void => {
      if (isAnswered) return;
      isAnswered = true;
      const bytes = responseTo(request, { status }, { peer, toTag: token(), fields: [] });
      dialog?.heard.set(sequence, bytes);
      reply(bytes);
    };
    if (dialog === undefined || dialog.ended) {
      answer(481);
      return;
    }
    dialog.heard.set(sequence, undefined);
    if (method === 'INFO' || method === 'NOTIFY') {
      dialog.listener?.take(method, { header: (name) => headerOf(request, name), body: request.body, answer });
      return;
    }
    answer(method === 'BYE' ? 200 : 405);
    if (method === 'BYE') dialog.end();
  }
}

/** A response as drivers see it. */
export function replyOf({ status, reason, fields, body }: SipResponseMessage): SipReply {
  return { status, reason, headers: joinedHeaders(fields), body };
}
