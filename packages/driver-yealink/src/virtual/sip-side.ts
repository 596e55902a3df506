import {
  type Credentials,
  type DigestAlgorithm,
  type PhoneAccount,
  type RecordedSipRequest,
  type SipFaults,
  sipTargetOf,
  VirtualSipEndpoint,
  type VirtualSipReply,
} from '@hookswitch/driver-kit/virtual';
import type { Gates } from './gates.ts';
import type { SipNotify } from './sip-notify.ts';

/** The SIP side of a virtual Yealink phone. */
export interface VirtualYealinkSip {
  /** Of UDP and TCP. Default any free one. */
  readonly port?: number;
  /** The URI of the registrar, at which its accounts register; with `sip.trust_ctrl` only its host is obeyed. Default none. */
  readonly registrar?: string;
  /** The login at the registrar. */
  readonly login?: Credentials;
  /** Asks for that login itself, by Digest with these algorithms. Default: it asks nobody. */
  readonly challenges?: readonly DigestAlgorithm[];
  readonly faults?: Partial<SipFaults>;
}

/** What it acts on. */
export interface YealinkSipOptions extends VirtualYealinkSip {
  readonly host: string;
  /** `Yealink SIP-T54W 96.86.0.70`. */
  readonly userAgent: string;
  readonly gates: Gates;
  /** The user of its URI; empty without an account. */
  readonly user: () => string;
  readonly accounts: () => readonly PhoneAccount[];
  /** Acts on a NOTIFY. What has to wait until the response has left is given to `later`. */
  readonly receive: (notify: SipNotify, later: (act: () => void) => void) => number;
}

const REGISTRATION_TIMEOUT_MS = 4000;

/** The SIP side of a phone; `undefined` where its options have none. */
export const sipSideOf = (
  { sip, host = '127.0.0.1' }: { readonly sip?: VirtualYealinkSip; readonly host?: string },
  base: Gates & { readonly modelName: string; readonly firmware: string },
  phone: Pick<YealinkSipOptions, 'user' | 'accounts' | 'receive'>,
): YealinkSip | undefined => {
  const userAgent = `Yealink ${base.modelName} ${base.firmware}`;
  return sip && new YealinkSip({ ...sip, ...phone, host, userAgent, gates: base });
};

/** What a phone hears and sends by SIP. */
export class YealinkSip {
  readonly endpoint: VirtualSipEndpoint;
  readonly #options: YealinkSipOptions;

  constructor(options: YealinkSipOptions) {
    const { host, user, userAgent, port = 0, faults = {}, login, challenges } = options;
    const credentials = challenges === undefined || login === undefined ? [] : [login];
    this.#options = options;
    this.endpoint = new VirtualSipEndpoint({
      handle: (request) => this.#answer(request),
      methods: ['INVITE', 'NOTIFY', 'OPTIONS', 'INFO', 'MESSAGE'],
      user,
      host,
      port,
      headers: { 'User-Agent': userAgent, 'Allow-Events': 'talk,hold,conference,refer,check-sync' },
      faults,
      authentication: { realm: 'yealink', credentials, algorithms: challenges ?? ['MD5'] },
    });
  }

  /** Opens its sockets if they are not, hears again, and registers. */
  async comeUp(): Promise<void> {
    this.endpoint.asleep = false;
    await this.endpoint.start();
    await this.#register();
  }

  /** The phone has no power. */
  goDown(): void {
    this.endpoint.asleep = true;
  }

  async #register(): Promise<void> {
    const { registrar, login, accounts } = this.#options;
    if (registrar === undefined) return;
    for (const { number, domain } of accounts().filter(({ enabled, registered }) => enabled && registered)) {
      const own = `<sip:${number}@${domain}>`;
      const sent = this.endpoint.send({
        method: 'REGISTER',
        uri: `sip:${domain}`,
        via: registrar,
        from: own,
        to: own,
        headers: { Expires: '3600' },
        timeoutMs: REGISTRATION_TIMEOUT_MS,
        ...(login === undefined ? {} : { credentials: login }),
      });
      // A registrar that does not answer leaves the phone as it is: its calls come by the exchange.
      await sent.catch(() => {});
    }
  }

  #answer(request: RecordedSipRequest): VirtualSipReply {
    if (request.method === 'OPTIONS') return { status: 200, headers: { Accept: 'application/sdp' } };
    if (request.method === 'NOTIFY') return this.#notify(request);
    // Its calls come by the exchange; CSTA outside of a dialog is not taken.
    if (request.method === 'INVITE') return { status: 480 };
    return { status: request.method === 'INFO' ? 481 : 415 };
  }

  #notify({ headers, body, remoteAddress }: RecordedSipRequest): VirtualSipReply {
    const { gates, receive, registrar } = this.#options;
    const isServer = registrar !== undefined && sipTargetOf(registrar).host === remoteAddress;
    if (gates.settings.get('sip.trust_ctrl') === '1' && !isServer)
      return { status: gates.quirks.untrustedNotifyStatus };
    const acts: (() => void)[] = [];
    const status = receive({ event: headers['event'] ?? '', body, from: remoteAddress }, (act) => acts.push(act));
    return {
      status,
      afterwards: () => {
        for (const act of acts) act();
      },
    };
  }
}
