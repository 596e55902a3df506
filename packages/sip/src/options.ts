import type { SipClock } from './clock.ts';
import type { CredentialsSource } from './digest/authenticator.ts';
import type { SipLog } from './log.ts';
import type { RequestHandler } from './server-core.ts';
import type { SipTimers } from './transaction/timers.ts';
import type { SipTransport, TlsTrust } from './transport/types.ts';

/** How a user agent is made. */
export interface SipUserAgentOptions {
  /** An address of this host, or `0.0.0.0` or `::` (which takes IPv4 as well). Default `0.0.0.0`. */
  readonly host?: string | undefined;
  /** Of UDP and TCP; 0, the default: any free one for each. */
  readonly port?: number | undefined;
  /** Of TLS; default: `port` + 1, or any where that is 0. */
  readonly tlsPort?: number | undefined;
  /** What is used, the usual one first: it is taken where a URI names none. Default UDP, TCP and TLS. */
  readonly transports?: readonly SipTransport[] | undefined;
  /**
   * The address that peers are told in Via and Contact, where they see another than this host has: behind NAT, in a
   * container. Default: the one that leads to the peer.
   */
  readonly advertise?: { readonly host: string; readonly port?: number; readonly tlsPort?: number } | undefined;
  /** An outbound proxy, as a SIP URI: everything goes by way of it (a loose route). */
  readonly proxy?: string | undefined;
  /** Which certificates TLS servers may have, and this side's own; without `cert` no TLS connection is taken. */
  readonly tls?: (TlsTrust & { readonly cert?: string; readonly key?: string }) | undefined;
  /** User-Agent and Server. Default `Hookswitch`. */
  readonly userAgent?: string | undefined;
  /** From, where a request names none: a SIP URI or `"Name" <sip:…>`. Default: `sip:` and the own address. */
  readonly from?: string | undefined;
  /** Answers NOTIFY and MESSAGE. Without it they are refused with 405. */
  readonly onRequest?: RequestHandler | undefined;
  readonly credentials?: CredentialsSource | undefined;
  /**
   * Whether something may be sent to that IP address and port: asked of each request, also within a dialog, where the peer's
   * Contact and Record-Route say where it goes. Responses go back to where their request came from. Default: all.
   */
  readonly allows?: ((address: string, port: number) => boolean) | undefined;
  readonly clock?: SipClock | undefined;
  readonly log?: SipLog | undefined;
  readonly timers?: Partial<SipTimers> | undefined;
  /** Requests longer than this go over TCP (RFC 3261 section 18.1.1). Default 1,300 octets. */
  readonly udpLimit?: number | undefined;
  /** A connection on which nothing goes for so long is closed. Default 15 minutes. */
  readonly idleMs?: number | undefined;
  /** The longest wait for a connection. Default 4,000 ms. */
  readonly connectTimeoutMs?: number | undefined;
  /** Connections beyond it are not taken from peers. Default 4,096. */
  readonly maxConnections?: number | undefined;
  /** Requests of peers that are held at a time (32 s each over UDP); beyond it they are dropped. Default 20,000. */
  readonly maxServerTransactions?: number | undefined;
}
