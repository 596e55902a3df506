import type { CredentialsSource } from './digest/authenticator.ts';
import type { TlsTrust } from './transport/types.ts';

/** What every request can have. */
export interface MessageOptions {
  /** Other header fields. Those that the user agent writes itself (Via, From, CSeq, Content-Length …) are refused. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A text goes out as UTF-8. */
  readonly body?: string | Uint8Array | undefined;
  readonly contentType?: string | undefined;
  /** When it aborts the request is given up at once. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The longest wait in milliseconds for the final response, challenges included. Default: the RFC's timers, 32 s; of an
   * INVITE they end with the first provisional response, and a phone may ring for ever.
   */
  readonly timeoutMs?: number | undefined;
  /** Instead of the user agent's. */
  readonly credentials?: CredentialsSource | undefined;
}

/** Where a request goes and whom it is for. */
export interface TargetOptions extends MessageOptions {
  /** The Request-URI: `sip:` or `sips:`. It is sent as it is written. */
  readonly uri: string;
  /**
   * A SIP URI to which it is sent instead of the host of `uri`: a phone behind NAT has registered an address that does
   * not lead to it, the registrar saw another one (Kamailio's `$du`). No proxy is used then.
   */
  readonly destination?: string | undefined;
  /** Instead of the user agent's outbound proxy; null: none. */
  readonly proxy?: string | null | undefined;
  /** A SIP URI or `"Name" <sip:…>`. Default: the user agent's. */
  readonly from?: string | undefined;
  /** Likewise. Default: `uri`. */
  readonly to?: string | undefined;
  /** Default: a new one. FreeSWITCH and some phones want that of the registration. */
  readonly callId?: string | undefined;
  /**
   * The value of Contact. Default: the own address for a NOTIFY and an INVITE, none for the others. A REGISTER has what
   * is to be registered, such as `<sip:101@192.0.2.7:5060>;expires=3600`.
   */
  readonly contact?: string | undefined;
  /** Which certificates a TLS server may have; default: the user agent's. */
  readonly tls?: TlsTrust | undefined;
}

/** A request outside of any dialog. */
export interface SipRequestOptions extends TargetOptions {
  /** Not INVITE, ACK or CANCEL: for a dialog there is `openDialog`. */
  readonly method: string;
}
