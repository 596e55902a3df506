import { parseSipUri } from '@hookswitch/sip';
import { createRedactor } from '../../security/redact.ts';

/** Where a phone has registered. */
export interface Registration {
  /** The contact as the phone wrote it: what the Request-URI has to be. */
  readonly contact: string;
  /** A SIP URI of the address that the registrar saw; null: it told none. */
  readonly seen: string | null;
  /** A SIP URI of the proxy by way of which the phone has registered (Path, RFC 3327); null: none. */
  readonly path: string | null;
}

/** Somebody who is registered, as a registrar tells where it is asked for all. */
export interface RegisteredDevice {
  readonly user: string;
  /** In lower case; null: it told none. */
  readonly domain: string | null;
  readonly contact: string;
  /** A SIP URI of the address that the registrar saw; null: it told none. */
  readonly seen: string | null;
  /** The header that the device named itself in; null: it told none. */
  readonly userAgent: string | null;
}

/** No more registrations of one registrar are looked at. */
export const MOST_REGISTERED = 5_000;

/** Whom a registrar is asked for. */
export interface RegisteredUser {
  readonly user: string;
  /** In lower case; null: the registrar's own. */
  readonly domain: string | null;
  /** Of FreeSWITCH, the Sofia profile; null: any. */
  readonly profile: string | null;
}

/** Asks one registrar. */
export interface Registrar {
  readonly kind: 'kamailio' | 'freeswitch';
  /** SIP domains that it serves, in lower case. */
  readonly domains: readonly string[];
  /**
   * The registrations of a user, the best one first; empty: it is not registered.
   * @throws RegistrarError
   */
  find(user: RegisteredUser, signal: AbortSignal): Promise<readonly Registration[]>;
  /**
   * Everybody who is registered, at most {@link MOST_REGISTERED}.
   * @throws RegistrarError
   */
  everybody(signal: AbortSignal): Promise<readonly RegisteredDevice[]>;
}

/** Why a registrar gave no answer. */
export type RegistrarFault =
  /** No connection, or no answer in time. */
  | 'UNREACHABLE'
  /** It refused the password, or the command. */
  | 'REFUSED'
  /** What it sent is not what such a registrar sends. */
  | 'MALFORMED';

/** A registrar that could not be asked. */
export class RegistrarError extends Error {
  readonly code: RegistrarFault;

  constructor(code: RegistrarFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RegistrarError';
    this.code = code;
  }

  /** The same, secrets taken out of its words. */
  without(secrets: readonly string[]): RegistrarError {
    return new RegistrarError(this.code, createRedactor(secrets)(this.message));
  }
}

/** The longest wait for a registrar, in milliseconds: it stands in the way of a command. */
export const REGISTRAR_TIMEOUT_MS = 2_000;

/**
 * Reads the forms in which mod_snom of FreeSWITCH takes a user: `101`, `101@pbx.example`, `internal/101@pbx.example`
 * (an `*` as the profile is any), and a SIP URI.
 * @returns null where it is none of them
 */
export function parseUserForm(text: string): RegisteredUser | null {
  const uri = parseSipUri(text);
  if (uri !== undefined) {
    return uri.user === null ? null : { user: uri.user, domain: uri.host.toLowerCase(), profile: null };
  }
  const [, profile, user, domain] = /^(?:([^\s/@]+)\/)?([^\s/@:]+)(?:@([A-Za-z0-9._:[\]-]+))?$/.exec(text) ?? [];
  if (user === undefined) return null;
  return {
    user,
    domain: domain?.toLowerCase() ?? null,
    profile: profile === undefined || profile === '*' ? null : profile,
  };
}
