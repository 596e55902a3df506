import {
  accountUri,
  type RecordedSipRequest,
  type VirtualSipDialog,
  VirtualSipEndpoint,
  type VirtualSipReply,
} from '@hookswitch/driver-kit/virtual';
import type { VirtualSnomSip } from '../options.ts';
import type { SnomParts } from '../parts.ts';
import { hears, isChallenged } from './admission.ts';
import { answerInvite } from './auto-answer.ts';
import type { ButtonState } from './buttons.ts';
import { answerMessage } from './message.ts';
import { answerNotify } from './notify.ts';
import { Referrals } from './referrals.ts';
import { isCsta, UaCsta } from './ua-csta.ts';

const METHODS = ['INVITE', 'NOTIFY', 'MESSAGE', 'OPTIONS', 'INFO', 'REFER'];
const REGISTRATION_SECONDS = 3600;
const REGISTRATION_TIMEOUT_MS = 4000;

/** What a phone does by SIP: hears requests, and sends those that a press or its registration need. */
export class SnomSip {
  readonly endpoint: VirtualSipEndpoint;
  readonly csta: UaCsta;
  readonly referrals: Referrals;
  readonly #parts: SnomParts;
  readonly #options: VirtualSnomSip;

  /** @param userAgent as in SIP: `snomD862/10.1.226.13` */
  constructor(parts: SnomParts, options: VirtualSnomSip, userAgent: string) {
    const {
      port = Number(parts.memory.get('network_id_port')) || 0,
      login,
      algorithms = ['MD5'],
      faults = {},
    } = options;
    this.#parts = parts;
    this.#options = options;
    this.csta = new UaCsta(parts);
    this.referrals = new Referrals(parts);
    this.endpoint = new VirtualSipEndpoint({
      handle: (request, dialog) => this.#answer(request, dialog),
      methods: METHODS,
      user: () => parts.telephony.accounts[0]?.number ?? '',
      host: parts.host,
      port,
      headers: { 'User-Agent': userAgent, 'Allow-Events': 'talk, hold, refer, call-info' },
      faults,
      authentication: { realm: 'snom', credentials: login === undefined ? [] : [login], algorithms },
      admits: (request) => hears(parts, request, options.registrar),
      challenges: (request) => isChallenged(parts, request),
    });
  }

  /** Registers all identities where there is a registrar. */
  async register(): Promise<void> {
    const { registrar, login } = this.#options;
    if (registrar === undefined) return;
    for (const { number, domain, index } of this.#parts.telephony.accounts) {
      const own = `<sip:${number}@${domain}>`;
      const { status } = await this.endpoint
        .send({
          method: 'REGISTER',
          uri: `sip:${domain}`,
          via: registrar,
          from: own,
          to: own,
          headers: { Expires: String(REGISTRATION_SECONDS) },
          timeoutMs: REGISTRATION_TIMEOUT_MS,
          ...(login === undefined ? {} : { credentials: login }),
        })
        .catch(() => ({ status: 408 }));
      this.#parts.effects.record({ type: 'sipRegistered', identity: index, status });
    }
  }

  /** A phone that restarts knows its dialogs no longer. */
  forget(): void {
    this.csta.forget();
    this.referrals.forget();
  }

  /** Tells who set a key's lamp that the key was pressed. A phone without an identity has nobody to say it for. */
  sendPress({ uri, address }: ButtonState['sender'], body: string): void {
    const [account] = this.#parts.telephony.accounts;
    if (account === undefined) return;
    const sent = this.endpoint.send({
      method: 'MESSAGE',
      uri,
      via: this.#options.registrar ?? address,
      from: `<sip:${accountUri(account)}>`,
      contentType: 'application/x-buttons',
      body,
    });
    // A phone whose MESSAGE nobody takes has done what it could.
    sent.catch(() => {});
  }

  #answer(request: RecordedSipRequest, dialog: VirtualSipDialog | undefined): VirtualSipReply {
    switch (request.method) {
      case 'NOTIFY':
        return answerNotify(this.#parts, request, this.#options.registrar);
      case 'MESSAGE':
        return answerMessage(this.#parts, request);
      case 'OPTIONS':
        return { status: 200, headers: { Accept: 'application/sdp, application/csta+xml, application/x-buttons' } };
      case 'INVITE':
        return isCsta(request) ? this.csta.answerInvite(request) : answerInvite(this.#parts, request);
      case 'INFO':
        return isCsta(request) ? this.csta.answerInfo(request, dialog) : { status: dialog === undefined ? 481 : 200 };
      default:
        return this.referrals.answer(request, dialog);
    }
  }
}
