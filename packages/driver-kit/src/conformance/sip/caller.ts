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
import { DialogInbox } from './inbox.ts';
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
  /** The phone's requests of a method, `INFO` or `NOTIFY`. */
  inbox(method: string): DialogInbox;
  /** Ends it; waits no longer than that. */
  bye(timeoutMs: number): Promise<void>;
}

/** By what a dialog was opened, and how long it lasts at most. */
interface Opened {
  readonly invited: Thread;
  readonly signal: AbortSignal;
}

class OpenDialog implements CallerDialog {
  readonly response: SipResponseMessage;
  readonly thread: Thread;
  readonly #caller: SipCaller;
  readonly #signal: AbortSignal;
  readonly #inboxes = new Map<string, DialogInbox>();
  ended = false;
  /** The highest number in CSeq that the phone has used. */
  heardUpTo = -1;

  constructor(caller: SipCaller, response: SipResponseMessage, { invited, signal }: Opened) {
    this.#caller = caller;
    this.#signal = signal;
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

  inbox(method: string): DialogInbox {
    const known = this.#inboxes.get(method);
    if (known !== undefined) return known;
    const inbox = new DialogInbox(this.#signal);
    if (this.ended) inbox.end();
    this.#inboxes.set(method, inbox);
    return inbox;
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
    for (const inbox of this.#inboxes.values()) inbox.end();
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
  async invite(content: CallerContent & CallerTime): Promise<CallerDialog | { readonly refused: SipResponseMessage }> {
    const thread = this.#thread();
    const response = await this.ask(thread, 'INVITE', content);
    if (response.status >= 300) return { refused: response };
    const dialog = new OpenDialog(this, response, { invited: thread, signal: content.signal });
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
      if (!isAwaited && response.status < 300)
        void new OpenDialog(this, response, { invited: thread, signal }).bye(timeoutMs);
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
    else if (message.method !== 'ACK') reply(this.#answer(message));
  }

  /** What the phone sends within a dialog: each message is taken once, also where it is sent again. */
  #answer(request: SipRequestMessage): Buffer {
    const dialog = this.#dialogs.get(headerOf(request, 'call-id'));
    const peer = { transport: this.#line.transport, address: '', port: 0, send: () => {} } as const;
    const answer = (status: number) => responseTo(request, { status }, { peer, toTag: token(), fields: [] });
    if (dialog === undefined || dialog.ended) return answer(481);
    const number = Number.parseInt(headerOf(request, 'cseq'), 10);
    const isNew = number > dialog.heardUpTo;
    if (isNew) dialog.heardUpTo = number;
    if (request.method === 'BYE') dialog.end();
    else if (request.method !== 'INFO' && request.method !== 'NOTIFY') return answer(405);
    else if (isNew) {
      dialog.inbox(request.method).take({ contentType: headerOf(request, 'content-type'), body: request.body });
    }
    return answer(200);
  }
}

/** A response as drivers see it. */
export function replyOf({ status, reason, fields, body }: SipResponseMessage): SipReply {
  return { status, reason, headers: joinedHeaders(fields), body };
}
