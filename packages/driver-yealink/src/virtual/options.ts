import type { Credentials, HttpFaults, Lockout, PhoneAccount, VirtualExchange } from '@hookswitch/driver-kit/virtual';
import type { PictureKind, YealinkModel } from './models.ts';
import type { YealinkQuirks } from './quirks.ts';
import type { VirtualYealinkSip } from './sip-side.ts';

/** How a virtual Yealink phone is set up. Everything has a default: a T54W from the factory with one account. */
export interface VirtualYealinkPhoneOptions {
  /** `T54W` or `SIP-T54W`. Default `T54W`. */
  readonly model?: string;
  /** What differs from the table of models: sources disagree on some numbers of keys. */
  readonly modelOverrides?: Partial<Pick<YealinkModel, 'lineKeys' | 'accounts' | 'touch' | 'missingKeys'>>;
  /** Default: version 85 of the model's family, `96.85.0.5`. It decides the defaults of the quirks. */
  readonly firmware?: string;
  /** Twelve hexadecimal digits, with or without separators. Default: a Yealink OUI and a number of its own. */
  readonly mac?: string;
  /** Number of the first account. Default `1001`. */
  readonly number?: string;
  /** Display name of the first account. Default `Phone` and the number. */
  readonly displayName?: string;
  /** All accounts, instead of `number` and `displayName`. */
  readonly accounts?: readonly PhoneAccount[];
  /** Where its calls go. Without one it dials nobody. */
  readonly exchange?: VirtualExchange;
  /** The address to listen on. Default `127.0.0.1`. Its action URLs come from there too. */
  readonly host?: string;
  /** The port to listen on. Default any free one. */
  readonly port?: number;
  /** Speaks TLS with this certificate, both in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What `$ip` says. Default `host`. */
  readonly ip?: string;
  /** The login of its web pages. Default `admin` and `admin`, as from the factory. */
  readonly credentials?: Credentials;
  /** Locks itself after wrong logins. The thresholds are not documented. Default: three tries, three minutes. */
  readonly lockout?: Lockout | undefined;
  /** Settings that differ from the factory's. From the factory it takes commands from nobody: see {@link openTo}. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What differs from the quirks of its firmware. */
  readonly quirks?: Partial<YealinkQuirks>;
  /** Faults of its web server from the start. */
  readonly faults?: Partial<HttpFaults>;
  /** Its SIP side. Default: it has none. */
  readonly sip?: VirtualYealinkSip;
  /** What `/screencapture` answers with. Default: JPEG on colour models, BMP on the others. */
  readonly pictureKind?: PictureKind;
  /** What the message key dials. Default empty. Provisioning sets `voice_mail.number.1`. */
  readonly voiceMailNumber?: string;
  /** How long it is away at a reboot, milliseconds. Default 0. */
  readonly bootMs?: number;
  /** How long one second lasts, for timeouts of screens and forwarding on no answer. Default 1000 milliseconds. */
  readonly secondMs?: number;
  /** The clock of locks and nonces, milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * The settings with which a phone takes commands and pushes from a gateway without asking.
 * @param address the gateway's address, or `any`.
 */
export const openTo = (address: string): Readonly<Record<string, string>> => ({
  'features.action_uri.enable': '1',
  'features.action_uri_limit_ip': address,
  'features.show_action_uri_option': '0',
  'push_xml.server': address,
});

/** What concerns its web server. */
export const serverOptions = ({ host = '127.0.0.1', port = 0, tls, faults = {} }: VirtualYealinkPhoneOptions) => ({
  ...{ host, port, faults },
  ...(tls === undefined ? {} : { tls }),
});
