import type { Dialogs } from './dialog/dialogs.ts';
import { newTag } from './draft.ts';
import type { SipLog } from './log.ts';
import type { HeaderField } from './message/fields.ts';
import { responseTarget, type SipAnswer, writeResponse } from './message/response.ts';
import { isHeaderText } from './message/serialise.ts';
import type { RefusableRequest, SipRequest } from './message/types.ts';
import { defaultPort, uriScheme } from './message/uri.ts';
import { allowedMethods, KNOWN_METHODS } from './methods.ts';
import type { Counters } from './statistics.ts';
import type { ServerTransactions } from './transaction/server-transactions.ts';
import type { TransportLayer } from './transport/layer.ts';
import type { Endpoint, Flow } from './transport/types.ts';

/**
 * Answers a NOTIFY or MESSAGE that was received outside of any dialog. It is called once for a request, however often
 * that comes. What it throws is answered with 500.
 */
export type RequestHandler = (request: SipRequest, source: Endpoint) => SipAnswer | Promise<SipAnswer>;

/** What answering needs. */
export interface ServerCoreOptions {
  readonly layer: () => TransportLayer;
  readonly transactions: ServerTransactions;
  readonly dialogs: Dialogs;
  readonly counters: Counters;
  readonly log: SipLog;
  readonly onRequest: RequestHandler | undefined;
  readonly ownFields: readonly HeaderField[];
}

/** The server side: answers what is received (RFC 3261 sections 8.2, 9.2, 11.2 and 12.2.2). */
export class ServerCore {
  readonly #options: ServerCoreOptions;

  constructor(options: ServerCoreOptions) {
    this.#options = options;
  }

  /** Takes a well-formed request. */
  receive(request: SipRequest, flow: Flow): void {
    const { counters, transactions } = this.#options;
    const send = (bytes: Buffer): void => this.#reply(bytes, request.via, flow);
    // A CANCEL has the branch of its INVITE: whether that is here has to be known before it is admitted itself.
    const cancels = request.method === 'CANCEL' && transactions.hasInvite(request);
    const admission = transactions.admit(request, { reliable: flow.reliable, send });
    if (admission.kind === 'overload') counters.overload += 1;
    if (admission.kind === 'absorbed') counters.retransmissions += request.method === 'ACK' ? 0 : 1;
    if (admission.kind === 'absorbed' || admission.kind === 'overload') return;
    const { kind, transaction } = admission;
    const respond = (answer: SipAnswer): void => transaction.respond(this.#write(request, flow, answer));
    const atOnce = this.#answerAtOnce(request, { merged: kind === 'merged', cancels });
    if (atOnce === undefined) void this.#answer(request, flow.remote).then(respond);
    else respond(atOnce);
  }

  #answerAtOnce(
    request: SipRequest,
    { cancels, merged }: { cancels: boolean; merged: boolean },
  ): SipAnswer | undefined {
    if (merged) return { status: 482 };
    return cancels ? { status: 200 } : this.#inspect(request);
  }

  /** Answers a request that is malformed but legible: 400 or 505, without a transaction (RFC 3261 section 8.2.7). */
  refuse(request: RefusableRequest, flow: Flow): void {
    const answer = { status: request.status };
    this.#reply(this.#write(request, flow, answer), request.via, flow);
  }

  /** What is refused before anybody looks into it, in the order of RFC 3261 section 8.2. */
  #inspect(request: SipRequest): SipAnswer | undefined {
    const { headers, method, to, uri } = request;
    const allow = allowedMethods(this.#options.onRequest !== undefined);
    const inDialog = to.parameters.has('tag');
    if (!KNOWN_METHODS.has(method)) return { status: 501, headers: { Allow: allow.join(', ') } };
    if (method === 'CANCEL') return { status: 481 };
    if (inDialog && this.#options.dialogs.find(request) === undefined) return { status: 481 };
    if (!inDialog && (method === 'BYE' || method === 'INFO')) return { status: 481 };
    if (!inDialog && !allow.includes(method)) {
      return { status: 405, headers: { Allow: allow.join(', ') } };
    }
    const scheme = uriScheme(uri);
    if (scheme !== 'sip' && scheme !== 'sips') return { status: 416 };
    const required = headers.list('require');
    return required.length === 0 ? undefined : { status: 420, headers: { Unsupported: required.join(', ') } };
  }

  async #answer(request: SipRequest, source: Endpoint): Promise<SipAnswer> {
    const { dialogs, log, onRequest } = this.#options;
    try {
      const dialog = request.to.parameters.has('tag') ? dialogs.find(request) : undefined;
      if (dialog !== undefined) return checked(await dialog.receive(request));
      if (request.method !== 'OPTIONS' && onRequest !== undefined) return checked(await onRequest(request, source));
      // RFC 3261 section 11.2.
      const allow = allowedMethods(onRequest !== undefined).join(', ');
      return { status: 200, headers: { Allow: allow, Accept: '*/*', Supported: '' } };
    } catch (error) {
      log.warn('a handler of SIP requests failed', { method: request.method, error: String(error) });
      return { status: 500 };
    }
  }

  #write(request: Pick<SipRequest, 'headers' | 'via' | 'encoding'>, flow: Flow, answer: SipAnswer): Buffer {
    const { ownFields } = this.#options;
    return writeResponse({ request, source: flow.remote, toTag: newTag(), answer, fields: ownFields });
  }

  /** Sends a response the way that its request came (RFC 3261 section 18.2.2). */
  #reply(bytes: Buffer, via: SipRequest['via'], flow: Flow): void {
    const { counters, layer, log } = this.#options;
    const { host, transport } = flow.remote;
    const away = async (): Promise<void> => {
      if (!flow.reliable) return layer().sendDatagram(bytes, responseTarget(via, flow.remote));
      await flow.send(bytes).catch(async () => {
        // The connection is gone: one to the port that the sender listens on takes its place (section 18.2.2).
        const next = { transport, host, port: via.port ?? defaultPort(transport), trust: {} };
        await (await layer().open(next)).send(bytes);
      });
    };
    away().catch((error: unknown) => {
      counters.unsentResponses += 1;
      log.debug('a SIP response could not be sent', { error: String(error) });
    });
  }
}

/** An answer of a handler that cannot be written is that handler's fault. */
function checked(answer: SipAnswer): SipAnswer {
  const { contentType = '', headers = {}, reason = '', status } = answer;
  const texts = [contentType, reason, ...Object.entries(headers).flat()];
  if (!Number.isInteger(status) || status < 200 || status > 699 || !texts.every(isHeaderText)) {
    throw new TypeError('the handler gave no answer that can be sent');
  }
  return answer;
}
