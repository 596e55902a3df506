import type {
  Credentials,
  DigestAlgorithm,
  HttpFaults,
  Lockout,
  SipFaults,
  VirtualExchange,
} from '@hookswitch/driver-kit/virtual';

/** A SIP identity of a virtual Snom phone. */
export interface VirtualSnomIdentity {
  /** `user_name`: its number at the exchange. */
  readonly number: string;
  /** `user_realname`. Default empty. */
  readonly displayName?: string;
  /** `user_host`. Default: the exchange's domain. */
  readonly domain?: string;
}

/**
 * Where Snom's documents disagree, are silent, or name a fault: what this phone does. All can be changed while it runs.
 */
export interface SnomQuirks {
  /** The `Location` of a dialled number: `index.htm`, or with the phone's own origin before it. Default `relative`. */
  dialRedirect: 'relative' | 'absolute';
  /** The pages on which `REREGISTER` works: `command.htm` of 2015, `dummy.htm` of today. Default both. */
  reregisterPages: readonly ('/command.htm' | '/dummy.htm')[];
  /** How call lists are cleared: `dialledel=0` (2015), `dialeddel=clear` (today). Default both. */
  callListSpelling: '2015' | 'today' | 'both';
  /** Acts, but sends no byte, without `Connection: keep-alive`; `minibrowser.htm` does not mind. Default false. */
  needsKeepAlive: boolean;
  /** Milliseconds that `minibrowser.htm` is late when asked with `Connection: keep-alive`; 8000 was seen. Default 0. */
  minibrowserStallMs: number;
  /** What a command gets that `restrict_uri_queries` or `use_hidden_tags` made ineffective. Unknown; default 200. */
  blockedCommandStatus: number;
  /** When wrong credentials lock the phone; `undefined`: never. Default: after 5, for one minute. */
  lockout: Lockout | undefined;
  /** What CSTA gets while `csta_control` is off. Unknown; default 403. */
  cstaRefusalStatus: number;
  /** The name of the setting that FireTest fires: the one in "Remote phone control", the one in a dump of 8.7.3.17, or either. Default `both`. */
  firewallTestSetting: 'action_fwtest_url' | 'action_firewall_test' | 'both';
  /** What SetSettings does with a setting outside its list. Unknown; default `ignore`. */
  unlistedCstaSettings: 'ignore' | 'fault';
  /** Whether what SetSettings wrote outlives a reboot. Unknown; default true. */
  cstaSettingsReachFlash: boolean;
  /** Sends the fault without envelope as printed: `<operation>` closed by `</csta:operation>`. Default false. */
  mismatchedBareFault: boolean;
  /** Display names go into action URLs unescaped, spaces and UTF-8 included. Default true; false: percent-encoded. */
  rawDisplayNames: boolean;
  /** Whether the times of key events are waited for; `none` keeps the length of a press but takes no time. Default `real`. */
  keyTiming: 'real' | 'none';
  /** Milliseconds that a reboot takes. Default 200. */
  rebootMs: number;
  /** What NOTIFY `talk` and `hold` get that name no call of the phone by Call-ID. Unknown; default `obeyed`. */
  talkOutsideDialog: 'obeyed' | 'refused';
  /** Whether the phone tells by NOTIFY how a REFER goes on (RFC 3515). Unknown; default `told`. */
  referProgress: 'told' | 'silent';
  /** Where responses of uaCSTA stand: in an INFO of their own, or in the 200 to the request's. Unknown; default `info`. */
  uaCstaReplies: 'info' | 'response';
}

/** The defaults of {@link SnomQuirks}: a phone that gives no trouble. */
export const defaultQuirks = (): SnomQuirks => ({
  dialRedirect: 'relative',
  reregisterPages: ['/command.htm', '/dummy.htm'],
  callListSpelling: 'both',
  needsKeepAlive: false,
  minibrowserStallMs: 0,
  blockedCommandStatus: 200,
  lockout: { afterFailures: 5, forMs: 60_000 },
  cstaRefusalStatus: 403,
  firewallTestSetting: 'both',
  unlistedCstaSettings: 'ignore',
  cstaSettingsReachFlash: true,
  mismatchedBareFault: false,
  rawDisplayNames: true,
  keyTiming: 'real',
  rebootMs: 200,
  talkOutsideDialog: 'obeyed',
  referProgress: 'told',
  uaCstaReplies: 'info',
});

/** The SIP side of a virtual Snom phone. Who is heard is in the settings: `filter_registrar`, `mb_trusted_hosts`. */
export interface VirtualSnomSip {
  /** Of UDP and TCP. Default: the setting `network_id_port`, else any free one. */
  readonly port?: number;
  /** The URI of the registrar, at which all identities register; its host is who `filter_registrar` lets through. Default none. */
  readonly registrar?: string;
  /** The login at the registrar, and what the phone asks for itself by the settings `challenge_…`. Default none: it asks nobody. */
  readonly login?: Credentials;
  /** Of its own challenges, in this order. Default MD5. */
  readonly algorithms?: readonly DigestAlgorithm[];
  readonly faults?: Partial<SipFaults>;
}

/** How a virtual Snom phone is made. */
export interface VirtualSnomOptions {
  /** `190` to `D892`; see `snomModels`. Default `D785`. */
  readonly model?: string;
  /** `8.7.5.35`, `10.1.33.33`. Default: one that suits the model. */
  readonly firmware?: string;
  /** Any notation. Default: one of Snom's range, random. */
  readonly mac?: string;
  /** Identities 1 and up, at most 12. Default: one with the number 1001. */
  readonly identities?: readonly VirtualSnomIdentity[];
  /** Where it makes and takes calls. Default: an exchange of its own. */
  readonly exchange?: VirtualExchange;
  /** The address of its web server. Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Login of its web interface. Default none: the phone is open. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Settings by Snom's names, over the defaults; they are in flash from the start. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Keys of expansion modules, `EK0` and up. Default 0: no module. */
  readonly expansionKeys?: number;
  /** Its SIP side. Default: it has none. */
  readonly sip?: VirtualSnomSip;
  readonly quirks?: Partial<SnomQuirks>;
  /** What is wrong with its web server from the start; `oneRequestAtATime` is Snom's own. */
  readonly faults?: Partial<HttpFaults>;
}
