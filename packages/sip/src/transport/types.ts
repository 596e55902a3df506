import type { HostPort } from '../message/uri.ts';

/** Over what messages go. */
export type SipTransport = 'udp' | 'tcp' | 'tls';

/** Why nothing was sent. */
export type NotSentReason =
  /** The host name has no address. */
  | 'NAME_NOT_FOUND'
  /** The host refused the connection: nothing listens there. */
  | 'REFUSED'
  /** No route, or no neighbour answers. */
  | 'UNREACHABLE'
  /** No connection came about in time. */
  | 'CONNECT_TIMEOUT'
  /** The certificate is not trusted, or the handshake failed. */
  | 'TLS'
  /** The address is none that `allows` lets through. */
  | 'NOT_ALLOWED'
  /** More octets than one datagram takes. */
  | 'TOO_LARGE'
  /** This user agent has no such transport, or not for that kind of address. */
  | 'NO_TRANSPORT'
  /** What was to be sent is no SIP request: a malformed URI, or a header text with a line end in it. */
  | 'INVALID_REQUEST'
  /** The dialog in which it was to be sent is over. */
  | 'DIALOG_ENDED'
  /** The user agent is closed. */
  | 'CLOSED'
  /** Any other failure of the network. */
  | 'NETWORK';

/** The network did not take what was to be sent. */
export class TransportFault extends Error {
  readonly reason: NotSentReason;

  constructor(reason: NotSentReason, message: string) {
    super(message);
    this.name = 'TransportFault';
    this.reason = reason;
  }
}

/** An address to which, or from which, messages go. */
export interface Endpoint extends HostPort {
  readonly transport: SipTransport;
}

/** Which certificates a TLS server may have. */
export interface TlsTrust {
  /** Certificate authorities in PEM; default: those of the runtime. */
  readonly ca?: string | readonly string[] | undefined;
  /**
   * SHA-256 fingerprints of the certificates that are accepted, with or without colons. Where any is given nothing else
   * is asked of the certificate: neither its name nor who signed it.
   */
  readonly pins?: readonly string[] | undefined;
  /** The name in SNI and in the certificate; default: the host of the URI that is sent to. */
  readonly serverName?: string | undefined;
}

/** A way to one peer: of UDP an address, of TCP and TLS a connection. */
export interface Flow {
  readonly remote: Endpoint;
  /** The address of this side as the peer has to write it: it stands in Via and Contact. */
  readonly local: HostPort;
  /** Whether the transport retransmits by itself (RFC 3261 section 17): all but UDP. */
  readonly reliable: boolean;
  /**
   * Hands over one message.
   * @throws TransportFault where it cannot have reached the peer.
   */
  send(bytes: Buffer): Promise<void>;
  /**
   * Tells once when the connection ends. UDP never does.
   * @returns a function that takes the listener back.
   */
  onClose(listener: () => void): () => void;
}
