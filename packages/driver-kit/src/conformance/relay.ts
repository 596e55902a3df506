import {
  type Delivery,
  type RecordedRequest,
  Recorder,
  type RequestRecorder,
  VirtualHttpServer,
  type VirtualReply,
} from '../virtual/index.ts';
import { sendHttp } from './outgoing.ts';

/** What becomes of a reply on its way back: how it leaves, or another body under status 200. The phone has acted. */
export type Interference = { readonly delivery: Exclude<Delivery, 'whole'> } | { readonly body: string };

/** Headers that belong to one connection, not to what is said over it. */
const HOP_BY_HOP = new Set(['content-length', 'transfer-encoding', 'keep-alive', 'connection']);

/**
 * Tests of other processes may call a port of 127.0.0.1 that they have just closed and that the relay has got: what it
 * records must be the driver's. Only Linux has the rest of 127.0.0.0/8 without being asked.
 */
const HOST = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

/**
 * Stands between the transport and a phone, so that one suite can make a real phone lose its replies as well as a
 * virtual one. It records each request byte for byte and passes it on unchanged.
 */
export class Relay {
  /**
   * What becomes of the next reply that is no challenge; then it is undefined again. A challenge is always passed on:
   * the fault is meant for the request that acts.
   */
  next: Interference | undefined;
  /** While it is set, requests are answered with this status, or this reply, and do not reach the phone. */
  refuseWith: number | VirtualReply | undefined;
  /** Requests whose replies were interfered with. */
  readonly interfered: RequestRecorder = new Recorder<RecordedRequest>();
  readonly #phone: string;
  readonly #server: VirtualHttpServer;

  /** @param phone the phone's origin */
  constructor(phone: string) {
    this.#phone = phone;
    this.#server = new VirtualHttpServer({ handle: (request) => this.#pass(request), host: HOST });
  }

  get origin(): string {
    return this.#server.address;
  }

  get requests(): RequestRecorder {
    return this.#server.requests;
  }

  async start(): Promise<void> {
    await this.#server.start();
  }

  /** From now on connections are refused. */
  async stop(): Promise<void> {
    await this.#server.stop();
  }

  async #pass(request: RecordedRequest): Promise<VirtualReply> {
    const { refuseWith } = this;
    if (refuseWith !== undefined) return typeof refuseWith === 'number' ? { status: refuseWith } : refuseWith;
    const { 'content-length': _, ...headers } = request.headers;
    const reply = await sendHttp({
      origin: this.#phone,
      method: request.method,
      target: request.target,
      headers,
      body: request.body === '' && !('content-length' in request.headers) ? undefined : request.body,
    });
    // A phone that is restarting gives no reply: nothing is passed on, either.
    const passed: VirtualReply =
      'error' in reply
        ? { status: 200, delivery: 'empty' }
        : { status: reply.status, headers: endToEnd(reply.headers), body: reply.bytes };
    const { next } = this;
    if (next === undefined || passed.status === 401) return passed;
    this.next = undefined;
    this.interfered.record(request);
    return 'body' in next ? { status: 200, body: next.body } : { ...passed, ...next };
  }
}

function endToEnd(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}
