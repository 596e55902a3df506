import type { PhoneAccount } from './accounts.ts';
import type { HttpFaults } from './http-faults.ts';
import type { RecordedRequest, RequestRecorder, VirtualReply } from './http-message.ts';
import { VirtualHttpServer, type VirtualHttpServerOptions } from './http-server.ts';
import type { VirtualSipEndpoint } from './sip/endpoint.ts';
import type { SipFaults } from './sip/faults.ts';
import type { SipRequestRecorder } from './sip/types.ts';

/** The SIP side of a phone, as far as everybody's is alike. */
export interface VirtualSipSide {
  readonly endpoint: VirtualSipEndpoint;
}

/**
 * What a virtual phone of any vendor has of its servers: a web server on a free port, which records and has faults, and a SIP
 * side where the vendor's phone is given one. A phone with lines, settings and action URLs is a {@link VirtualDeskPhone}.
 */
export abstract class VirtualPhoneBase implements AsyncDisposable {
  protected readonly server: VirtualHttpServer;
  /** Its SIP side; `undefined` where it has none. */
  readonly sip: VirtualSipSide | undefined;
  abstract readonly accounts: readonly PhoneAccount[];

  constructor(options: Omit<VirtualHttpServerOptions, 'handle'>) {
    this.server = new VirtualHttpServer({ ...options, handle: (request) => this.handle(request) });
  }

  /** Acts on a request to its web server, and answers it. */
  protected abstract handle(request: RecordedRequest): VirtualReply | Promise<VirtualReply>;

  /** Leaves the exchange and closes its servers. Safe to call twice. */
  abstract stop(): Promise<void>;

  /** The number of its first account. */
  get number(): string {
    return this.accounts[0]?.number ?? '';
  }

  /** The address that its web server listens on. */
  get host(): string {
    return this.server.host;
  }

  /** `http://host:port`. Throws before the phone was started. */
  get address(): string {
    return this.server.address;
  }

  /** What its web server received. */
  get requests(): RequestRecorder {
    return this.server.requests;
  }

  /** What is wrong with its web server; change it at any time. */
  get faults(): HttpFaults {
    return this.server.faults;
  }

  /** Throws before the phone was started; `undefined` where it has no SIP side. */
  get sipUri(): string | undefined {
    return this.sip?.endpoint.uri;
  }

  /** What its SIP side received; `undefined` where it has none. */
  get sipRequests(): SipRequestRecorder | undefined {
    return this.sip?.endpoint.requests;
  }

  /** What is wrong with its SIP side; `undefined` where it has none. */
  get sipFaults(): SipFaults | undefined {
    return this.sip?.endpoint.faults;
  }

  /** What its own code threw while it served requests: a fault of the virtual phone, not of who asked. */
  get handlerErrors(): readonly unknown[] {
    return [...this.server.handlerErrors, ...(this.sip?.endpoint.handlerErrors ?? [])];
  }

  /** With `true` its web server refuses connections (ECONNREFUSED); with `false` it listens on the same port again. */
  async refuseConnections(refuse: boolean): Promise<void> {
    await this.server.refuseConnections(refuse);
  }

  /** Stops the phone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
