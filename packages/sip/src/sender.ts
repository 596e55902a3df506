import type { SipClock } from './clock.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { Authenticator, type CredentialsSource } from './digest/authenticator.ts';
import { DigestSessions } from './digest/sessions.ts';
import { type Attempt, compose, type Draft, newBranch } from './draft.ts';
import type { HeaderField } from './message/fields.ts';
import { type OutgoingMessage, serialise } from './message/serialise.ts';
import type { SipResponse } from './message/types.ts';
import type { SipOutcome } from './outcome.ts';
import type { MessageOptions } from './request-options.ts';
import type { ClientTransactions, ExchangeEnd } from './transaction/client-transactions.ts';
import { Aborted } from './transport/abort.ts';
import { toTransportFault } from './transport/faults.ts';
import type { Destination, TransportLayer } from './transport/layer.ts';
import type { Flow } from './transport/types.ts';

/** What sending needs. */
export interface SenderOptions {
  readonly layer: TransportLayer;
  readonly transactions: ClientTransactions;
  readonly clock: SipClock;
  /** Requests longer than this go over TCP. */
  readonly udpLimit: number;
  readonly credentials: CredentialsSource | undefined;
  readonly ownFields: readonly HeaderField[];
}

/** How one request is sent. */
export interface Delivery extends Pick<MessageOptions, 'signal' | 'timeoutMs' | 'credentials'> {
  readonly destination: Destination;
  /** Each 2xx to an INVITE, with the INVITE that it answers; also when it comes again or late. */
  readonly onSuccess?: ((response: SipResponse, invite: OutgoingMessage) => void) | undefined;
}

interface Prepared {
  readonly flow: Flow;
  readonly message: OutgoingMessage;
  readonly bytes: Buffer;
}

/** How many such peers are remembered. */
const UDP_ONLY_MAX = 8192;

/** How long a peer that took no TCP connection is not asked again, in milliseconds. */
const TCP_RETRY_MS = 10 * 60_000;

/** Sends drafts: chooses the way, answers challenges, and tells what became of them. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #sessions = new DigestSessions();
  /** Peers that took no TCP connection, and when. */
  readonly #udpOnly = new Map<string, number>();

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Never rejects for what the network or the peer does. */
  async send(draft: Draft, delivery: Delivery): Promise<SipOutcome> {
    const deadline = startDeadline(this.#options.clock, delivery);
    try {
      return await this.#attempts(draft, delivery, deadline);
    } catch (error) {
      if (!(error instanceof Aborted)) {
        const { message, reason } = toTransportFault(error);
        return { kind: 'not-sent', reason, detail: message };
      }
      return deadline.expired()
        ? { kind: 'not-sent', reason: 'CONNECT_TIMEOUT', detail: 'no way to the peer was found in time' }
        : { kind: 'aborted', sent: false };
    } finally {
      deadline.release();
    }
  }

  async #attempts(draft: Draft, delivery: Delivery, deadline: Deadline): Promise<SipOutcome> {
    const { credentials, destination, onSuccess } = delivery;
    // By way of one proxy there are many peers, each with its own challenge and perhaps its own credentials.
    const peer = `${destination.transport} ${destination.host} ${destination.port ?? ''} ${withoutTag(draft.to)}`;
    const authenticator = new Authenticator(this.#sessions, peer, credentials ?? this.#options.credentials);
    const { signal } = deadline;
    for (;;) {
      const attempt: Attempt = {
        branch: newBranch(),
        sequence: draft.nextSequence(),
        authorization: authenticator.authorize({ method: draft.method, uri: draft.requestUri, body: draft.body }),
        ownFields: this.#options.ownFields,
      };
      const prepared = await this.#prepare({ draft, attempt, destination }, signal);
      const { flow, message } = prepared;
      const end = await this.#options.transactions.exchange({
        ...prepared,
        method: draft.method,
        branch: attempt.branch,
        signal,
        onSuccess: onSuccess === undefined ? undefined : (response) => onSuccess(response, message),
      });
      if (end.kind !== 'final') return failedOutcome(end, deadline);
      const { response } = end;
      const { status } = response;
      const challenged = status === 401 || status === 407;
      if (!challenged) authenticator.accepted();
      const challenge = challenged ? await authenticator.answer(response, draft.requestUri) : null;
      if (challenge !== undefined) return { kind: 'answered', response, status, challenge, remote: flow.remote };
    }
  }

  /**
   * Over UDP a request is at most 1,300 octets long where the path's MTU is not known: beyond that it goes over TCP,
   * and where the peer takes no connection over UDP all the same (RFC 3261 section 18.1.1).
   */
  async #prepare(
    { attempt, destination, draft }: { draft: Draft; attempt: Attempt; destination: Destination },
    signal: AbortSignal | undefined,
  ): Promise<Prepared> {
    const { clock, layer, udpLimit } = this.#options;
    const over = async (way: Destination): Promise<Prepared> => {
      const flow = await layer.open(way, signal);
      const message = compose(draft, attempt, flow);
      return { flow, message, bytes: serialise(message) };
    };
    const prepared = await over(destination);
    const { host, port } = prepared.flow.remote;
    const peer = `${host} ${port}`;
    if (prepared.flow.reliable || prepared.bytes.length <= udpLimit || !layer.has('tcp')) return prepared;
    if (clock.now() - (this.#udpOnly.get(peer) ?? Number.NEGATIVE_INFINITY) < TCP_RETRY_MS) return prepared;
    this.#udpOnly.delete(peer);
    try {
      return await over({ ...destination, transport: 'tcp' });
    } catch (error) {
      if (error instanceof Aborted) throw error;
      if (this.#udpOnly.size >= UDP_ONLY_MAX) this.#udpOnly.clear();
      this.#udpOnly.set(peer, clock.now());
      return prepared;
    }
  }

  /**
   * Sends an ACK to a 2xx: no transaction, no answer (RFC 3261 section 13.2.2.4).
   * @param authorization those of the INVITE.
   * @throws TransportFault
   */
  async acknowledge(
    draft: Draft,
    { authorization, destination }: { authorization: readonly HeaderField[]; destination: Destination },
  ): Promise<{ readonly flow: Flow; readonly bytes: Buffer }> {
    const flow = await this.#options.layer.open(destination);
    const attempt: Attempt = {
      branch: newBranch(),
      sequence: draft.nextSequence(),
      authorization,
      ownFields: this.#options.ownFields,
    };
    const bytes = serialise(compose(draft, attempt, flow));
    await flow.send(bytes);
    return { flow, bytes };
  }
}

function failedOutcome(end: Exclude<ExchangeEnd, { kind: 'final' }>, deadline: Deadline): SipOutcome {
  const { provisional } = end;
  if (end.kind === 'timeout') return { kind: 'lost', reason: 'TIMEOUT', provisional };
  if (end.kind === 'aborted') {
    if (!deadline.expired()) return { kind: 'aborted', sent: end.sent };
    if (end.sent) return { kind: 'lost', reason: 'TIMEOUT', provisional };
    return { kind: 'not-sent', reason: 'CONNECT_TIMEOUT', detail: 'the time was over before it was sent' };
  }
  if (end.sent) return { kind: 'lost', reason: 'CONNECTION', provisional };
  return { kind: 'not-sent', reason: end.fault.reason, detail: end.fault.message };
}

/** Whom a request is for: the same within a dialog, where To has got a tag and the Request-URI is the peer's Contact. */
function withoutTag(to: string): string {
  return to.replace(/;tag=[^;>]*$/, '');
}
