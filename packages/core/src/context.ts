import type { FeatureReading } from './capabilities.ts';
import type { KnownCall } from './commands.ts';
import type { SipTransport } from './sip.ts';

/** A phone as a driver sees it: what it is and how it is configured. Never its secrets. */
export interface PhoneProfile<Options = unknown> {
  /** As in the driver's table of models, or as somebody typed it; null: not known. */
  readonly model: string | null;
  /** As the phone tells it, e.g. `8.7.5.35` or `66.86.0.15`; null: not known. */
  readonly firmware: string | null;
  /** `00:04:13:aa:bb:cc`; null: not known. */
  readonly mac: string | null;
  /** The driver's own options, checked and with defaults; those that are secrets are left out. */
  readonly options: Options;
  /** By which kinds of address the phone can be reached. */
  readonly reachableBy: { readonly http: boolean; readonly sip: boolean };
  /**
   * The SIP events that the phone named last in `Allow-Events` (RFC 6665), in lower case. Null or left out: it has named
   * none yet. Since 1.2 of the contract.
   */
  readonly allowEvents?: readonly string[] | null | undefined;
}

/**
 * An HTTP request to the phone. The transport adds the phone's origin, answers challenges, follows no redirect, and
 * keeps one request at a time on the phone.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Origin-form, exactly as it goes out: the driver has encoded what must be encoded. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Which credentials answer a challenge: the phone's own (`web`), or a set that the driver names. Default `web`. */
  readonly credentials?: string | undefined;
  /** `{username}` and `{password}` in `target` are filled in, percent-encoded, when it is sent, and nowhere else. */
  readonly credentialsInTarget?: boolean | undefined;
  /** `close`: the phone is told to close the connection after its reply. Default `keep-alive`. */
  readonly connection?: 'keep-alive' | 'close' | undefined;
  /** It only reads: a lost reply is a plain failure, since nothing can have happened. Default false. */
  readonly readOnly?: boolean | undefined;
  /** The longest wait for the reply, in milliseconds, within the command's deadline. */
  readonly timeoutMs?: number | undefined;
  /** What an obeying phone answers: dry runs go on with it. Default: 200 and an empty body. */
  readonly rehearsal?: { readonly status: number; readonly body?: string | undefined } | undefined;
}

/** A reply of the phone, whatever its status. Challenges (401) have been dealt with. */
export interface HttpReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** The body as text, UTF-8. */
  readonly text: string;
  /**
   * With which scheme the phone asked for credentials before it gave this reply; `none`: it gave it to a request
   * without any. Left out: not known.
   */
  readonly authentication?: 'none' | 'basic' | 'digest' | undefined;
  /** The challenge (`WWW-Authenticate`) that was answered for this reply, or that nobody could answer. */
  readonly challenge?: string | undefined;
}

/** Sends requests to the one phone that the command is for. */
export interface HttpTransport {
  /**
   * @throws TransportError where no usable reply came: the connection was refused (FAILED), the credentials were
   * refused (FAILED), the reply was lost or cannot be parsed (UNKNOWN, or FAILED for a `readOnly` request).
   */
  send(request: HttpRequest): Promise<HttpReply>;
}

/** Publishes documents that the phone fetches by itself. */
export interface DocumentPublisher {
  /** @returns an unguessable, short-lived address of the gateway, of at most about 120 characters. */
  publish(document: {
    readonly mediaType: string;
    readonly body: string;
    /**
     * The address is good for one fetch, and that fetch is the event `EVENT_PATH_TESTED` of the phone: for
     * `verifyEventPath` of phones that have no event for tests. `body` must be harmless and show nothing.
     */
    readonly provesEventPath?: boolean;
  }): Promise<{ readonly url: string }>;
}

/** Time, as far as a driver needs it. */
export interface DriverClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits, or rejects with the context's `signal.reason`. */
  sleep(ms: number): Promise<void>;
}

/** Where a driver says what people who search for a fault need. */
export interface DriverLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Switches for which some phones only have a key that turns them over. */
export type ToggledSwitch = 'HOLD' | 'MUTE' | 'DO_NOT_DISTURB';

/**
 * Everything that a driver may do to the world, for one command on one phone. It is made anew for each command; a
 * driver keeps none of it.
 */
export interface DriverContext<Options = unknown> {
  readonly phone: PhoneProfile<Options>;
  /** The phone's calls that have not ended, oldest first, as far as they are known. */
  readonly calls: readonly KnownCall[];
  /** The phone's switches as its events told them last; one that is not there is not known. */
  readonly features: readonly FeatureReading[];
  /**
   * What to do where the only way to a wish is a toggle, and nobody knows how it stands: `refuse` it (`STATE_UNKNOWN`),
   * or `press` it anyway, which is what counts where it is left out. See {@link beforeToggle}.
   */
  readonly unknownState?: 'refuse' | 'press' | undefined;
  /** Switches that were pressed and of which nobody knows whether they moved: what is told of them above may be wrong. */
  readonly doubtful?: ReadonlySet<ToggledSwitch> | undefined;
  readonly http: HttpTransport;
  readonly sip: SipTransport;
  readonly documents: DocumentPublisher;
  readonly clock: DriverClock;
  readonly log: DriverLog;
  /** Aborts when the command's deadline has passed or the gateway stops. */
  readonly signal: AbortSignal;
}
